import assert from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import { importCountsSchema, type ImportState, importStateSchema } from "@/lib/model/mod.ts";
import { ImportActions } from "./ImportActions.tsx";

const counts = importCountsSchema.parse({ read: 1_245, inserted: 1_240, totals: 5 });
const render = (state: ImportState) =>
  renderToString(
    <ImportActions
      job={{ state, counts }}
      action="/data/imports/i1"
      dashboard={{ href: "/dashboards/m", title: "Marketing overview" }}
      locale="en"
    />,
  );
const actions = (html: string) => [...html.matchAll(/name="action" value="(\w+)"/g)].map(([, name]) => name);

Deno.test("ImportActions offers what each state allows", () => {
  assert.deepEqual(actions(render("running")), ["cancel"]);
  assert.deepEqual(actions(render("needs-mapping")), ["cancel"]);
  assert.deepEqual(actions(render("ready")), ["cancel", "publish"]);
  assert.deepEqual(actions(render("published")), ["rollback"]);
  assert.deepEqual(actions(render("rolled-back")), ["restore"]);
});

Deno.test("ImportActions says how many rows a publish brings, and leads to the dashboard after it", () => {
  assert.match(render("ready"), /Import 1,240 rows/);
  assert.match(render("published"), /href="\/dashboards\/m"/);
});

Deno.test("ImportActions has exactly one main action in states that wait for nobody", () => {
  for (const state of importStateSchema.options) {
    const main = render(state).match(/button--primary/g)?.length ?? 0;
    const waits = ["uploading", "queued", "running", "needs-mapping"].includes(state);
    assert.equal(main, waits ? 0 : 1, state);
  }
});
