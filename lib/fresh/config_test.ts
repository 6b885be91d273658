import assert from "node:assert/strict";
import { parseDirPath } from "./config.ts";

Deno.test("parseDirPath() makes absolute paths", () => {
  assert.equal(parseDirPath("file:///foo/bar", "/root"), "/foo/bar");
  assert.equal(parseDirPath("./foo/bar", "/root"), "/root/foo/bar");
  assert.equal(parseDirPath("/foo/bar", "/root"), "/foo/bar");
});
