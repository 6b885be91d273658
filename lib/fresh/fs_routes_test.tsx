import assert from "node:assert/strict";
import type { FunctionComponent } from "preact";
import { appOfFiles, ask, askText, fakeFs, silently } from "./_testing.ts";
import { CommandType } from "./commands.ts";
import { TEST_FILE_PATTERN } from "./constants.ts";
import type { Context } from "./context.ts";
import { crawlRouteDir } from "./dev/fs_crawl.ts";
import { HttpError } from "./error.ts";
import { page } from "./handlers.ts";

interface State {
  text: string;
}

const add = (text: string) => (ctx: Context<State>) => {
  ctx.state.text = `${ctx.state.text ?? ""}${text}`;
  return ctx.next();
};
const tell = (ctx: Context<State>) => new Response(ctx.state.text ?? "");
const body = (html: string) => /<body>(.*)<\/body>/s.exec(html)?.[1];

Deno.test("fsRoutes refuses a file that exports nothing of use", async () => {
  await assert.rejects(appOfFiles({ "routes/index.tsx": {} }), /relevant exports in: routes\/index.tsx/);
  await assert.rejects(
    appOfFiles({ "routes/index.tsx": { handler: ((_a: unknown, _b: unknown) => new Response()) as never } }),
    /only have one argument/,
  );
});

Deno.test("fsRoutes answers the methods that a file has handlers for, and a component for GET", async () => {
  const app = await appOfFiles({
    "routes/post.tsx": { handlers: { POST: () => new Response("POST") } },
    "routes/both.tsx": { default: () => <h1>page</h1>, handlers: { POST: () => new Response("POST") } },
    "routes/all.ts": { handler: (ctx) => new Response(ctx.req.method) },
    "routes/head.ts": { handlers: { HEAD: () => new Response(null, { headers: { "X-Foo": "1" } }) } },
  });
  assert.equal((await ask(app, "/post")).status, 405);
  assert.equal((await ask(app, "/head")).status, 405);
  assert.equal((await ask(app, "/head", { method: "HEAD" })).headers.get("X-Foo"), "1");
  assert.equal(await askText(app, "/post", { method: "POST" }), "POST");
  assert.equal(await askText(app, "/both", { method: "POST" }), "POST");
  assert.equal(body(await askText(app, "/both")), "<h1>page</h1>");
  for (const method of ["GET", "POST", "PATCH", "PUT", "DELETE"]) {
    assert.equal(await askText(app, "/all", { method }), method);
  }
});

Deno.test("fsRoutes gives a handler's data, status and headers to the page", async () => {
  const app = await appOfFiles({
    "routes/index.tsx": {
      handler: () => page("foo", { status: 404, headers: { "X-Foo": "1" } }),
      default: ({ data }) => <p>{data as string}</p>,
    },
  });
  const res = await ask(app, "/");
  assert.equal(res.status, 404);
  assert.equal(res.headers.get("X-Foo"), "1");
  assert.equal(body(await res.text()), "<p>foo</p>");
});

Deno.test("fsRoutes prefers plain names to parameters", async () => {
  const app = await appOfFiles({
    "routes/[...rest].ts": { handler: (ctx) => new Response(`rest ${ctx.params.rest}`) },
    "routes/[id].ts": { handler: (ctx) => new Response(`id ${ctx.params.id}`) },
    "routes/all.ts": { handler: () => new Response("all") },
    "routes/index.ts": { handler: () => new Response("index") },
    "routes/shop/[[page]].ts": { handler: (ctx) => new Response(`page ${ctx.params.page}`) },
  });
  assert.equal(await askText(app, "/"), "index");
  assert.equal(await askText(app, "/all"), "all");
  assert.equal(await askText(app, "/x"), "id x");
  assert.equal(await askText(app, "/a/b"), "rest a/b");
  assert.equal(await askText(app, "/shop"), "page ");
  assert.equal(await askText(app, "/shop/2"), "page 2");
});

Deno.test("fsRoutes runs middlewares of the folders above, given as function, array or default export", async () => {
  const app = await appOfFiles<State>({
    "routes/_middleware.ts": { handler: [add("A"), add("B")] },
    "routes/index.ts": { handler: tell },
    "routes/admin/_middleware.ts": { handler: add("C") },
    "routes/admin/index.ts": { handler: tell },
    "routes/admin/[id].ts": { handler: tell },
    "routes/other/_middleware.ts": { default: add("D") as never },
    "routes/other/index.ts": { handler: tell },
  });
  assert.equal(await askText(app, "/"), "AB");
  assert.equal(await askText(app, "/admin"), "ABC");
  assert.equal(await askText(app, "/admin/1"), "ABC");
  assert.equal(await askText(app, "/other"), "ABD");
});

Deno.test("fsRoutes warns of a middleware with methods, and of a layout with handlers", async () => {
  const written = await silently(async () => {
    const app = await appOfFiles({
      "routes/_middleware.ts": { handler: { GET: () => new Response("no") } },
      "routes/_layout.tsx": { handler: () => new Response("no"), default: ({ Component }) => <Component /> },
      "routes/index.tsx": { default: () => <>ok</> },
    });
    assert.equal(body(await askText(app, "/")), "ok");
  });
  assert.match(String(written[0]), /Middleware does not support object handlers .* routes\/_middleware.ts/);
  assert.match(String(written[2]), /Layout does not support handlers/);
});

Deno.test("fsRoutes wraps pages in layouts and the app wrapper, unless switched off", async () => {
  const app = await appOfFiles({
    "routes/_app.tsx": {
      default: ({ Component }) => (
        <div>
          app/<Component />
        </div>
      ),
    },
    "routes/_layout.tsx": {
      default: ({ Component }) => (
        <>
          root/<Component />
        </>
      ),
    },
    "routes/index.tsx": { default: () => <>index</> },
    "routes/bare.tsx": { default: () => <>bare</>, config: { skipAppWrapper: true, skipInheritedLayouts: true } },
    "routes/foo/_layout.tsx": {
      default: ({ Component }) => (
        <>
          foo/<Component />
        </>
      ),
    },
    "routes/foo/index.tsx": { default: () => <>foo</> },
    "routes/cut/_layout.tsx": {
      default: ({ Component }) => (
        <>
          cut/<Component />
        </>
      ),
      config: { skipInheritedLayouts: true, skipAppWrapper: true },
    },
    "routes/cut/index.tsx": { default: () => <>cut</> },
  });
  assert.equal(body(await askText(app, "/")), "<div>app/root/index</div>");
  assert.equal(body(await askText(app, "/bare")), "bare");
  assert.equal(body(await askText(app, "/foo")), "<div>app/root/foo/foo</div>");
  assert.equal(body(await askText(app, "/cut")), "cut/cut");
  assert.equal(body(await askText(app, "/")), "<div>app/root/index</div>", "one page does not change another");
});

Deno.test("fsRoutes awaits async components, which may answer themselves", async () => {
  const template = (name: string) => async ({ url, Component }: { url: URL; Component: FunctionComponent }) => {
    await Promise.resolve();
    return url.searchParams.has(name) ? new Response(name) : <div>{name}/{Component && <Component />}</div>;
  };
  const app = await appOfFiles({
    "routes/_app.tsx": { default: template("app") as never },
    "routes/_layout.tsx": { default: template("layout") as never },
    "routes/index.tsx": { default: template("index") as never },
  });
  assert.equal(body(await askText(app, "/")), "<div>app/<div>layout/<div>index/</div></div></div>");
  for (const name of ["app", "layout", "index"]) assert.equal(await askText(app, `/?${name}`), name);
});

Deno.test("fsRoutes takes the error page that is nearest, and the next one if that fails", async () => {
  const app = await appOfFiles({
    "routes/_error.tsx": { default: ({ error }) => <p>root {(error as Error).message}</p> },
    "routes/a/_error.tsx": { default: ({ error }) => <p>a {(error as Error).message}</p> },
    "routes/a/index.tsx": {
      default: () => {
        throw new HttpError(409, "conflict");
      },
    },
    "routes/b/_error.tsx": {
      handler: () => {
        throw new HttpError(501, "again");
      },
    },
    "routes/b/index.tsx": {
      handler: () => {
        throw new Error("first");
      },
    },
  });
  const a = await ask(app, "/a");
  assert.equal(a.status, 409);
  assert.equal(body(await a.text()), "<p>a conflict</p>");
  const b = await ask(app, "/b");
  assert.equal(b.status, 501);
  assert.equal(body(await b.text()), "<p>root again</p>");
  const missing = await ask(app, "/nope");
  assert.equal(missing.status, 404);
  assert.match(await missing.text(), /<p>root /);
});

Deno.test("fsRoutes knows the older names of error pages", async () => {
  const app = await appOfFiles({
    "routes/_404.tsx": { default: () => <p>not here</p> },
    "routes/_500.tsx": { handlers: { GET: () => new Response("five hundred") } },
    "routes/index.tsx": {
      handler: () => {
        throw new Error("ok");
      },
    },
  });
  const missing = await ask(app, "/nope");
  assert.equal(missing.status, 404);
  assert.equal(body(await missing.text()), "<p>not here</p>");
  assert.equal(await askText(app, "/"), "five hundred");
});

Deno.test("fsRoutes gives every group templates of its own, without showing in addresses", async () => {
  const group = (name: string) => ({
    [`routes/(${name})/_error.tsx`]: { default: () => <>fail {name}</> },
    [`routes/(${name})/_layout.tsx`]: {
      default: ({ state, Component }: { state: State; Component: FunctionComponent }) => (
        <>
          {state.text}/<Component />
        </>
      ),
    },
    [`routes/(${name})/_middleware.ts`]: { handler: add(name) },
    [`routes/(${name})/${name}.tsx`]: { default: () => <>page</> },
    [`routes/(${name})/${name}_error.tsx`]: {
      default: () => {
        throw new Error("fail");
      },
    },
  });
  const app = await appOfFiles<State>(
    { ...group("foo"), ...group("bar"), "routes/(_private)/x.tsx": { default: () => <>fail</> } } as never,
  );
  for (const name of ["foo", "bar"]) {
    assert.equal(body(await askText(app, `/${name}`)), `${name}/page`);
    assert.equal(body(await askText(app, `/${name}_error`)), `${name}/fail ${name}`);
  }
  assert.equal((await ask(app, "/x")).status, 404);
});

Deno.test("fsRoutes joins the methods of two files with one address", async () => {
  const app = await appOfFiles({
    "routes/(foo)/bar/index.ts": { handler: { POST: () => new Response("POST") } },
    "routes/bar/index.ts": { handler: { GET: () => new Response("GET") } },
  });
  assert.equal(await askText(app, "/bar"), "GET");
  assert.equal(await askText(app, "/bar", { method: "POST" }), "POST");
});

Deno.test("fsRoutes takes the address from the config, and a path to be mounted at", async () => {
  const files = {
    "routes/_middleware.ts": { handler: add("A") },
    "routes/index.ts": { handler: tell },
    "routes/foo.ts": { handler: tell, config: { routeOverride: "/x-:id" } },
  };
  const app = await appOfFiles<State>(files);
  assert.equal(await askText(app, "/x-1"), "A");
  assert.equal((await ask(app, "/foo")).status, 404);

  const mounted = (await appOfFiles<State>(files, "/a/:tenant")).fsRoutes("/b").fsRoutes();
  for (const path of ["/a/1", "/a/1/x-1", "/b", "/"]) assert.equal(await askText(mounted, path), "A", path);
});

Deno.test("crawlRouteDir() leaves out tests, and finds islands beside routes", async () => {
  const islands: string[] = [];
  const fs = fakeFs([
    "routes/index.tsx",
    "routes/index_test.tsx",
    "routes/foo.test.ts",
    "routes/foo/(_islands)/Foo.tsx",
    "routes/foo/(_components)/Bar.tsx",
    "routes/ü.tsx",
    "routes/foo/_404.tsx",
  ]);
  const files = await crawlRouteDir(fs, "routes", [TEST_FILE_PATTERN], (spec) => islands.push(spec));
  assert.deepEqual(files.map(({ id, type, routePattern }) => [id, type, routePattern]), [
    ["/index", CommandType.Route, "/"],
    ["/%C3%BC", CommandType.Route, "/%C3%BC"],
    ["/foo/_404", CommandType.NotFound, "*"],
  ]);
  assert.deepEqual(islands, ["routes/foo/(_islands)/Foo.tsx"]);
});
