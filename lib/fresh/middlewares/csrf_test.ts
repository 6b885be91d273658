import assert from "node:assert/strict";
import { ask } from "../_testing.ts";
import { App } from "../app.ts";
import { csrf, type CsrfOptions } from "./csrf.ts";

type Sent = { method?: string; site?: string; origin?: string };

async function statusOf(origin: CsrfOptions["origin"], { method = "POST", site, origin: sent }: Sent): Promise<number> {
  const headers = new Headers();
  if (site) headers.set("Sec-Fetch-Site", site);
  if (sent) headers.set("Origin", sent);
  return (await ask(new App().use(csrf({ origin })).all("/", () => new Response("ok")), "/", { method, headers }))
    .status;
}

Deno.test("csrf() lets reading requests pass", async () => {
  for (const method of ["GET", "HEAD", "OPTIONS"]) {
    assert.equal(await statusOf(undefined, { method, site: "cross-site", origin: "https://evil.com" }), 200);
  }
});

Deno.test("csrf() decides over changes by where they come from", async () => {
  const cases: [Sent, number][] = [
    [{}, 200],
    [{ site: "same-origin" }, 200],
    [{ site: "none" }, 200],
    [{ site: "same-site" }, 403],
    [{ site: "cross-site" }, 403],
    [{ site: "cross-site", method: "PUT" }, 403],
    [{ site: "cross-site", method: "DELETE" }, 403],
    [{ origin: "http://localhost" }, 200],
    [{ origin: "https://localhost" }, 403],
    [{ origin: "null" }, 403],
    [{ origin: "https://evil.com" }, 403],
    [{ origin: "https://evil.com", site: "cross-site" }, 403],
  ];
  for (const [sent, status] of cases) assert.equal(await statusOf(undefined, sent), status, JSON.stringify(sent));
});

Deno.test("csrf() trusts the origins it is given: one, a list, or what a function says", async () => {
  const trusted = "https://trusted.example.com";
  for (const origin of [trusted, ["https://a.b", trusted], (origin: string) => origin === trusted]) {
    assert.equal(await statusOf(origin, { origin: trusted }), 200);
    assert.equal(await statusOf(origin, { origin: trusted, site: "cross-site" }), 200);
    assert.equal(await statusOf(origin, { origin: "https://evil.com" }), 403);
    assert.equal(await statusOf(origin, { origin: "http://localhost" }), 403);
  }
});
