import assert from "node:assert/strict";
import { formatBytes } from "./bytes.ts";

Deno.test("formatBytes() takes the unit that leaves at most three digits", () => {
  assert.equal(formatBytes(0, "en"), "0 bytes");
  assert.equal(formatBytes(214_000, "en"), "214 kB");
  assert.equal(formatBytes(999_499, "en"), "999 kB");
  assert.equal(formatBytes(999_999, "en"), "1 MB");
  assert.equal(formatBytes(2_340_000_000, "de"), "2,3\u00a0GB");
});
