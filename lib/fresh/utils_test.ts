import assert from "node:assert/strict";
import { assertInDir, escapeScript, pathToExportName, pathToSpec, UniqueNamer } from "./utils.ts";

Deno.test("pathToExportName() makes identifiers of file names", () => {
  const names: Record<string, string> = {
    "/islands/foo.tsx": "foo",
    "/islands/foo.v2.tsx": "foo_v2",
    "/islands/nav-bar.tsx": "nav_bar",
    "/islands/_.$bar.tsx": "_$bar",
    "/islands/1.hello.tsx": "_hello",
    "/islands/collapse...repeat_-dash.tsx": "collapse_repeat_dash",
  };
  for (const [path, name] of Object.entries(names)) assert.equal(pathToExportName(path), name);
});

Deno.test("escapeScript() leaves nothing that ends or comments out a script", () => {
  assert.equal(escapeScript("a</script>b</STYLE>"), "a<\\/script>b<\\/STYLE>");
  assert.equal(escapeScript("<!--<script>"), "\\x3C!--<script>");
  assert.equal(escapeScript("<!--</script>", { json: true }), "\\u003C!--<\\/script>");
});

Deno.test("pathToSpec() names modules from the build's folder", () => {
  assert.equal(pathToSpec("/foo", "/foo/bar"), "./bar");
  assert.equal(pathToSpec("/", "/foo//bar"), "./foo/bar");
  assert.equal(pathToSpec("/foo", "bar"), "./bar");
  assert.equal(pathToSpec("/foo/bar", "/foo/baz"), "../baz");
  assert.equal(pathToSpec("/foo", "file:///foo//bar"), "./bar");
  for (const url of ["http://example.com", "https://example.com", "jsr:@foo/bar", "npm:foo"]) {
    assert.equal(pathToSpec("/foo", url), url);
  }
});

Deno.test("UniqueNamer never gives a name twice, or a reserved one", () => {
  const namer = new UniqueNamer();
  assert.deepEqual(["foo", "foo", "foo_1"].map((name) => namer.getUniqueName(name)), ["foo", "foo_1", "foo_1_1"]);
  assert.equal(namer.getUniqueName("foo-bar"), "foo_bar");
  assert.equal(namer.getUniqueName("switch"), "_switch");
  assert.equal(namer.getUniqueName("0foo$_🔥"), "_0foo$__");
});

Deno.test("assertInDir() refuses what lies outside", () => {
  assertInDir("/a/b", "/a");
  assertInDir("..b", "/a");
  for (const path of ["../b", "/b", "/a/../b"]) assert.throws(() => assertInDir(path, "/a"), /outside of "\/a"/);
});
