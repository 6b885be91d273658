import assert from "node:assert/strict";
import { ask, askText, silently } from "./_testing.ts";
import { App } from "./app.ts";
import { BUILD_ID } from "./build_id.ts";
import { Context } from "./context.ts";
import { asset } from "./runtime/shared.ts";

Deno.test("Context.redirect() sends to paths of this site and to full addresses", () => {
  const cases: Record<string, string> = {
    "/": "/",
    "/foo?to=//bar#//baz": "/foo?to=//bar#//baz",
    "//evil.com": "/evil.com",
    "//evil.com/foo//bar": "/evil.com/foo/bar",
    "/\\evil.com": "/evil.com",
    "\\\\evil.com": "/evil.com",
    "/\t/evil.com": "/evil.com",
    " //evil.com": "/evil.com",
    "/\r\nSet-Cookie: a=b": "/Set-Cookie: a=b",
    "/ü": "/%C3%BC",
    "https://deno.com": "https://deno.com",
    "foo": "foo",
  };
  for (const [to, location] of Object.entries(cases)) {
    const res = Context.prototype.redirect(to);
    assert.equal(res.status, 302);
    assert.equal(res.headers.get("Location"), location, JSON.stringify(to));
    const isFull = to.startsWith("https:");
    assert.equal(new URL(location, "https://own.site/x").origin, isFull ? "https://deno.com" : "https://own.site");
  }
  assert.equal(Context.prototype.redirect("/", 307).status, 307);
});

Deno.test("Context.redirect() keeps asking for parts of a page", async () => {
  const app = new App().get("/", (ctx) => ctx.redirect("/foo?a=1#b"));
  const res = await ask(app, "/?fresh-partial");
  assert.equal(res.headers.get("Location"), "/foo?a=1&fresh-partial=true#b");
});

Deno.test("Context.render() makes a whole document of any element", async () => {
  const app = new App()
    .get("/text", (ctx) => ctx.render(<>text</>))
    .get("/body", (ctx) => ctx.render(<body>body</body>))
    .get("/null", (ctx) => ctx.render(null))
    .get("/all", (ctx) =>
      ctx.render(
        <html lang="de">
          <head>
            <title>t</title>
          </head>
          <body>all</body>
        </html>,
      ));
  const head = '<head><meta charset="utf-8"/></head>';
  assert.equal(await askText(app, "/text"), `<!DOCTYPE html><html>${head}<body>text</body></html>`);
  assert.equal(await askText(app, "/body"), `<!DOCTYPE html><html>${head}<body>body</body></html>`);
  assert.equal(await askText(app, "/null"), `<!DOCTYPE html><html>${head}<body></body></html>`);
  assert.equal(
    await askText(app, "/all"),
    `<!DOCTYPE html><html lang="de"><head><title>t</title></head><body>all</body></html>`,
  );
});

Deno.test("Context.render() takes status and headers, and leaves the caller's headers alone", async () => {
  const headers = new Headers({ "X-Foo": "foo" });
  const app = new App().get("/", (ctx) => ctx.render(<p>ok</p>, { status: 416, statusText: "Hm", headers }));
  const res = await ask(app, "/");
  assert.equal(res.status, 416);
  assert.equal(res.statusText, "Hm");
  assert.equal(res.headers.get("X-Foo"), "foo");
  assert.equal(headers.has("Content-Type"), false);
});

Deno.test("Context.render() refuses what is no element", async () => {
  const app = new App()
    .get("/nothing", (ctx) => (ctx.render as unknown as () => Promise<Response>).call(ctx))
    .get("/object", (ctx) => ctx.render({} as never));
  await silently(async () => {
    assert.equal((await ask(app, "/nothing")).status, 500);
    assert.equal((await ask(app, "/object")).status, 500);
  });
});

Deno.test("Context.render() renders pages at once without mixing them", async () => {
  const app = new App().get("/:id", async (ctx) => {
    await Promise.resolve();
    return ctx.render(<p>{ctx.params.id}</p>);
  });
  const handler = app.handler();
  const texts = await Promise.all(
    [1, 2, 3].map(async (id) => await (await handler(new Request(`http://localhost/${id}`))).text()),
  );
  texts.forEach((text, i) => assert.match(text, new RegExp(`<p>${i + 1}</p>`)));
});

Deno.test("Context.render() adds the build id to addresses of images", async () => {
  const app = new App().get("/", (ctx) =>
    ctx.render(
      <>
        <p class="raw">{asset("/foo")}</p>
        <img src="/foo.png" srcset="/a.png 1x, /b.png 2x" />
        <img src="https://else.where/foo.png" />
        <img src="/plain.png" data-fresh-disable-lock />
      </>,
    ));
  const html = await askText(app, "/");
  for (const path of ["/foo", "/foo.png", "/a.png", "/b.png"]) assert.ok(html.includes(`${path}?__frsh_c=${BUILD_ID}`));
  assert.ok(html.includes('src="https://else.where/foo.png"'));
  assert.ok(html.includes('src="/plain.png"'));
});

Deno.test("Context.render() marks links to this page and to the pages above", async () => {
  const app = new App().get("/foo/bar", (ctx) =>
    ctx.render(
      <>
        <a href="/foo/bar">here</a>
        <a href="/foo">above</a>
        <a href="/fo">beside</a>
        <a href="/foo/bar/baz">below</a>
      </>,
    ));
  const html = await askText(app, "/foo/bar?x=1");
  assert.match(html, /<a href="\/foo\/bar" data-current="true" aria-current="page">here/);
  assert.match(html, /<a href="\/foo" data-ancestor="true" aria-current="true">above/);
  assert.match(html, /<a href="\/fo">beside/);
  assert.match(html, /<a href="\/foo\/bar\/baz">below/);
});

Deno.test("Context.html(), json(), text() and stream() answer with their kind of content", async () => {
  const app = new App()
    .get("/html", (ctx) => ctx.html("<p>ok</p>", { status: 201 }))
    .get("/json", (ctx) => ctx.json({ a: 1 }))
    .get("/text", (ctx) => ctx.text("ok"))
    .get("/stream", (ctx) =>
      ctx.stream(async function* () {
        yield "foo";
        await Promise.resolve();
        yield new TextEncoder().encode("bar");
      }))
    .get("/list", (ctx) => ctx.stream(["a", "b"]));
  const html = await ask(app, "/html");
  assert.deepEqual([html.status, html.headers.get("Content-Type")], [201, "text/html; charset=utf-8"]);
  assert.equal(await html.text(), "<p>ok</p>");
  const json = await ask(app, "/json");
  assert.equal(json.headers.get("Content-Type"), "application/json");
  assert.deepEqual(await json.json(), { a: 1 });
  const text = await ask(app, "/text");
  assert.equal(text.headers.get("Content-Type"), "text/plain;charset=UTF-8");
  assert.equal(await text.text(), "ok");
  assert.equal(await askText(app, "/stream"), "foobar");
  assert.equal(await askText(app, "/list"), "ab");
});

Deno.test("Context knows the pattern that matched, and whether parts of the page are asked for", async () => {
  const seen: unknown[] = [];
  const app = new App()
    .use((ctx) => {
      seen.push([ctx.route, ctx.isPartial]);
      return ctx.next();
    })
    .get("/foo/bar", () => new Response("ok"))
    .get("/foo/:id", () => new Response("ok"));
  for (const path of ["/invalid", "/foo/bar", "/foo/123?fresh-partial"]) await ask(app, path);
  assert.deepEqual(seen, [[null, false], ["/foo/bar", false], ["/foo/:id", true]]);
});
