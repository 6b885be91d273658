import assert from "node:assert/strict";
import { HttpError } from "./error.ts";

Deno.test("HttpError keeps status, message and cause", () => {
  const cause = new Error("why");
  const error = new HttpError(500, "foo", { cause });
  assert.equal(error.status, 500);
  assert.equal(error.message, "foo");
  assert.equal(error.cause, cause);
  assert.equal(error.name, "HttpError");
  assert.equal(new HttpError(404).message, "");
});
