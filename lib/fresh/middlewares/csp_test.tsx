import assert from "node:assert/strict";
import { ask, silently } from "../_testing.ts";
import { App } from "../app.ts";
import { HttpError } from "../error.ts";
import { csp, type CSPOptions, NONCE_SYMBOL } from "./csp.ts";

const HEADER = "Content-Security-Policy";

function appWith(options?: CSPOptions): App<unknown> {
  return new App()
    .use(csp(options))
    .get("/page", (ctx) =>
      ctx.render(
        <html>
          <head>
            <style>{"p{}"}</style>
          </head>
          <body>
            <script>1</script>
            <script nonce="own">2</script>
          </body>
        </html>,
      ))
    .get("/json", () => Response.json({}))
    .get("/redirect", () => Response.redirect("https://example.com/"))
    .get("/forbidden", () => {
      throw new HttpError(403);
    })
    .get("/broken", () => {
      throw new Error("fail");
    });
}

function directive(policy: string | null, name: string): string | undefined {
  return policy?.split("; ").find((part) => part.startsWith(`${name} `));
}

Deno.test("csp() sets its defaults", async () => {
  const res = await ask(appWith(), "/json");
  assert.equal(
    res.headers.get(HEADER),
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; font-src 'self'; " +
      "img-src 'self' data:; media-src 'self' data: blob:; worker-src 'self' blob:; connect-src 'self'; " +
      "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; upgrade-insecure-requests",
  );
});

Deno.test("csp() covers every answer: pages, data, redirects, errors, what is missing and what is not allowed", async () => {
  for (const useNonce of [false, true]) {
    const app = appWith({ useNonce });
    await silently(async () => {
      const statuses = {
        "/page": 200,
        "/json": 200,
        "/redirect": 302,
        "/forbidden": 403,
        "/missing": 404,
        "/broken": 500,
      };
      for (const [path, status] of Object.entries(statuses)) {
        const res = await ask(app, path);
        assert.equal(res.status, status, path);
        assert.match(res.headers.get(HEADER) ?? "", /^default-src 'self'; /, path);
      }
      const wrong = await ask(app, "/json", { method: "POST" });
      assert.equal(wrong.status, 405);
      assert.ok(wrong.headers.has(HEADER));
    });
    assert.equal((await ask(app, "/redirect")).headers.get("Location"), "https://example.com/");
  }
});

Deno.test("csp() covers error pages, which are made outside of all middlewares", async () => {
  const app = new App()
    .onError("*", (ctx) => ctx.render(<script>1</script>, { status: 500 }))
    .use(csp({ useNonce: true }))
    .get("/", () => {
      throw new Error("fail");
    });
  const res = await ask(app, "/");
  const nonce = /'nonce-([0-9a-f]+)'/.exec(res.headers.get(HEADER) ?? "")?.[1];
  assert.ok(nonce);
  assert.ok((await res.text()).includes(`<script nonce="${nonce}">`));
});

Deno.test("csp() lets own directives replace defaults, and reports", async () => {
  const policy = (await ask(
    appWith({ reportTo: "/reports", csp: ["img-src 'self' https://a.b", "font-src 'none'", "sandbox allow-forms"] }),
    "/json",
  )).headers;
  const text = policy.get(HEADER)!;
  assert.equal(text.split("img-src").length, 2);
  assert.equal(directive(text, "img-src"), "img-src 'self' https://a.b");
  assert.equal(directive(text, "sandbox"), "sandbox allow-forms");
  assert.equal(directive(text, "report-uri"), "report-uri /reports");
  assert.equal(policy.get("Reporting-Endpoints"), 'csp-endpoint="/reports"');

  const reportOnly = (await ask(appWith({ reportOnly: true }), "/json")).headers;
  assert.equal(reportOnly.has(HEADER), false);
  assert.ok(reportOnly.has("Content-Security-Policy-Report-Only"));
});

Deno.test("csp() with nonces allows this page's own scripts and styles, and no other", async () => {
  const app = appWith({ useNonce: true });
  const res = await ask(app, "/page");
  const html = await res.text();
  const policy = res.headers.get(HEADER)!;
  const nonce = /script-src 'self' 'nonce-([0-9a-f]+)'/.exec(policy)?.[1];
  assert.ok(nonce);
  assert.equal(policy.includes("unsafe-inline"), false);
  assert.equal(directive(policy, "style-src"), `style-src 'self' 'nonce-${nonce}'`);
  assert.ok(html.includes(`<style nonce="${nonce}">`));
  assert.ok(html.includes(`<script nonce="${nonce}">1`));
  assert.ok(html.includes('<script nonce="own">2'));
  assert.equal((await ask(app, "/page")).headers.get(HEADER)!.includes(nonce), false, "each answer has its own");
});

Deno.test("csp() with nonces never allows inline scripts where there is no page", async () => {
  const own = ["default-src 'self' 'unsafe-inline'", "script-src 'self' 'unsafe-inline' https://a.b"];
  const policy = (await ask(appWith({ useNonce: true, csp: own }), "/json")).headers.get(HEADER);
  assert.equal(directive(policy, "default-src"), "default-src 'self'");
  assert.equal(directive(policy, "script-src"), "script-src 'self' https://a.b");
  assert.equal(directive(policy, "style-src"), "style-src 'self' 'unsafe-inline'");
});

Deno.test("ctx.render() tells middlewares the nonce, and not the outside", async () => {
  const res = await ask(new App().get("/", (ctx) => ctx.render(<p />)), "/");
  assert.match((res as Response & { [NONCE_SYMBOL]: string })[NONCE_SYMBOL], /^[0-9a-f]{32}$/);
  assert.deepEqual([...res.headers.keys()], ["content-type"]);
});

Deno.test("ctx.render() gives an element kept in a constant each page's own nonce", async () => {
  const style = <style>{"p{}"}</style>;
  const app = new App().use(csp({ useNonce: true })).get("/", (ctx) => ctx.render(style));
  for (let i = 0; i < 2; i++) {
    const res = await ask(app, "/");
    const nonce = /'nonce-([0-9a-f]+)'/.exec(res.headers.get(HEADER)!)![1];
    assert.ok((await res.text()).includes(`nonce="${nonce}"`));
  }
});

Deno.test("csp() with nonces leaves style attributes alone, for which nonces mean nothing", async () => {
  const policy = (await ask(appWith({ useNonce: true, csp: ["style-src-attr 'unsafe-inline'"] }), "/page")).headers;
  assert.equal(directive(policy.get(HEADER), "style-src-attr"), "style-src-attr 'unsafe-inline'");
});

Deno.test("csp() is seen by middlewares outside of it, and knows the nonce of a page that was made anew", async () => {
  const seen: (string | null)[] = [];
  const app = new App()
    .use(async (ctx) => {
      const res = await ctx.next();
      seen.push(res.headers.get(HEADER));
      res.headers.set(HEADER, "default-src 'none'");
      return res;
    })
    .use(csp({ useNonce: true }))
    .use(async (ctx) => {
      const res = await ctx.next();
      return new Response(res.body, res);
    })
    .get("/", (ctx) => ctx.render(<p />))
    .get("/json", async (ctx) => {
      await ctx.render(<p />);
      return Response.json({});
    });
  assert.equal((await ask(app, "/")).headers.get(HEADER), "default-src 'none'", "what is outside decides");
  await ask(app, "/json");
  assert.match(directive(seen[0]!, "script-src")!, /^script-src 'self' 'nonce-[0-9a-f]{32}'$/);
  assert.equal(directive(seen[1]!, "script-src"), "script-src 'self'");
});
