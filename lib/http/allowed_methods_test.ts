import assert from "node:assert/strict";
import { allowedMethods } from "./allowed_methods.ts";

Deno.test("allowedMethods() adds what is answered without a handler of its own", () => {
  assert.deepEqual(allowedMethods("POST, GET"), ["GET", "HEAD", "POST", "OPTIONS"]);
  assert.deepEqual(allowedMethods("POST"), ["POST", "OPTIONS"]);
  assert.deepEqual(allowedMethods(null), ["GET", "HEAD", "OPTIONS"]);
});
