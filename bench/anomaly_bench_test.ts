import assert from "node:assert/strict";
import { measureAnomalies } from "./anomaly_bench.ts";

Deno.test("measureAnomalies() finds what was put in and says how often nothing stands out, the same each time", async () => {
  const measured = await measureAnomalies(0.05, 3);
  assert.equal(measured.days, 3 * 84);
  assert.ok(measured.flagged <= measured.suspected && measured.flagged < 0.02, JSON.stringify(measured));
  const share = (factor: number) => measured.found.find((one) => one.factor === factor)?.share;
  assert.deepEqual([share(0), share(2)], [1, 1]);
  assert.equal(measured.foundLevels.find(({ factor }) => factor === 2)?.share, 1);
  assert.deepEqual(await measureAnomalies(0.05, 3), measured);
});
