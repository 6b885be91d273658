import assert from "node:assert/strict";
import { ask, FakeBuild } from "../_testing.ts";
import { App } from "../app.ts";
import { BUILD_ID } from "../build_id.ts";
import type { FreshConfig } from "../config.ts";
import { staticFiles } from "./static_files.ts";

const NEVER = "no-cache, no-store, max-age=0, must-revalidate";
const FOREVER = "public, max-age=31536000, immutable";

function appWith(files: Record<string, string | null>, config?: FreshConfig): App<unknown> {
  const build = new FakeBuild();
  for (const [name, hash] of Object.entries(files)) build.files.set(name, { content: "body {}", hash });
  return build.applyTo(new App(config).use(staticFiles()).get("/", () => new Response("index")));
}

Deno.test("staticFiles() serves files with type and length, HEAD without content", async () => {
  const app = appWith({ "/foo.css": null });
  for (const method of ["GET", "HEAD"]) {
    const res = await ask(app, "/foo.css", { method });
    assert.equal(res.status, 200);
    assert.equal(res.headers.get("Content-Type"), "text/css; charset=UTF-8");
    assert.equal(res.headers.get("Content-Length"), "7");
    assert.equal(res.headers.get("Cache-Control"), NEVER);
    assert.equal(await res.text(), method === "GET" ? "body {}" : "");
  }
});

Deno.test("staticFiles() refuses changes, and passes on what is no file", async () => {
  const app = appWith({ "/foo.css": null });
  for (const method of ["POST", "PATCH", "PUT", "DELETE"]) {
    assert.equal((await ask(app, "/foo.css", { method })).status, 405);
  }
  assert.equal(await (await ask(app, "/")).text(), "index");
  const favicon = await ask(app, "/favicon.ico");
  assert.equal(favicon.status, 404);
  assert.equal(favicon.body, null);
});

Deno.test("staticFiles() caches files whose address changes with their content, but not while developing", async () => {
  for (const [mode, expected] of [["production", FOREVER], ["development", NEVER]] as const) {
    const build = new FakeBuild(mode);
    const { readFile } = FakeBuild.prototype;
    build.files.set("/a-1f2e.css", { content: "body {}", hash: null });
    build.readFile = async (pathname) => {
      const file = await readFile.call(build, pathname);
      return file && { ...file, immutable: true };
    };
    const app = build.applyTo(new App({ mode }).use(staticFiles()));
    assert.equal((await ask(app, "/a-1f2e.css")).headers.get("Cache-Control"), expected);
  }
});

Deno.test("staticFiles() caches only what has this build's id in its address", async () => {
  const script = `/_fresh/js/${BUILD_ID}/a.js`;
  const app = appWith({ "/foo.css": null, [script]: null, "/_fresh/js/old/a.js": null });
  const cacheOf = async (path: string) => (await ask(app, path)).headers.get("Cache-Control");
  assert.equal(await cacheOf(`/foo.css?__frsh_c=${BUILD_ID}`), FOREVER);
  assert.equal(await cacheOf(script), FOREVER);
  assert.equal(await cacheOf("/foo.css"), NEVER);
  assert.equal(await cacheOf("/_fresh/js/old/a.js"), NEVER);

  const old = await ask(app, "/foo.css?a=1&__frsh_c=old");
  assert.equal(old.status, 307);
  assert.equal(old.headers.get("Location"), "/foo.css?a=1");

  const dev = appWith({ "/foo.css": null }, { mode: "development" });
  assert.equal((await ask(dev, `/foo.css?__frsh_c=${BUILD_ID}`)).headers.get("Cache-Control"), NEVER);
});

Deno.test("staticFiles() answers 304 to who has the file", async () => {
  const app = appWith({ "/foo.css": "123", "/no_hash.css": null });
  assert.equal((await ask(app, "/foo.css")).headers.get("Etag"), 'W/"123"');
  for (const tag of ["123", 'W/"123"']) {
    assert.equal((await ask(app, "/foo.css", { headers: { "If-None-Match": tag } })).status, 304);
  }
  assert.equal((await ask(app, "/foo.css", { headers: { "If-None-Match": 'W/"1"' } })).status, 200);
  assert.equal((await ask(app, "/no_hash.css", { headers: { "If-None-Match": "null" } })).status, 200);
});

Deno.test("staticFiles() finds names beyond ASCII, and no way out", async () => {
  const app = appWith({ "/C#.svg": null, "/西安市.png": null, "/../secret": null });
  assert.equal((await ask(app, "/C%23.svg")).status, 200);
  assert.equal((await ask(app, "/%E8%A5%BF%E5%AE%89%E5%B8%82.png")).status, 200);
  for (const path of ["/..%2fsecret", "/..%5csecret", "/%E0%A4%A"]) assert.equal((await ask(app, path)).status, 404);
});

Deno.test("staticFiles() serves below the base path", async () => {
  const app = appWith({ "/foo.css": null }, { basePath: "/base" });
  assert.equal((await ask(app, "/base/foo.css")).status, 200);
  assert.equal((await ask(app, "/foo.css")).status, 404);
  assert.equal(await (await ask(app, "/base")).text(), "index");
});
