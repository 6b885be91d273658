import assert from "node:assert/strict";
import { h, type VNode } from "preact";
import { applyBasePath, assetInternal, assetSrcSetInternal, sharedProps } from "./shared_internal.ts";

Deno.test("assetInternal() adds the build id to paths of this site only", () => {
  const cases: Record<string, string> = {
    "/a.png": "/a.png?__frsh_c=ID",
    "/a.png?b=1#c": "/a.png?b=1&__frsh_c=ID#c",
    "/a.png?__frsh_c=x": "/a.png?__frsh_c=x",
    "a.png": "a.png",
    "//else.where/a.png": "//else.where/a.png",
    "https://else.where/a.png": "https://else.where/a.png",
    "data:image/png;base64,": "data:image/png;base64,",
  };
  for (const [path, busted] of Object.entries(cases)) assert.equal(assetInternal(path, "ID"), busted);
  assert.equal(assetInternal("/a.png", "ID", "/base"), "/base/a.png?__frsh_c=ID");
});

Deno.test("assetSrcSetInternal() does so for lists, and leaves alone what it can't read", () => {
  assert.equal(assetSrcSetInternal("/a 1x, /b 2x", "ID"), "/a?__frsh_c=ID 1x, /b?__frsh_c=ID 2x");
  assert.equal(assetSrcSetInternal("/a 1x,", "ID"), "/a 1x,");
  assert.equal(assetSrcSetInternal("/a (x), /b", "ID"), "/a (x), /b");
});

Deno.test("applyBasePath() puts paths of this site below the base path, and keeps all else", () => {
  assert.equal(applyBasePath("/a/b", "/base"), "/base/a/b");
  assert.equal(applyBasePath("/", "./"), "./");
  for (const basePath of [undefined, "", "/"]) assert.equal(applyBasePath("/a", basePath), "/a");
  for (const path of ["a", "./a", "//else.where/a", "https://else.where/a"]) {
    assert.equal(applyBasePath(path, "/base"), path);
  }
});

Deno.test("sharedProps() writes f-client-nav as text on any element, and changes no other", () => {
  const changesOf = (type: string, props: Record<string, unknown>) =>
    sharedProps(h(type, props) as VNode<Record<string, unknown>>, "ID", { pathname: "/a/b" });
  assert.deepEqual(changesOf("div", { "f-client-nav": true }), { "f-client-nav": "true" });
  assert.deepEqual(changesOf("a", { href: "/a", "f-client-nav": false }), {
    "data-ancestor": "true",
    "aria-current": "true",
    "f-client-nav": "false",
  });
  assert.equal(changesOf("div", { href: "/a", src: "/a" }), null);
  assert.equal(changesOf("img", { src: "/a", "data-fresh-disable-lock": true }), null);
});
