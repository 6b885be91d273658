import assert from "node:assert/strict";
import { ask } from "../_testing.ts";
import { App } from "../app.ts";
import { trailingSlashes } from "./trailing_slashes.ts";

async function locations(mode: "always" | "never", paths: string[]): Promise<(string | null)[]> {
  const app = new App().use(trailingSlashes(mode)).all("*", () => new Response("ok"));
  return await Promise.all(paths.map(async (path) => (await ask(app, path)).headers.get("Location")));
}

Deno.test("trailingSlashes() adds what is missing", async () => {
  const paths = ["/", "/foo", "/foo/bar?a=1", "/foo/bar/"];
  assert.deepEqual(await locations("always", paths), [null, "/foo/", "/foo/bar/?a=1", null]);
});

Deno.test("trailingSlashes() removes what is too much", async () => {
  assert.deepEqual(await locations("never", ["/", "/foo", "/foo/", "/foo/?a=1"]), [null, null, "/foo", "/foo?a=1"]);
});
