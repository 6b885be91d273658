import assert from "node:assert/strict";
import { isTransient, passesSoon } from "./mongo_error.ts";

/** An error as the driver names it. */
function named(name: string, more: object = {}): Error {
  return Object.assign(new Error("something"), { name }, more);
}

Deno.test("isTransient() knows a connection that was lost, also the one that is named unlike the others", () => {
  for (const name of ["MongoNetworkError", "MongoPoolClearedError", "PoolClearedOnNetworkError"]) {
    assert.equal(isTransient(named(name)), true, name);
    assert.equal(passesSoon(named(name)), true, name);
    const wrapped = named("MongoBulkWriteError", { errorResponse: named(name) });
    assert.equal(passesSoon(wrapped), true, `${name} within a batch`);
  }
});

Deno.test("isTransient() takes no other error for one that passes", () => {
  for (const error of [named("TypeError"), named("MongoServerError", { code: 11_000 }), null, "text"]) {
    assert.equal(isTransient(error), false);
    assert.equal(passesSoon(error), false);
  }
  // No server was found: waiting longer is for whoever asked.
  assert.equal(isTransient(named("MongoServerSelectionError")), true);
  assert.equal(passesSoon(named("MongoServerSelectionError")), false);
});
