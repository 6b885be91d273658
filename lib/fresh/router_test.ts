import assert from "node:assert/strict";
import { IS_PATTERN, mergePath, type Method, pathToPattern, patternToSegments, UrlPatternRouter } from "./router.ts";

const url = (path: string) => new URL(path, "http://localhost");

Deno.test("IS_PATTERN tells patterns from paths", () => {
  for (const path of ["/foo", "/foo/bar.jpg"]) assert.equal(IS_PATTERN.test(path), false);
  for (const path of ["/:id", "/foo/*", "/foo{/bar}?", "/(\\d+)"]) assert.equal(IS_PATTERN.test(path), true);
});

Deno.test("UrlPatternRouter finds paths, parameters and methods", () => {
  const router = new UrlPatternRouter<string>();
  router.add("GET", "/foo", "static");
  router.add("GET", "/:a/:b/c", "dynamic");
  router.add("POST", "/:a/:b/c", "posted");

  const { params, ...found } = router.match("GET", url("/foo"));
  assert.deepEqual({ ...params }, {});
  assert.deepEqual(found, { item: "static", methodMatch: true, pattern: "/foo" });

  const match = router.match("GET", url("/a%20a/b%2Fb/c"));
  assert.deepEqual({ ...match.params }, { a: "a a", b: "b%2Fb" });
  assert.equal(match.item, "dynamic");
  assert.equal(match.pattern, "/:a/:b/c");
  assert.equal(router.match("POST", url("/1/2/c")).item, "posted");
  assert.deepEqual(router.getAllowedMethods("/:a/:b/c"), ["GET", "POST"]);
});

Deno.test("UrlPatternRouter tells a wrong method from a missing address", () => {
  const router = new UrlPatternRouter<string>();
  router.add("GET", "/foo", "A");
  router.add("GET", "/books/:id", "B");
  for (const method of ["POST", "PROPFIND", "constructor"] as Method[]) {
    for (const [path, pattern] of [["/foo", "/foo"], ["/books/1", "/books/:id"]] as const) {
      const { item, methodMatch, pattern: matched } = router.match(method, url(path));
      assert.deepEqual({ item, methodMatch, matched }, { item: null, methodMatch: false, matched: pattern });
    }
  }
  assert.equal(router.match("GET", url("/bar")).pattern, null);
});

Deno.test("UrlPatternRouter keeps the first registration, and falls back from HEAD to GET", () => {
  const router = new UrlPatternRouter<string>();
  router.add("GET", "/foo", "first");
  router.add("GET", "/foo", "second");
  assert.equal(router.match("GET", url("/foo")).item, "first");
  assert.equal(router.match("HEAD", url("/foo")).item, "first");
});

Deno.test("UrlPatternRouter accepts a slash too many or too few, the exact path first", () => {
  const router = new UrlPatternRouter<string>();
  router.add("GET", "/a", "a");
  router.add("GET", "/b/", "b/");
  router.add("GET", "/c", "c");
  router.add("GET", "/c/", "c/");
  assert.equal(router.match("GET", url("/a/")).item, "a");
  assert.equal(router.match("GET", url("/b")).item, "b/");
  assert.equal(router.match("GET", url("/c")).item, "c");
  assert.equal(router.match("GET", url("/c/")).item, "c/");
});

Deno.test("UrlPatternRouter gives parameters as they came when they can't be decoded", () => {
  const router = new UrlPatternRouter<string>();
  router.add("GET", "/:id", "A");
  assert.equal(router.match("GET", url("/100%")).params.id, "100%");
});

Deno.test("pathToPattern() reads the file conventions", () => {
  const patterns: Record<string, string> = {
    "index": "/",
    "foo/bar": "/foo/bar",
    "foo/index": "/foo",
    "foo/[name]/bar/[bob]": "/foo/:name/bar/:bob",
    "foo/[...name]": "/foo/:name*",
    "foo/[mod]@[version]": "/foo/:mod@:version",
    "foo/[bar].json": "/foo/:bar.json",
    "foo/foo[bar]": "/foo/foo:bar",
    "foo/[[name]]": "/foo{/:name}?",
    "foo/[[name]]/bar/[[bob]]": "/foo{/:name}?/bar{/:bob}?",
    "[[name]]": "/{:name}?",
    "(group)/[[name]]/(group2)/index": "/{:name}?",
    "(group)/foo": "/foo",
  };
  for (const [path, pattern] of Object.entries(patterns)) assert.equal(pathToPattern(path), pattern, path);
  assert.equal(pathToPattern("foo/(foo)/bar", { keepGroups: true }), "/foo/(foo)/bar");
});

Deno.test("pathToPattern() refuses what would be ambiguous", () => {
  const paths = ["[foo][bar]", "foo]", "[foo]]", "foo-[[name]]-bar/baz", "[[name]]-bar", "foo-[[name]]", "[foo"];
  for (const path of paths) assert.throws(() => pathToPattern(`foo/${path}`), SyntaxError, path);
});

Deno.test("patternToSegments() names the levels that a path lies in", () => {
  assert.deepEqual(patternToSegments("/", ""), [""]);
  assert.deepEqual(patternToSegments("*", ""), [""]);
  assert.deepEqual(patternToSegments("/foo", ""), [""]);
  assert.deepEqual(patternToSegments("/foo/", ""), ["", "foo"]);
  assert.deepEqual(patternToSegments("/:foo-:bar/foo", ""), ["", ":foo-:bar"]);
  assert.deepEqual(patternToSegments("/foo/bar", "", true), ["", "foo", "bar"]);
  assert.deepEqual(patternToSegments("/api{/:opt}?/endpoint", ""), ["", "api"]);
});

Deno.test("mergePath() joins paths, for matching and for mounting", () => {
  const cases: [string, string, string, string][] = [
    ["", "/foo", "/foo", "/foo"],
    ["/", "/foo", "/foo", "/foo"],
    ["/foo/bar", "/", "/foo/bar", "/foo/bar"],
    ["/foo/bar", "/baz", "/foo/bar/baz", "/foo/bar/baz"],
    ["*", "/baz", "/baz", "/baz"],
    ["/*", "/baz", "/baz", "/baz"],
    ["/foo", "*", "/foo/*", "/foo"],
    ["/foo", "/*", "/foo/*", "/foo/*"],
  ];
  for (const [base, path, matching, mounting] of cases) {
    assert.equal(mergePath(base, path, false), matching);
    assert.equal(mergePath(base, path, true), mounting);
  }
});
