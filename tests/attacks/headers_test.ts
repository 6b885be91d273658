/** Whatever is answered, and however it went: the headers that browsers go by are there, and nothing of the inside is. */
import assert from "node:assert/strict";
import { CSV, importFile, json, TOKEN, withApp } from "./outside.ts";

function checkHeaders(response: Response, what: string): void {
  const policy = response.headers.get("content-security-policy") ?? "";
  assert.match(policy, /default-src 'none'/, what);
  assert.match(policy, /frame-ancestors 'none'/, what);
  assert.doesNotMatch(policy, /unsafe-(inline|eval)|\*|https?:/, what);
  const expected: Record<string, string> = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
  };
  for (const [name, value] of Object.entries(expected)) {
    assert.equal(response.headers.get(name), value, `${what}: ${name}`);
  }
  assert.match(response.headers.get("x-request-id") ?? "", /^[0-9a-f-]{36}$/, what);
  assert.equal(response.headers.get("access-control-allow-origin"), null, what);
  assert.equal(response.headers.get("server"), null, what);
  const cache = response.headers.get("cache-control") ?? "";
  if (/html|json|csv|event-stream/.test(response.headers.get("content-type") ?? "")) {
    assert.match(cache, /no-store/, what);
  }
}

/** Paths of this machine, lines of a stack, versions of what it is made of. */
const INSIDE =
  /\/(home|root|tmp|work|usr|var|srv)\/|file:\/\/|\bat .*:\d+:\d+|node_modules|duckdb|sqlite|deno\/|\.ts:\d/i;

Deno.test("[attack] every kind of answer carries the security headers and tells nothing of the inside", () =>
  withApp(async (app) => {
    const { id } = await importFile(app, CSV.replace("4000", "abc"));
    await app.fetch("/api/dashboards", json({ id: "mine", title: "Mine" }));
    const big = { method: "POST", body: new Uint8Array(2_000_000) };
    const long = json('"' + "x".repeat(5_000_000) + '"');
    const cases: [number, string, RequestInit?][] = [
      [200, "/"],
      [200, "/", { method: "HEAD" }],
      [200, "/data"],
      [200, "/data/import"],
      [200, `/data/imports/${id}`],
      [200, "/dashboards/mine"],
      [200, "/api/datasets"],
      [200, "/api/events"],
      [200, `/api/imports/${id}/events`],
      [200, `/api/imports/${id}/rejected?format=csv`],
      [200, "/api/openapi.json"],
      [200, "/healthz"],
      [200, "/readyz"],
      [200, "/app.css"],
      [200, "/favicon.svg"],
      [200, "/fonts/inter-latin.woff2"],
      [201, "/api/dashboards", json({ title: "x" })],
      [204, "/api/query", { method: "OPTIONS" }],
      [304, "/api/dashboards/mine", { headers: { "if-none-match": 'W/"1"' } }],
      [303, "/theme", { method: "POST", body: new URLSearchParams({ theme: "dark" }) }],
      [303, "/sign-in"],
      [307, "/app.css?__frsh_c=another"],
      [400, "/api/query", json("{")],
      [400, "/api/query", json({ dataset: "ads", metrics: ["spend"], filters: { field: "x'" } })],
      [403, "/api/datasets", { headers: { origin: "https://evil.example" } }],
      [403, "/", { headers: { host: "evil.example" } }],
      [404, "/nothing"],
      [404, "/api/nothing"],
      [404, "/favicon.ico"],
      [404, "/dashboards/%E0%A4%A"],
      [404, "/api/imports/none"],
      [405, "/api/query"],
      [405, "/data", { method: "DELETE" }],
      [405, "/app.css", { method: "POST" }],
      [409, `/api/imports/${id}`, { method: "DELETE" }],
      [409, `/api/imports/${id}/restore`, { method: "POST" }],
      [413, "/api/imports?dataset=ads", big],
      [413, "/api/query", long],
      [413, "/data/import", big],
      [415, "/api/query", { method: "POST", body: "x" }],
      [422, "/api/query", json({ dataset: "ads", metrics: ["nothing"] })],
      [428, "/api/dashboards/mine", json({ title: "x" }, {}, "PUT")],
    ];
    for (const [status, path, init] of cases) {
      const response = await app.fetch(path, init);
      const what = `${init?.method ?? "GET"} ${path}`;
      assert.equal(response.status, status, what);
      checkHeaders(response, what);
      if (status >= 400) assert.doesNotMatch(await response.text(), INSIDE, what);
      else await response.body?.cancel();
    }
  }, { MAX_UPLOAD_BYTES: "1000000" }));

Deno.test("[attack] a failure inside is told by its number alone", async () => {
  await withApp(async (app) => {
    const fail = () => Promise.reject(new Error("secret: /srv/data/tessera.sqlite is broken"));
    app.services.documents.get = fail;
    app.services.documents.list = fail;
    app.services.documents.ping = fail;
    for (
      const path of ["/", "/api/imports", "/api/dashboards/x", "/dashboards/x", "/readyz", "/api/imports/x/events"]
    ) {
      const response = await app.fetch(path);
      assert.ok(response.status === 500 || response.status === 503, `${path}: ${response.status}`);
      checkHeaders(response, path);
      const text = await response.text();
      assert.doesNotMatch(text, /secret|broken/, path);
      assert.ok(text.includes(response.headers.get("x-request-id")!), `${path} names the request`);
    }
    assert.equal((await app.fetch("/healthz")).status, 200);
  });
});

Deno.test("[attack] answers that refuse somebody, and those of a stopping server, carry the headers too", () =>
  withApp(async (app) => {
    for (const [status, path] of [[401, "/api/datasets"], [303, "/"], [200, "/sign-in"]] as const) {
      const response = await app.fetch(path);
      assert.equal(response.status, status);
      checkHeaders(response, path);
      assert.match(response.headers.get("strict-transport-security")!, /max-age=\d+/);
      await response.body?.cancel();
    }
    await app.services.drain.drain();
    for (const path of ["/healthz", "/sign-in"]) {
      const response = await app.fetch(path);
      assert.equal(response.status, 503);
      assert.ok(response.headers.get("retry-after"));
      checkHeaders(response, path);
      await response.body?.cancel();
    }
  }, { ACCESS_TOKEN: TOKEN, PUBLIC_URL: "https://tessera.example.com" }));
