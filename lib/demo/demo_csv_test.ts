import assert from "node:assert/strict";
import { adsDataset } from "@/lib/model/datasets/ads.ts";
import { DEMO_COLUMNS, demoCsv } from "./demo_csv.ts";
import { generateDemo } from "./generate_demo.ts";

Deno.test("demoCsv() writes every row of the demo, with one header", async () => {
  const options = { end: "2026-11-22", days: 40 };
  const lines = (await new Response(demoCsv(options)).text()).split("\n");
  assert.equal(lines.pop(), "");
  assert.equal(lines.shift(), DEMO_COLUMNS.join(","));
  const rows = [...generateDemo(options)];
  assert.equal(lines.length, rows.length);
  const first = rows[0];
  assert.ok(first);
  assert.equal(lines[0]?.split(",")[DEMO_COLUMNS.indexOf("spend")], first.spend.toFixed(2));
  for (const line of lines) assert.equal(line.split(",").length, DEMO_COLUMNS.length, line);
});

Deno.test("DEMO_COLUMNS are columns of the ads dataset", () => {
  const known = new Set(adsDataset.columns.map((column) => column.name));
  for (const column of DEMO_COLUMNS) assert.ok(known.has(column), column);
});

Deno.test("demoCsv() stops when nobody reads on", async () => {
  const reader = demoCsv({ end: "2026-11-22" }).getReader();
  const { value } = await reader.read();
  assert.ok(value && value.length < 1_000_000);
  await reader.cancel();
  assert.equal((await reader.read()).done, true);
});
