import assert from "node:assert/strict";
import { Duck } from "@/lib/duckdb/duckdb.ts";
import { literal } from "./names.ts";
import { partsOfRange, rangePart } from "./two_days.ts";

const CELLS: [string, [string, string] | null][] = [
  ["2026-09-01 - 2026-09-30", ["2026-09-01", "2026-09-30"]],
  ["20260901-20260930", ["20260901", "20260930"]],
  ["2026-09-01/2026-09-30", ["2026-09-01", "2026-09-30"]],
  ["9/1/26-9/30/26", ["9/1/26", "9/30/26"]],
  ["01.09.2026–30.09.2026", ["01.09.2026", "30.09.2026"]],
  ["01.09. - 30.09.2026", ["01.09.2026", "30.09.2026"]],
  ["Sep 1, 2026 - Sep 30, 2026", ["Sep 1, 2026", "Sep 30, 2026"]],
  ["Sep 1 - Sep 30, 2026", ["Sep 1 2026", "Sep 30, 2026"]],
  ["Sep 1 – 30, 2026", ["Sep 1 2026", "Sep 30 2026"]],
  ["1 Sept – 30 Sept 2026", ["1 Sept 2026", "30 Sept 2026"]],
  ["1–30 Sept 2026", ["1 Sept 2026", "30 Sept 2026"]],
  ["1. bis 30. September 2026", ["1 September 2026", "30. September 2026"]],
  ["2026-09-01", null],
  ["% change", null],
  ["A - B", null],
];

Deno.test("partsOfRange() and rangePart() take the same two days out of a cell", async () => {
  const directory = await Deno.makeTempDir();
  const duck = await Duck.open({ path: `${directory}/w.duckdb`, stagingDirectory: directory, threads: 1 });
  try {
    const values = CELLS.map(([cell], n) => `(${n}, ${literal(cell)})`).join(", ");
    const rows = await duck.rows(
      `select v, ${rangePart("v", "first")} as a, ${
        rangePart("v", "last")
      } as b from (values ${values}) t(n, v) order by n`,
    );
    for (const [at, [cell, parts]] of CELLS.entries()) {
      assert.deepEqual(partsOfRange(cell), parts, cell);
      if (parts) assert.deepEqual([rows[at]!.a, rows[at]!.b], parts, `${cell} as SQL`);
    }
  } finally {
    await duck.close();
    await Deno.remove(directory, { recursive: true });
  }
});
