/** Names and values that would break out of SQL, JSON or an object, had they the chance. */
import assert from "node:assert/strict";
import { CSV, importFile, json, problemOf, settled, withApp } from "./outside.ts";

const SQL = [
  `spend" from ads; drop table ads; --`,
  `spend'; drop table ads; --`,
  "spend) union select * from ads --",
  "read_csv('/etc/passwd')",
  "1; attach 'other.db'",
  "spend\u0000",
  "SPEND",
  "",
];
const PROTO = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "__defineGetter__"];

Deno.test("[attack] no name in a question reaches SQL as text", () =>
  withApp(async (app) => {
    await importFile(app, CSV);
    const ask = (query: unknown) => app.fetch("/api/query", json(query));
    const base = { dataset: "ads", metrics: ["spend"] };
    for (const name of [...SQL, ...PROTO]) {
      const questions: Record<string, unknown>[] = [
        { ...base, dataset: name },
        { ...base, metrics: [name] },
        { ...base, metrics: [{ name, formula: "sum(nothing)" }] },
        { ...base, metrics: [{ name: "x", formula: name }] },
        { ...base, metrics: [{ name: "x", formula: `sum(${name})` }] },
        { ...base, metrics: [{ name: "x", formula: `${name || "''"}(spend)` }] },
        { ...base, dimensions: [name] },
        { ...base, grain: name },
        { ...base, order: [{ by: name, direction: "desc" }] },
        { ...base, order: [{ by: "spend", direction: name }] },
        { ...base, filters: { field: name, op: "equals", value: "x" } },
        { ...base, filters: { field: "platform", op: name, value: "x" } },
        { ...base, filters: { and: [{ or: [{ field: name, op: "in", values: ["x"] }] }] } },
        { ...base, range: { from: name, to: "2026-01-01" } },
        { ...base, range: { last: 1, unit: name } },
        { ...base, compare: name },
        { ...base, asOf: name },
        { ...base, [name || "''"]: 1 },
      ];
      for (const question of questions) {
        const response = await ask(question);
        const text = await response.clone().text();
        assert.ok([400, 404, 422].includes(response.status), `${JSON.stringify(question)}: ${response.status} ${text}`);
        assert.equal(response.headers.get("content-type"), "application/problem+json");
        assert.doesNotMatch(text, /Parser Error|Binder Error|Catalog Error|duckdb|LINE 1/i, text);
        await response.body?.cancel();
      }
    }
    assert.equal((await (await ask(base)).json()).rows[0].spend, 120.75);
  }));

Deno.test("[attack] values are values, whatever stands in them", () =>
  withApp(async (app) => {
    await importFile(
      app,
      CSV.replace("Brand", `"Robert'); drop table ads; --"`).replace("Prospecting", "100% _ \\ (a+)+$"),
    );
    const count = async (filters: unknown) => {
      const query = { dataset: "ads", metrics: ["spend"], dimensions: ["campaign"], filters };
      const response = await app.fetch("/api/query", json(query));
      assert.equal(response.status, 200, await response.clone().text());
      return (await response.json()).rows.length;
    };
    const is = (op: string, value: unknown) => ({ field: "campaign", op, value });
    assert.equal(await count(is("equals", "Robert'); drop table ads; --")), 1);
    assert.equal(await count(is("equals", "' or '1'='1")), 0);
    assert.equal(await count(is("contains", "%")), 1, "a percent sign is a percent sign");
    assert.equal(await count(is("contains", "_")), 1);
    assert.equal(await count(is("contains", "\\")), 1);
    assert.equal(await count(is("starts-with", "100% _ \\")), 1);
    const began = performance.now();
    assert.equal(await count(is("contains", "(a+)+$")), 1);
    assert.equal(await count(is("contains", "a".repeat(900) + "!")), 0);
    assert.ok(performance.now() - began < 2_000);
    for (const value of [{ $ne: null }, { $gt: "" }, ["x"], true, null]) {
      await problemOf(
        await app.fetch("/api/query", json({ dataset: "ads", metrics: ["spend"], filters: is("equals", value) })),
        400,
      );
    }
    for (const search of ["'", "%", "\\", "(a+)+$", "\u0000", "x".repeat(5_000), "' or 1=1 --"]) {
      const parameters = new URLSearchParams({ column: "campaign", search });
      assert.equal((await app.fetch(`/api/datasets/ads/values?${parameters}`)).status, 200, search);
    }
    for (const column of [...SQL, ...PROTO, "spend"]) {
      await problemOf(await app.fetch(`/api/datasets/ads/values?${new URLSearchParams({ column })}`), 422);
    }
    await problemOf(await app.fetch("/api/datasets/ads/values?column=campaign&column=platform"), 400);
  }));

Deno.test("[attack] an object's own names are just names: in bodies, in dashboards, in addresses", () =>
  withApp(async (app) => {
    await importFile(app, CSV);
    const polluting = `{"title":"P","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},
      "defaults":{"values":{"__proto__":["x"],"constructor":["x"],"platform":["google_ads"]}},
      "placements":[{"id":"a","kind":"kpi","version":1,"x":0,"y":0,"w":3,"h":2,
        "options":{"dataset":"ads","metric":"spend","__proto__":{"polluted":true}}}]}`;
    const made = await app.fetch("/api/dashboards", json(polluting));
    assert.ok(made.status === 201 || made.status === 400, await made.clone().text());
    const dashboards = [...(made.status === 201 ? [(await made.json()).id] : []), "plain"];
    await app.fetch("/api/dashboards", json({ id: "plain", title: "Plain" }));
    for (const id of dashboards) {
      for (const name of PROTO) {
        const search = new URLSearchParams({
          [name]: "x",
          [`f.${name}`]: "x",
          [`filter[${name}]`]: "x",
          range: name,
          compare: name,
        });
        const page = await app.fetch(`/dashboards/${id}?${search}`);
        assert.equal(page.status, 200, `${id} ${name}`);
        await page.body?.cancel();
        const have = JSON.parse(`{"${name}":"x"}`);
        const answers = await app.fetch(`/api/dashboards/${id}/answers`, json({ search: `?${search}`, have }));
        assert.equal(answers.status, 200, await answers.text());
      }
    }
    for (const name of PROTO) {
      for (const path of ["imports", "datasets", "dashboards"]) {
        await problemOf(await app.fetch(`/api/${path}/${name}`), 404);
      }
      for (const path of [`/dashboards/${name}`, `/data/imports/${name}`, `/data/datasets/${name}`]) {
        const response = await app.fetch(path);
        assert.equal(response.status, 404, path);
        await response.body?.cancel();
      }
      const dataset = {
        id: name,
        title: "x",
        columns: [{ name: "day", title: "Day", role: "time", type: "date", required: true }],
        metrics: [],
      };
      const response = await app.fetch("/api/datasets", json(dataset));
      assert.ok(
        response.status === 400 || response.status === 201,
        `${name}: ${response.status} ${await response.text()}`,
      );
    }
    assert.equal(({} as { polluted?: boolean }).polluted, undefined);
    const { datasets } = await (await app.fetch("/api/datasets")).json();
    assert.ok(datasets.length >= 6);
    assert.equal((await app.fetch("/data")).status, 200);
  }));

Deno.test("[attack] a definition of a dataset cannot carry SQL", () =>
  withApp(async (app) => {
    const column = { name: "day", title: "Day", role: "time", type: "date", required: true };
    const define = (id: string, columns: unknown[], metrics: unknown[] = []) =>
      app.fetch("/api/datasets", json({ id, title: "T", columns, metrics }));
    for (const name of SQL) {
      await problemOf(await define(name, [column]), 400);
      await problemOf(await define("a", [column, { name, title: "X", role: "measure", type: "integer" }]), 400);
      await problemOf(await define("a", [column, { name: "x", title: "X", role: "measure", type: name }]), 400);
    }
    const title = `x"; drop table ads; --`;
    const reserved = ["select", "table", "order", "_key", "rowid", "from", "to"].map((name) => ({
      name,
      title,
      role: "dimension",
      type: "text",
      identity: true,
    }));
    const usable = reserved.filter(({ name }) => !name.startsWith("_"));
    const response = await define("odd", [column, ...usable, { name: "n", title, role: "measure", type: "integer" }], [
      { name: "n", title, formula: "sum(n)", format: "integer" },
    ]);
    assert.ok(
      response.status === 201 || response.status === 400 || response.status === 422,
      await response.clone().text(),
    );
    if (response.status === 201) {
      const names = ["day", ...usable.map(({ name }) => name), "n"];
      const csv = `${names.join(",")}\n2026-01-01,${usable.map((_, i) => `v${i}`).join(",")},7\n`;
      const sent = await app.fetch("/api/imports?dataset=odd", { method: "POST", body: csv });
      const job = await settled(app, (await sent.json()).id);
      assert.equal(job.state, "published", JSON.stringify(job));
      const query = { dataset: "odd", metrics: ["n"], dimensions: usable.map(({ name }) => name) };
      const answer = await (await app.fetch("/api/query", json(query))).json();
      assert.equal(answer.rows[0].n, 7);
    }
  }));
