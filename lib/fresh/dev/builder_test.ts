import assert from "node:assert/strict";
import * as path from "node:path";
import { pathToFileURL } from "node:url";
import { ask } from "../_testing.ts";
import { App } from "../app.ts";
import { BUILD_ID } from "../build_id.ts";
import { staticFiles } from "../middlewares/static_files.ts";
import { makeProject, withProgram, withServer } from "./_project.ts";
import { Builder } from "./builder.ts";

const COUNTER = `import { useSignal } from "@preact/signals";
export default function Counter() { const n = useSignal(0); return <button onClick={() => n.value++}>{n}</button>; }`;
const VIEW = `export default function View() { return <h2>view</h2>; }`;
const FILES = {
  "main.ts": `import { App, staticFiles } from "fresh"; export const app = new App().use(staticFiles()).fsRoutes();`,
  "routes/index.tsx": `import Counter from "../islands/Counter.tsx"; import View from "../other/View.tsx";
    export default () => <main><Counter /><View /></main>;`,
  "routes/plain.tsx": `export default () => <p>plain</p>;`,
  "routes/plain_test.tsx": `throw new Error("tests are no routes");`,
  "routes/api/[id].ts": `export const handler = { GET: (ctx) => Response.json(ctx.params) };`,
  "islands/Counter.tsx": COUNTER,
  "other/View.tsx": VIEW,
  "static/foo.txt": "ok",
  "static/sub/foo.css": "body { background: url('/foo.png') }",
  "static/.secret": "secret",
};

async function silentBuild(builder: Builder): Promise<void> {
  const { log } = console;
  console.log = () => {};
  try {
    await builder.build();
  } finally {
    console.log = log;
  }
}

Deno.test("Builder writes a server that serves routes, islands and files", async () => {
  await using project = await makeProject(FILES);
  const builder = new Builder({ root: project.dir });
  builder.registerIsland(pathToFileURL(path.join(project.dir, "other/View.tsx")).href);
  await silentBuild(builder);

  await withServer(path.join(project.dir, "_fresh/server.js"), async (address) => {
    const index = await fetch(address);
    const html = await index.text();
    assert.match(html, /<!--frsh:island:Counter:0:--><button>0<\/button>/);
    assert.match(html, /<!--frsh:island:View:1:--><h2>view<\/h2>/);
    const scripts = [...html.matchAll(/"(\/_fresh\/js\/[^"]+)"/g)].map((match) => match[1]!);
    assert.equal(scripts.length, 3);
    for (const script of scripts) {
      const res = await fetch(address + script);
      assert.equal(res.status, 200);
      assert.equal(res.headers.get("Content-Type"), "text/javascript; charset=UTF-8");
      assert.equal(res.headers.get("Cache-Control"), "public, max-age=31536000, immutable");
      await res.body?.cancel();
    }

    assert.equal((await (await fetch(`${address}/plain`)).text()).includes("<script"), false);
    assert.deepEqual(await (await fetch(`${address}/api/7`)).json(), { id: "7" });
    const file = await fetch(`${address}/foo.txt`);
    assert.equal(await file.text(), "ok");
    assert.match(file.headers.get("Etag") ?? "", /^W\/"[0-9a-f]{64}"$/);
    assert.match(await (await fetch(`${address}/sub/foo.css`)).text(), /url\("\/foo.png\?__frsh_c=[0-9a-f]{32}"\)/);
    for (const missing of ["/.secret", "/plain_test", "/_fresh/server.js"]) {
      const res = await fetch(address + missing);
      assert.equal(res.status, 404, missing);
      await res.body?.cancel();
    }
  });
});

Deno.test("Builder takes another server entry, output folder and several static folders", async () => {
  await using project = await makeProject({
    "other.ts": `import { App, staticFiles } from "fresh"; export const app = new App().use(staticFiles());`,
    "a/foo.txt": "from a",
    "b/foo.txt": "from b",
    "b/bar.txt": "from b",
  });
  await silentBuild(
    new Builder({ root: project.dir, outDir: "dist", serverEntry: "other.ts", staticDir: ["a", "b"] }),
  );
  await withServer(path.join(project.dir, "dist/server.js"), async (address) => {
    assert.equal(await (await fetch(`${address}/foo.txt`)).text(), "from a");
    assert.equal(await (await fetch(`${address}/bar.txt`)).text(), "from b");
  });
  await withProgram(path.join(project.dir, "dist/compiled-entry.js"), async (address) => {
    assert.equal(await (await fetch(`${address}/foo.txt`)).text(), "from a");
  });
});

Deno.test("Builder names a build after its content", async () => {
  const buildId = async (files: Record<string, string>) => {
    await using project = await makeProject(files);
    const builder = new Builder({ root: project.dir });
    await builder.build({ snapshot: "memory" });
    assert.equal(builder.config.buildId, BUILD_ID);
    return BUILD_ID;
  };
  const files = { "islands/Counter.tsx": COUNTER, "static/foo.txt": "ok" };
  const first = await buildId(files);
  assert.equal(await buildId(files), first, "the same files make the same build, wherever they lie");
  assert.notEqual(await buildId({ ...files, "static/foo.txt": "changed" }), first);
  assert.notEqual(await buildId({ ...files, "islands/Counter.tsx": COUNTER.replace("n.value++", "n.value--") }), first);
});

Deno.test("Builder splits what islands share, and what they import later, into chunks", async () => {
  await using project = await makeProject({
    "islands/A.tsx": `import { useEffect } from "preact/hooks"; import { shared } from "../shared.ts";
      export default () => { useEffect(() => void import("../later.ts")); return <p>{shared()}</p>; };`,
    "islands/B.tsx": `import { shared } from "../shared.ts"; export default () => <p>{shared()}</p>;`,
    "shared.ts": `export const shared = () => "shared " + new Date().getFullYear() + " text";`,
    "later.ts": `export const later = "text for later"; console.log(later);`,
  });
  await silentBuild(new Builder({ root: project.dir }));
  const folder = path.join(project.dir, "_fresh/static/_fresh/js", BUILD_ID);
  const scripts = new Map<string, string>();
  for await (const { name } of Deno.readDir(folder)) {
    scripts.set(name, await Deno.readTextFile(path.join(folder, name)));
  }
  const holding = (text: string) => [...scripts].filter(([, code]) => code.includes(text)).map(([name]) => name);
  assert.equal(holding("text for later").length, 1);
  assert.match(holding("text for later")[0]!, /^later-\w+\.js$/);
  assert.deepEqual(holding("shared ").map((name) => /^chunk-\w+\.js$/.test(name)), [true]);
});

Deno.test("Builder writes source maps where they are asked for", async () => {
  await using project = await makeProject({ "islands/Counter.tsx": COUNTER });
  const sourceMap = { kind: "external", sourceRoot: "project", sourcesContent: true } as const;
  await silentBuild(new Builder({ root: project.dir, sourceMap }));
  const readMap = async () => {
    const file = path.join(project.dir, "_fresh/static/_fresh/js", BUILD_ID, "Counter.js.map");
    return JSON.parse(await Deno.readTextFile(file));
  };
  const map = await readMap();
  assert.equal(map.sourceRoot, "project");
  assert.ok(map.sourcesContent.some((source: string) => source.includes("n.value++")));

  await silentBuild(new Builder({ root: project.dir, sourceMap: { ...sourceMap, sourcesContent: false } }));
  assert.equal((await readMap()).sourcesContent, undefined);
});

Deno.test("Builder says what can't be bundled", async () => {
  await using project = await makeProject({ "islands/A.tsx": `import "./missing.ts"; export default () => null;` });
  await assert.rejects(
    new Builder({ root: project.dir }).build({ snapshot: "memory" }),
    /Cannot bundle islands|missing/,
  );
});

Deno.test("Builder passes static files through transformers, in order, unless excluded", async () => {
  await using project = await makeProject({ "static/foo.css": "foo", "static/bar.css": "bar" });
  const seen: string[] = [];
  const builder = new Builder({ root: project.dir });
  const watch = (name: string, exclude?: (string | RegExp)[]) =>
    builder.onTransformStaticFile({ pluginName: name, filter: /\.css$/, exclude }, (args) => {
      seen.push(`${name} ${path.basename(args.path)} ${args.text}`);
      return { content: `${args.text} ${name}` };
    });
  watch("A");
  watch("B", ["**/foo.css"]);
  watch("C", [/foo/]);
  await silentBuild(builder);
  assert.deepEqual(seen, ["A bar.css bar", "B bar.css bar A", "C bar.css bar A B", "A foo.css foo"]);
  assert.equal(await Deno.readTextFile(path.join(project.dir, "_fresh/static/bar.css")), "bar A B C");
});

Deno.test("Builder.build() in memory serves static files as they are, and nothing outside", async () => {
  await using project = await makeProject({ ...FILES, "secret.txt": "secret" });
  const apply = await new Builder({ root: project.dir }).build({ snapshot: "memory" });
  const app = new App().use(staticFiles()).fsRoutes();
  apply(app);
  assert.equal(await (await ask(app, "/foo.txt")).text(), "ok");
  await Deno.writeTextFile(path.join(project.dir, "static/foo.txt"), "new");
  assert.equal(await (await ask(app, "/foo.txt")).text(), "new");
  for (const missing of ["/..%2fsecret.txt", "/.secret", "/sub", "/foo.txt/x", `/${"x".repeat(300)}`, "/%00"]) {
    assert.equal((await ask(app, missing)).status, 404, missing);
  }
  assert.match(await (await ask(app, "/")).text(), /frsh:island:Counter/);
});

Deno.test("Builder.listen() serves an app for development", async () => {
  await using project = await makeProject({ "static/foo.txt": "ok" });
  const app = new App({ basePath: "/base" })
    .use(staticFiles())
    .onError("*", (ctx) => ctx.render(null, { status: 500 }))
    .get("/", (ctx) => ctx.render(null))
    .get("/broken", () => {
      throw new Error("<b>secret</b>");
    });
  const aborter = new AbortController();
  const listening = Promise.withResolvers<string>();
  await new Builder({ root: project.dir }).listen(() => Promise.resolve({ app }), {
    hostname: "127.0.0.1",
    port: 0,
    signal: aborter.signal,
    onListen: ({ port }) => listening.resolve(`http://127.0.0.1:${port}`),
  });
  const address = await listening.promise;

  const html = await (await fetch(`${address}/base`)).text();
  const script = /<script type="module" nonce="\w+" src="([^"]+fresh-dev\.js)">/.exec(html)?.[1];
  assert.match(script ?? "", /^\/base\/_fresh\/js\//);
  assert.match(await (await fetch(address + script)).text(), /EventSource/);
  assert.equal(await (await fetch(`${address}/base/foo.txt`)).text(), "ok");

  const broken = await (await fetch(`${address}/base/broken`)).text();
  const overlay = /<iframe [^>]*src="([^"]+)"/.exec(broken)?.[1]?.replaceAll("&amp;", "&");
  assert.match(await (await fetch(address + overlay)).text(), /&lt;b>secret&lt;\/b>/);

  const tools = await fetch(`${address}/.well-known/appspecific/com.chrome.devtools.json`);
  assert.ok(tools.headers.has("Etag"));
  const { workspace } = await tools.json();
  assert.equal(workspace.root, project.dir);
  assert.match(workspace.uuid, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);

  const alive = await fetch(`${address}/base/_frsh/alive`);
  const reader = alive.body!.getReader();
  assert.match(new TextDecoder().decode((await reader.read()).value), /data: [\w-]+\n\n/);
  await reader.cancel();
  aborter.abort();
});
