import assert from "node:assert/strict";
import { ask, askText, silently } from "./_testing.ts";
import { App, setErrorInterceptor } from "./app.ts";
import { HttpError } from "./error.ts";

interface State {
  text: string;
}

const METHODS = ["get", "post", "patch", "put", "delete"] as const;

for (const method of METHODS) {
  Deno.test(`App.${method}() answers its method only`, async () => {
    const app = new App()[method]("/foo", () => new Response(method));
    assert.equal(await askText(app, "/foo", { method: method.toUpperCase() }), method);
    const other = method === "get" ? "POST" : "GET";
    const res = await ask(app, "/foo", { method: other });
    assert.equal(res.status, 405);
    assert.equal(await res.text(), "Method Not Allowed");
  });
}

Deno.test("App serves below its base path only", async () => {
  const app = new App({ basePath: "/foo/bar" })
    .get("/", () => new Response("index"))
    .route("/baz", { handler: () => new Response("baz") });
  assert.equal((await ask(app, "/")).status, 404);
  assert.equal((await ask(app, "/baz")).status, 404);
  assert.equal(await askText(app, "/foo/bar"), "index");
  assert.equal(await askText(app, "/foo/bar/baz", { method: "DELETE" }), "baz");
});

Deno.test("App refuses a base path that cannot work", () => {
  for (const basePath of ["foo", "/foo/", "/f oo"]) assert.throws(() => new App({ basePath }), /Invalid basePath/);
  assert.equal(new App({ basePath: "/" }).config.basePath, "");
});

Deno.test("App.use() runs middlewares in order, and only those above", async () => {
  const app = new App<State>()
    .use((ctx) => {
      ctx.state.text = "A";
      return ctx.next();
    })
    .get("/early", (ctx) => new Response(ctx.state.text))
    .use((ctx) => {
      ctx.state.text += "B";
      return ctx.next();
    })
    .get("/late", (ctx) => new Response(ctx.state.text));
  assert.equal(await askText(app, "/early"), "A");
  assert.equal(await askText(app, "/late"), "AB");
});

Deno.test("App.use() with a path covers the path itself and what is below", async () => {
  const app = new App()
    .use("/admin", () => new Response("guarded"))
    .get("/admin", () => new Response("open"))
    .get("/admin/users", () => new Response("open"))
    .get("/administrator", () => new Response("open"));
  assert.equal(await askText(app, "/admin"), "guarded");
  assert.equal(await askText(app, "/admin/users"), "guarded");
  assert.equal(await askText(app, "/administrator"), "open");
});

Deno.test("App loads lazy middlewares, handlers and routes once", async () => {
  let loads = 0;
  const load = <T,>(value: T) => () => {
    loads++;
    return Promise.resolve(value);
  };
  const app = new App<State>()
    .use(load((ctx) => {
      ctx.state.text = "ok";
      return ctx.next();
    }))
    .get("/handler", load((ctx) => new Response(ctx.state.text)))
    .route("/route", load({ handler: (ctx) => new Response(ctx.state.text) }));
  const handler = app.handler();
  for (const path of ["/handler", "/handler", "/route", "/route"]) {
    assert.equal(await (await handler(new Request(`http://localhost${path}`))).text(), "ok");
  }
  assert.equal(loads, 3);
});

Deno.test("App.all() and App.route() match everything with *", async () => {
  assert.equal(await askText(new App().all("*", () => new Response("ok")), "/any/thing"), "ok");
  assert.equal(await askText(new App().route("*", { handler: () => new Response("ok") }), "/"), "ok");
});

Deno.test("App.route() renders data with status and headers, in every form of headers", async () => {
  for (
    const headers of [new Headers({ "X-Foo": "foo" }), { "X-Foo": "foo" }, [["X-Foo", "foo"]] as [string, string][]]
  ) {
    const app = new App().route("/", {
      handler: () => ({ data: "foo", headers, status: 201 }),
      component: ({ data }) => <h1>{data as string}</h1>,
    });
    const res = await ask(app, "/");
    assert.equal(res.status, 201);
    assert.equal(res.headers.get("X-Foo"), "foo");
    assert.equal(res.headers.get("Content-Type"), "text/html; charset=utf-8");
    assert.match(await res.text(), /<body><h1>foo<\/h1><\/body>/);
  }
});

Deno.test("App answers HEAD with GET's headers and no body, unless HEAD has a handler", async () => {
  const app = new App()
    .get("/", () => new Response("ok", { headers: { "X-Foo": "1" } }))
    .get("/own", () => new Response("get"))
    .head("/own", () => new Response(null, { headers: { "X-Foo": "own" } }))
    .get("/:id", () => new Response("ok", { headers: { "X-Foo": "id" } }));
  for (const [path, value] of [["/", "1"], ["/own", "own"], ["/x", "id"]] as const) {
    const res = await ask(app, path, { method: "HEAD" });
    assert.equal(res.status, 200);
    assert.equal(res.headers.get("X-Foo"), value);
    assert.equal(res.body, null);
  }
});

Deno.test("App answers OPTIONS with the methods of the address", async () => {
  const app = new App().get("/", () => new Response("ok")).post("/", () => new Response("ok"));
  const res = await ask(app, "/", { method: "OPTIONS" });
  assert.equal(res.status, 204);
  assert.equal(res.headers.get("Allow"), "GET, POST");
});

Deno.test("App answers unknown methods with 405", async () => {
  const app = new App().get("/", () => new Response("ok"));
  assert.equal((await ask(app, "/", { method: "PROPFIND" })).status, 405);
});

Deno.test("App squeezes slashes so that no path can be taken for a host", async () => {
  const app = new App().get("/evil.com", (ctx) => new Response(ctx.url.pathname));
  const handler = app.handler();
  assert.equal(await (await handler(new Request("http://localhost//evil.com"))).text(), "/evil.com");
});

Deno.test("App.mountApp() brings routes, middlewares and the inner base path", async () => {
  const inner = new App<State>({ basePath: "/api" })
    .use((ctx) => {
      ctx.state.text = `${ctx.state.text ?? ""}inner`;
      return ctx.next();
    })
    .get("/", (ctx) => new Response(ctx.state.text))
    .get("/:name", (ctx) => new Response(`${ctx.state.text} ${ctx.params.name}`));
  const app = new App<State>({ basePath: "/main" })
    .get("/", (ctx) => new Response(`outer${ctx.state.text ?? ""}`))
    .mountApp("/v1", inner);
  assert.equal(await askText(app, "/main"), "outer");
  assert.equal(await askText(app, "/main/v1/api"), "inner");
  assert.equal(await askText(app, "/main/v1/api/foo"), "inner foo");
  assert.equal((await ask(app, "/main/v1/foo")).status, 404);

  const same = new App<State>().mountApp("/api", inner);
  assert.equal(await askText(same, "/api/foo"), "inner foo");
});

Deno.test("App.mountApp() at the root joins middlewares, also for addresses that do not exist", async () => {
  let called = "";
  const inner = new App().use((ctx) => {
    called += "inner";
    return ctx.next();
  }).get("/", () => new Response("ok"));
  const app = new App().use((ctx) => {
    called += "outer ";
    return ctx.next();
  }).mountApp("/", inner);
  assert.equal((await ask(app, "/invalid")).status, 404);
  assert.equal(called, "outer inner");
});

Deno.test("App hides what was thrown by accident, and tells what was thrown on purpose", async () => {
  const app = new App()
    .get("/bug", () => {
      throw new Error("password is 123");
    })
    .get("/forbidden", () => {
      throw new HttpError(403, "Not for you");
    })
    .get("/teapot", () => {
      throw new HttpError(418);
    })
    .get("/nothing", (() => {}) as unknown as () => Response);
  const logged = await silently(async () => {
    const bug = await ask(app, "/bug");
    assert.equal(bug.status, 500);
    assert.equal(await bug.text(), "Internal server error");
    const nothing = await ask(app, "/nothing");
    assert.equal(nothing.status, 500);
    assert.equal(await nothing.text(), "Internal server error");
  });
  assert.match(String(logged[0]), /password is 123/);
  assert.match(String(logged[1]), /Expected a "Response" instance to be returned, but got: undefined/);

  const forbidden = await ask(app, "/forbidden");
  assert.equal(forbidden.status, 403);
  assert.equal(await forbidden.text(), "Not for you");
  assert.equal(await askText(app, "/teapot"), "I'm a Teapot");
});

Deno.test("App sets ctx.error for every middleware that an error passes", async () => {
  const seen: unknown[] = [];
  const watch: Parameters<App<unknown>["use"]>[1] = async (ctx) => {
    try {
      return await ctx.next() as Response;
    } catch (error) {
      seen.push(ctx.error === error);
      throw error;
    }
  };
  const app = new App().use(watch).use(watch).get("/", () => {
    throw "a string";
  });
  const intercepted: unknown[] = [];
  setErrorInterceptor(app, (error) => intercepted.push(error));
  await silently(async () => assert.equal((await ask(app, "/")).status, 500));
  assert.deepEqual(seen, [true, true]);
  assert.deepEqual(intercepted, ["a string"]);
});

Deno.test("App.onError() answers errors and missing addresses, App.notFound() comes first for the latter", async () => {
  const app = new App()
    .onError("*", (ctx) => new Response(`error ${(ctx.error as HttpError).status}`, { status: 200 }))
    .get("/thrower", () => {
      throw new HttpError(404);
    })
    .get("/broken", () => {
      throw new HttpError(503);
    });
  assert.equal(await askText(app, "/invalid"), "error 404");
  assert.equal(await askText(app, "/thrower"), "error 404");

  app.notFound(() => new Response("missing", { status: 404 }));
  assert.equal(await askText(app, "/invalid"), "missing");
  assert.equal(await askText(app, "/thrower"), "missing");
  assert.equal(await askText(app, "/broken"), "error 503");
});

Deno.test("App.onError() renders a page with the error's status", async () => {
  const app = new App()
    .onError("*", { component: ({ error }) => <h1>{(error as Error).message}</h1> })
    .get("/", () => {
      throw new HttpError(409, "conflict");
    });
  const res = await ask(app, "/");
  assert.equal(res.status, 409);
  assert.match(await res.text(), /<h1>conflict<\/h1>/);
});

Deno.test("App.appWrapper() and App.layout() wrap pages unless told not to", async () => {
  const app = new App()
    .appWrapper(({ Component }) => (
      <>
        app/<Component />
      </>
    ))
    .layout("/", ({ Component }) => (
      <>
        layout/<Component />
      </>
    ))
    .layout("/foo", ({ Component }) => (
      <>
        foo/<Component />
      </>
    ))
    .get("/", (ctx) => ctx.render(<>index</>))
    .get("/foo/bar", (ctx) => ctx.render(<>bar</>))
    .get("/bare", (ctx) => ctx.render(<>bare</>, undefined, { skipAppWrapper: true, skipInheritedLayouts: true }));
  assert.match(await askText(app, "/"), /<body>app\/layout\/index</);
  assert.match(await askText(app, "/foo/bar"), /<body>app\/layout\/foo\/bar</);
  assert.match(await askText(app, "/bare"), /<body>bare</);
});

Deno.test("App.listen() serves until its signal is aborted", async () => {
  const aborter = new AbortController();
  const listening = Promise.withResolvers<number>();
  const app = new App().get("/", () => new Response("ok"));
  await app.listen({
    port: 0,
    hostname: "127.0.0.1",
    signal: aborter.signal,
    onListen: ({ port }) => listening.resolve(port),
  });
  const port = await listening.promise;
  assert.equal(await (await fetch(`http://127.0.0.1:${port}/`)).text(), "ok");
  aborter.abort();
});

Deno.test("App.ws() and ctx.upgrade() answer WebSockets, and 400 to anything else", async () => {
  const app = new App()
    .ws("/managed", { message: (socket, event) => socket.send(`managed ${event.data}`) })
    .get("/bare", (ctx) => {
      const { socket, response } = ctx.upgrade();
      socket.onmessage = (event) => socket.send(`bare ${event.data}`);
      return response;
    });
  assert.equal((await ask(app, "/managed")).status, 400);

  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, app.handler());
  for (const kind of ["managed", "bare"]) {
    const socket = new WebSocket(`ws://127.0.0.1:${server.addr.port}/${kind}`);
    const answer = Promise.withResolvers<string>();
    const closed = Promise.withResolvers<void>();
    socket.onopen = () => socket.send("hello");
    socket.onmessage = (event) => answer.resolve(event.data);
    socket.onclose = () => closed.resolve();
    assert.equal(await answer.promise, `${kind} hello`);
    socket.close();
    await closed.promise;
  }
  await server.shutdown();
});
