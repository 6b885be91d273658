import assert from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import { type Dashboard, dashboardSchema } from "@/lib/model/mod.ts";
import { BoardCard } from "./BoardCard.tsx";
import { BoardPicture } from "./BoardPicture.tsx";

const board = (placements: unknown[]): Dashboard => dashboardSchema.parse({ id: "m", title: "Marketing", placements });
const place = (id: string, y: number) => ({ id, widget: "line", place: { x: 0, y, w: 6, h: 3 } });

Deno.test("BoardCard draws the tiles at the top of the grid and counts them all", () => {
  const html = renderToString(<BoardCard dashboard={board([place("a", 0), place("b", 3), place("far", 60)])} />);
  assert.equal(html.match(/board__tile/g)?.length, 2);
  assert.match(html, /3 tiles/);
  assert.match(html, /href="\/dashboards\/m"/);
  assert.doesNotMatch(html, /NaN|style=/);
});

Deno.test("BoardCard draws the first tab, and a section as a line", () => {
  const tabs = [{ id: "one", name: "One" }, { id: "two", name: "Two" }];
  const band = { id: "band", widget: "section", place: { x: 0, y: 3, w: 12, h: 1 } };
  const doc = { ...board([place("a", 0), band, { ...place("b", 0), tab: "two" }]), tabs };
  const html = renderToString(<BoardCard dashboard={doc} />);
  assert.equal(html.match(/board__tile/g)?.length, 1);
  assert.match(html, /height="0.75"/);
});

Deno.test("BoardPicture draws all the rows it is asked for, and marks tiles", () => {
  const placements = board([place("a", 0), place("far", 60)]).placements;
  const html = renderToString(<BoardPicture placements={placements} rows={63} marks={new Map([["far", "added"]])} />);
  assert.equal(html.match(/board__tile/g)?.length, 2);
  assert.equal(html.match(/board__mark--added/g)?.length, 1);
});

Deno.test("BoardCard copes with an empty dashboard and with tiny tiles of unknown widgets", () => {
  const tiny = { id: "t", widget: "not-installed", place: { x: 11, y: 0, w: 1, h: 1 } };
  assert.match(renderToString(<BoardCard dashboard={board([])} />), /0 tiles/);
  assert.doesNotMatch(renderToString(<BoardCard dashboard={board([tiny])} />), /NaN|(width|height|r)="-/);
});
