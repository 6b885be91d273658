import assert from "node:assert/strict";
import { checkHost } from "./host_check.ts";

const LOCAL = { publicUrl: undefined, accessToken: undefined };
const PUBLIC = { publicUrl: "https://tessera.example.com", accessToken: "0123456789abcdef0123456789abcdef" };

function ask(config: typeof LOCAL | typeof PUBLIC, method: string, url: string, headers: Record<string, string> = {}) {
  const request = new Request(url, { method, headers });
  return () => checkHost(request, config);
}
const refused = { name: "TesseraError", status: 403 };
const HERE = "http://localhost:8000/api/imports";
const THERE = "https://tessera.example.com/api/imports";

Deno.test("checkHost() answers only for this machine and PUBLIC_URL's host", () => {
  for (const url of [HERE, "http://127.0.0.1:9/", "http://[::1]:8000/"]) assert.doesNotThrow(ask(LOCAL, "GET", url));
  for (const url of ["http://evil.com/", "http://localhost.evil.com/", "http://192.168.0.4:8000/", THERE]) {
    assert.throws(ask(LOCAL, "GET", url), refused, url);
  }
  assert.doesNotThrow(ask(PUBLIC, "GET", THERE));
  assert.throws(ask(PUBLIC, "GET", "https://tessera.example.com:444/"), refused);
  for (const host of ["evil.com", "localhost@evil.com", "localhost/x", "", "localhost evil.com"]) {
    assert.throws(ask(LOCAL, "GET", HERE, { host }), refused, host);
  }
});

Deno.test("checkHost() lets changes through that come from its own pages", () => {
  assert.doesNotThrow(ask(LOCAL, "POST", HERE, { origin: "http://localhost:8000", cookie: "a=b" }));
  assert.doesNotThrow(ask(LOCAL, "POST", HERE, { "sec-fetch-site": "same-origin", cookie: "a=b" }));
  assert.doesNotThrow(
    ask(PUBLIC, "DELETE", THERE, { origin: "https://tessera.example.com", "sec-fetch-site": "same-origin" }),
  );
});

Deno.test("checkHost() refuses changes from other sites", () => {
  const cases: Record<string, string>[] = [
    { origin: "https://evil.com" },
    { origin: "null" },
    { origin: "http://localhost:9000" },
    { origin: "https://tessera.example.com.evil.com" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { "sec-fetch-site": "none" },
    { origin: "http://localhost:8000", "sec-fetch-site": "cross-site" },
    { cookie: "__Host-tessera=x" },
    { referer: "https://evil.com/" },
    { "sec-fetch-mode": "no-cors" },
  ];
  for (const headers of cases) {
    for (const method of ["POST", "PUT", "DELETE", "PATCH"]) {
      assert.throws(ask(LOCAL, method, HERE, headers), refused, JSON.stringify(headers));
    }
  }
  assert.throws(ask(PUBLIC, "POST", THERE, { origin: "http://tessera.example.com" }), refused);
});

Deno.test("checkHost() refuses foreign origins on reading too, so no page elsewhere holds an event stream", () => {
  assert.throws(ask(LOCAL, "GET", HERE, { origin: "https://evil.com" }), refused);
  assert.doesNotThrow(ask(LOCAL, "GET", HERE, { "sec-fetch-site": "cross-site" }), "a link from elsewhere");
});

Deno.test("checkHost() lets programs through: bare where no token is set, else by Bearer alone", () => {
  assert.doesNotThrow(ask(LOCAL, "POST", HERE, { "user-agent": "curl/8" }));
  assert.throws(ask(PUBLIC, "POST", THERE, { "user-agent": "curl/8" }), refused);
  assert.doesNotThrow(ask(PUBLIC, "POST", THERE, { authorization: `Bearer ${PUBLIC.accessToken}` }));
  assert.throws(ask(LOCAL, "POST", HERE, { authorization: "Bearer x", cookie: "a=b" }), refused);
});
