import assert from "node:assert/strict";
import { TesseraError } from "@/lib/errors.ts";
import { Duck } from "./duckdb.ts";
import { machineError } from "./machine_error.ts";

Deno.test("machineError() says what the machine lacks, and no path of it", () => {
  const full = new Error(
    'TransactionContext Error: Failed to commit: Could not write file "/x/warehouse.duckdb.wal": No space left on device',
  );
  const told = machineError(full);
  assert.ok(told instanceof TesseraError);
  assert.deepEqual([told.code, told.status, told.cause], ["disk-full", 507, full]);
  assert.match(told.message, /the disk is full/);
  assert.doesNotMatch(told.message, /warehouse/);
  const other = new Error("Binder Error: no such column");
  assert.equal(machineError(other), other);
  assert.equal(machineError("text"), "text");
});

Deno.test("rows() and run() of Duck tell a lack of memory as such, and go on", async () => {
  const duck = await Duck.open({ path: ":memory:", memoryLimit: "20MB", threads: 1 });
  try {
    const much = "select list(i) as n, list(i * 2) as m from range(20000000) as t(i)";
    await assert.rejects(duck.rows(much), { name: "TesseraError", code: "out-of-memory" });
    await assert.rejects(duck.run(`create table much as ${much}`), { name: "TesseraError", code: "out-of-memory" });
    assert.deepEqual(await duck.rows("select 1::integer as one"), [{ one: 1 }]);
  } finally {
    await duck.close();
  }
});
