import assert from "node:assert/strict";
import { problemText, UploadError, uploadKey } from "./client.ts";

Deno.test("problemText() prefers the sentence over the title over the status", () => {
  assert.equal(problemText({ title: "Bad", detail: "The file is empty" }, 422), "The file is empty");
  assert.equal(problemText({ title: "Bad" }, 422), "Bad");
  assert.match(problemText(null, 502), /502/);
  assert.match(problemText(null, 0), /cannot be reached/);
});

Deno.test("uploadKey() makes a new key each time", () => {
  const keys = new Set(Array.from({ length: 50 }, uploadKey));
  assert.equal(keys.size, 50);
  for (const key of keys) assert.match(key, /^[0-9a-f]{32}$/);
});

Deno.test("UploadError knows what may pass by itself", () => {
  const passing = [0, 429, 500, 503].map((status) => new UploadError("x", status).passing);
  const lasting = [400, 413, 422].map((status) => new UploadError("x", status).passing);
  assert.deepEqual([passing, lasting], [[true, true, true, true], [false, false, false]]);
});
