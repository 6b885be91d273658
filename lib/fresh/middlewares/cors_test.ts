import assert from "node:assert/strict";
import { ask } from "../_testing.ts";
import { App } from "../app.ts";
import { cors, type CORSOptions } from "./cors.ts";

function get(options?: CORSOptions<unknown>, init?: RequestInit, vary?: string): Promise<Response> {
  const headers = vary ? { Vary: vary } : undefined;
  return ask(new App().use(cors(options)).get("/", () => new Response("ok", { headers })), "/", init);
}

Deno.test("cors() allows everyone by default", async () => {
  const { headers, status } = await get();
  assert.equal(status, 200);
  assert.equal(headers.get("Access-Control-Allow-Origin"), "*");
  assert.equal(headers.get("Vary"), null);
});

Deno.test("cors() allows the origins of its list only", async () => {
  const origin = ["http://a.com", "http://b.com"];
  const allowed = await get({ origin }, { headers: { Origin: "http://b.com" } }, "Accept");
  assert.equal(allowed.headers.get("Access-Control-Allow-Origin"), "http://b.com");
  assert.equal(allowed.headers.get("Vary"), "Origin, Accept");
  for (const headers of [[["Origin", "http://evil.com"]], [["Referer", "http://a.com/"]], []] as [string, string][][]) {
    assert.equal((await get({ origin }, { headers })).headers.has("Access-Control-Allow-Origin"), false);
  }
  const one = await get({ origin: "http://a.com" }, { headers: { Origin: "http://evil.com" } });
  assert.equal(one.headers.has("Access-Control-Allow-Origin"), false);
});

Deno.test("cors() asks a function for the origin to allow", async () => {
  const origin = (asking: string) => asking.endsWith(".a.com") ? asking : "http://a.com";
  const own = await get({ origin }, { headers: { Origin: "http://x.a.com" } });
  assert.equal(own.headers.get("Access-Control-Allow-Origin"), "http://x.a.com");
  assert.equal((await get({ origin })).headers.get("Access-Control-Allow-Origin"), "http://a.com");
});

Deno.test("cors() answers preflights itself", async () => {
  const plain = await get(undefined, {
    method: "OPTIONS",
    headers: { "Access-Control-Request-Headers": "X-PINGOTHER, Content-Type" },
  });
  assert.equal(plain.status, 204);
  assert.equal(plain.headers.get("Access-Control-Allow-Methods"), "GET,HEAD,PUT,POST,DELETE,PATCH");
  assert.equal(plain.headers.get("Access-Control-Allow-Headers"), "X-PINGOTHER,Content-Type");

  const full = await get({
    origin: "http://a.com",
    allowHeaders: ["X-Own"],
    allowMethods: ["POST"],
    exposeHeaders: ["Content-Length", "X-Out"],
    maxAge: 600,
    credentials: true,
  }, { method: "OPTIONS", headers: { Origin: "http://a.com" } });
  assert.deepEqual(Object.fromEntries(full.headers), {
    "access-control-allow-origin": "http://a.com",
    "access-control-allow-credentials": "true",
    "access-control-expose-headers": "Content-Length,X-Out",
    "access-control-max-age": "600",
    "access-control-allow-methods": "POST",
    "access-control-allow-headers": "X-Own",
    "vary": "Origin, Access-Control-Request-Headers",
  });
});

Deno.test("cors() changes answers whose headers are fixed", async () => {
  const app = new App().use(cors()).get("/", () => Response.redirect("http://localhost/x"));
  const res = await ask(app, "/");
  assert.equal(res.status, 302);
  assert.equal(res.headers.get("Access-Control-Allow-Origin"), "*");
});
