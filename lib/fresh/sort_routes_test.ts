import assert from "node:assert/strict";
import { sortRoutePaths } from "./sort_routes.ts";

/** The order must not depend on the order in which files were found. */
function assertOrder(sorted: string[]): void {
  for (let turn = 0; turn < sorted.length; turn++) {
    const rotated = [...sorted.slice(turn), ...sorted.slice(0, turn)];
    assert.deepEqual(rotated.toSorted(sortRoutePaths), sorted);
    assert.deepEqual(rotated.toReversed().toSorted(sortRoutePaths), sorted);
  }
}

Deno.test("sortRoutePaths() puts templates first and parameters last", () => {
  assertOrder([
    "/_error",
    "/foo/_middleware",
    "/foo/_layout",
    "/foo/_error",
    "/foo/index",
    "/foo/bar/_middleware",
    "/foo/bar/_layout",
    "/foo/bar/_error",
    "/foo/bar/index",
    "/foo/bar/baz",
    "/foo/bar/[...foo]",
    "/foo/bar",
    "/foo/[id]",
    "/foo/[...slug]",
  ]);
});

Deno.test("sortRoutePaths() puts groups after plain names and before parameters", () => {
  assertOrder([
    "/_app",
    "/_error",
    "/app/_middleware",
    "/app",
    "/auth/login",
    "/auth/logout",
    "/hooks/github",
    "/login",
    "/(authed)/_middleware",
    "/(authed)/_layout",
    "/(authed)/index",
    "/(authed)/api/slug",
    "/(authed)/(account)/account",
    "/(authed)/[org]/_middleware",
    "/(authed)/[org]/__foo",
    "/(authed)/[org]/index",
  ]);
});

Deno.test("sortRoutePaths() sees through file endings", () => {
  assertOrder(["/_app.tsx", "/js/_layout.js", "/js/index.js", "/ts/_layout.tsx", "/ts/index.ts", "/(app)/[org].ts"]);
});
