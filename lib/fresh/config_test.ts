import assert from "node:assert/strict";
import { parseDirPath } from "./config.ts";

Deno.test("parseDirPath() makes absolute paths", () => {
  assert.equal(parseDirPath("file:///foo/bar", "/project"), "/foo/bar");
  assert.equal(parseDirPath("./foo/bar", "/project"), "/project/foo/bar");
  assert.equal(parseDirPath("/foo/bar", "/project"), "/foo/bar");
});
