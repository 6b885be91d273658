import assert from "node:assert/strict";
import { adsDataset } from "@/lib/model/datasets/mod.ts";
import { importChanges } from "./import_changes.ts";

Deno.test("importChanges() tells measures by title, in units, and leaves out what stands nowhere", () => {
  const perMeasure = {
    spend: { before: 41_808_260_000n, after: 48_210_370_000n },
    clicks: { before: null, after: 12n },
    leads: { before: null, after: null },
  };
  const { days, measures } = importChanges(adsDataset, { days: 4, perMeasure });
  assert.equal(days, 4);
  assert.deepEqual(measures.map(({ column, before, after }) => [column, before, after]).sort(), [
    ["clicks", null, 12],
    ["spend", 41_808.26, 48_210.37],
  ]);
});
