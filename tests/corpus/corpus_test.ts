/** Every platform in every language, in each container in turn: what was written must come out. */
import assert from "node:assert/strict";
import { type LanguageCode, languages } from "@/lib/model/languages/mod.ts";
import { builtInDatasets } from "@/lib/model/datasets/mod.ts";
import { builtInSources } from "@/plugins/mod.ts";
import { exports } from "./exports.ts";
import { makeExport, type Packing, packings } from "./make_export.ts";
import { openReader, type Reader } from "./read_export.ts";

const TODAY = "2026-11-02";

async function check(
  reader: Reader,
  spec: typeof exports[number],
  language: LanguageCode,
  packing: Packing,
  turn: number,
) {
  const source = builtInSources.find(({ platform }) => platform === spec.platform)!;
  const dataset = builtInDatasets.find(({ id }) => id === spec.dataset)!;
  const { bytes, expected } = makeExport(spec, source, { language, packing, turn });
  const [read, ...more] = await reader.read(bytes, { today: TODAY });
  assert.ok(read && more.length === 0, `${spec.platform}, ${spec.name}: ${more.length + 1} tables`);
  const additive = Object.entries(expected.sums).filter(([name]) =>
    dataset.columns.find((c) => c.name === name)!.additive
  );
  const money = dataset.columns.some((c) => c.unit === "currency" && Object.values(expected.columns).includes(c.name));
  assert.deepEqual(
    {
      platform: read.platform,
      dataset: read.dataset,
      questions: read.questions,
      refused: read.refused,
      columns: read.columns,
      rows: read.rows,
      totals: read.totals,
      rejected: read.rejected,
      grain: read.grain,
      range: read.range,
      currency: read.currency,
      sums: Object.fromEntries(Object.entries(read.sums).filter(([name]) => name in expected.sums)),
    },
    {
      platform: spec.platform,
      dataset: spec.dataset,
      questions: [],
      refused: null,
      columns: expected.columns,
      rows: expected.rows,
      totals: expected.totals,
      rejected: 0,
      grain: "day",
      range: expected.range,
      currency: money ? expected.currency : [],
      sums: Object.fromEntries(additive),
    },
    `${spec.platform}, ${spec.name}, ${language}, ${packing}`,
  );
  for (const finding of read.findings.filter(({ topic }) => topic.startsWith("total:"))) {
    assert.match(finding.finding, /add up to the file's own total/, `${spec.platform} ${spec.name} ${language}`);
  }
}

for (const [n, spec] of exports.entries()) {
  Deno.test(`corpus: ${spec.platform}, ${spec.name}, in every language`, async () => {
    await using reader = await openReader();
    const codes = spec.englishOnly ? languages.slice(0, 1) : languages;
    for (const [m, { code }] of codes.entries()) {
      await check(reader, spec, code, packings[(n + m) % packings.length]!, n + m);
    }
    // The packing is the same work for every platform: one goes through all of them.
    for (const packing of n === 0 ? packings : []) await check(reader, spec, "en", packing, 0);
  });
}
