import assert from "node:assert/strict";
import { withSecurityHeaders } from "./security_headers.ts";

const NAMES = [
  "content-security-policy",
  "x-content-type-options",
  "x-frame-options",
  "referrer-policy",
  "cross-origin-opener-policy",
  "cross-origin-resource-policy",
  "permissions-policy",
  "cache-control",
];

Deno.test("withSecurityHeaders() sets all headers on every kind of answer", async () => {
  const answers = [
    Response.json({}),
    new Response("<p>", { headers: { "content-type": "text/html" } }),
    new Response("not here", { status: 404 }),
    new Response("broken", { status: 500 }),
    Response.redirect("http://localhost/x", 303),
    new Response(null, { status: 204 }),
    new Response(null, { status: 304 }),
    Response.error(),
  ];
  for (const answer of answers) {
    const { status } = answer;
    const response = withSecurityHeaders(answer);
    assert.equal(response.status, status || 500);
    for (const name of NAMES) assert.ok(response.headers.get(name), `${name} on ${status}`);
    assert.match(response.headers.get("content-security-policy")!, /default-src 'none'.*frame-ancestors 'none'/);
    assert.doesNotMatch(response.headers.get("content-security-policy")!, /unsafe/);
    await response.body?.cancel();
  }
});

Deno.test("withSecurityHeaders() keeps status, body, location, cookies and a page's own policy and caching", async () => {
  const headers = new Headers({
    "content-security-policy": "default-src 'self'; script-src 'nonce-x'",
    "cache-control": "max-age=31536000, immutable",
    "x-powered-by": "x",
  });
  headers.append("set-cookie", "a=1");
  headers.append("set-cookie", "b=2");
  const response = withSecurityHeaders(new Response("body", { status: 201, headers }), { requestId: "r" });
  assert.equal(response.status, 201);
  assert.equal(await response.text(), "body");
  assert.deepEqual(response.headers.getSetCookie(), ["a=1", "b=2"]);
  assert.equal(
    response.headers.get("content-security-policy"),
    "default-src 'self'; script-src 'nonce-x'; frame-ancestors 'none'",
  );
  assert.equal(response.headers.get("cache-control"), "max-age=31536000, immutable");
  assert.equal(response.headers.get("x-powered-by"), null);
  assert.equal(response.headers.get("x-request-id"), "r");
  assert.equal(withSecurityHeaders(Response.redirect("http://h/y")).headers.get("location"), "http://h/y");
});

Deno.test("withSecurityHeaders() asks for https only where https is used", () => {
  assert.equal(withSecurityHeaders(new Response()).headers.get("strict-transport-security"), null);
  assert.match(
    withSecurityHeaders(new Response(), { https: true }).headers.get("strict-transport-security")!,
    /max-age/,
  );
});
