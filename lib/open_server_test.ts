import assert from "node:assert/strict";
import { engineOf } from "./open_server.ts";

Deno.test("engineOf() loads the engine where this Deno can, beside it where it is too old, and not where told", () => {
  for (const version of ["2.9.6", "2.9.7", "2.10.0", "3.0.0", "2.9.6+abc123", "2.9.10"]) {
    assert.equal(engineOf("on", version), "here", version);
  }
  for (const version of ["2.9.5", "2.9.5+62d6124", "2.8.9", "1.46.3"]) {
    assert.equal(engineOf("on", version), "process", version);
  }
  assert.equal(engineOf("process", "2.9.6"), "process");
  assert.equal(engineOf("off", "2.9.5"), "elsewhere");
  assert.equal(engineOf("here", "2.9.5"), "here", "the process beside loads it whatever its Deno");
});
