/** The ledger: every import with what it did, filtered, taken back and put in its place again by its page. */
import assert from "node:assert/strict";
import { CSV, importFile, json, withApp } from "@/tests/attacks/outside.ts";
import type { TestApp } from "@/tests/test_app.ts";

/** The page's text, without its markup. */
async function textOf(app: TestApp, path: string): Promise<string> {
  const response = await app.fetch(path);
  assert.equal(response.status, 200, path);
  const html = await response.text();
  return html.slice(html.indexOf("<main")).replace(/<(script|style)[\s\S]*?<\/\1>/g, "").replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ");
}

/** Presses a button of the list. */
async function press(app: TestApp, id: string, action: string, search = ""): Promise<Response> {
  return await app.fetch(`/data/imports${search}`, {
    method: "POST",
    body: new URLSearchParams({ id, action }),
    headers: { "content-type": "application/x-www-form-urlencoded", origin: "http://localhost:8000" },
    redirect: "manual",
  });
}

async function spend(app: TestApp): Promise<number | null> {
  return (await (await app.fetch("/api/query", json({ dataset: "ads", metrics: ["spend"] }))).json()).rows[0].spend;
}

Deno.test("the ledger shows what each import brought and changed, and filters by data and state", () =>
  withApp(async (app) => {
    await importFile(app, CSV, "dataset=ads&filename=first.csv");
    await importFile(app, CSV.replace("50.25", "55.25"), "dataset=ads&filename=second.csv");
    await importFile(app, "nothing\n", "dataset=ads&filename=bad.csv");
    await importFile(
      app,
      "date,platform,account,revenue,currency\n2026-01-01,shopify,S,10,EUR\n",
      "dataset=orders&filename=shop.csv",
    );
    const all = await textOf(app, "/data/imports");
    assert.match(all, /second\.csv.*Imported.*1 Jan 2026.*1 day changed, spend \+4\.1%.*by you, in \d/);
    assert.match(all, /first\.csv.*1 day new, spend 120\.8/);
    const shown = async (search: string) =>
      [...(await textOf(app, `/data/imports${search}`)).matchAll(/(\w+)\.csv /g)].map(([, name]) => name)
        .filter((name, i, names) => names.indexOf(name) === i);
    assert.deepEqual(await shown(""), ["shop", "bad", "second", "first"]);
    assert.deepEqual(await shown("?dataset=orders"), ["shop"]);
    assert.deepEqual(await shown("?state=failed"), ["bad"]);
    assert.deepEqual(await shown("?dataset=ads&state=published"), ["second", "first"]);
    assert.match(await textOf(app, "/data/imports?dataset=web"), /No import fits/);
    const api = await (await app.fetch("/api/imports?dataset=ads&state=published")).json();
    assert.deepEqual(api.imports.map(({ filename }: { filename: string }) => filename), ["second.csv", "first.csv"]);
    assert.equal((await app.fetch("/api/imports?state=nonsense")).status, 400);
  }));

Deno.test("a click takes an import back, also one that a later import overlaps; another puts it in its place again", () =>
  withApp(async (app) => {
    const first = await importFile(app, CSV, "dataset=ads&filename=first.csv");
    const more = "2026-01-02,google_ads,Shop,Brand,EUR,1,1,7,1,1\n";
    const second = await importFile(app, CSV.replace("50.25", "55.25") + more, "dataset=ads&filename=second.csv");
    assert.equal(await spend(app), 132.75);
    const back = await press(app, first.id, "rollback", "?dataset=ads");
    assert.equal(back.status, 303);
    const where = back.headers.get("location")!;
    assert.match(where, /^\/data\/imports\?dataset=ads&turned=/);
    assert.match(await textOf(app, where), /“first\.csv” is undone: its rows count no longer\. Undo/);
    assert.equal(await spend(app), 132.75, "the later one stands");
    await press(app, second.id, "rollback");
    assert.equal(await spend(app), null);
    await press(app, first.id, "restore");
    assert.equal(await spend(app), 120.75);
    await press(app, second.id, "restore");
    assert.equal(await spend(app), 132.75);
    const twice = await press(app, second.id, "restore");
    assert.equal(twice.status, 409);
    assert.match(await twice.text(), /Cannot restore import/);
  }));
