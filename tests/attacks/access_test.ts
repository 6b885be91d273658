/** An installation that is open to the world, with a key. */
import assert from "node:assert/strict";
import { readConfig } from "@/lib/config.ts";
import { operations } from "@/lib/api/contract.ts";
import { CSV, json, problemOf, TOKEN, withApp } from "./outside.ts";

const ENV = { ACCESS_TOKEN: TOKEN, PUBLIC_URL: "https://tessera.example.com" };
const FORM = { origin: "http://localhost:8000", "sec-fetch-site": "same-origin" };
const signInWith = (token: string, next = "/"): RequestInit => ({
  method: "POST",
  headers: FORM,
  body: new URLSearchParams({ token, next }),
});

Deno.test("[attack] with a token set, everything but the sign-in page and health is refused without it", () =>
  withApp(async (app) => {
    for (const { method, path } of operations) {
      if (path === "/healthz" || path === "/readyz") continue;
      const response = await app.fetch(path.replaceAll(/\{\w+\}/g, "x"), { method: method.toUpperCase() });
      // A change without a sign of where it is from is refused even earlier.
      const { code } = await problemOf(response, method === "get" ? 401 : 403);
      assert.ok(code === "sign-in" || code === "cross-site", `${method} ${path}`);
      if (method === "get") assert.match(response.headers.get("www-authenticate")!, /^Bearer/);
    }
    for (const { method, path } of operations) {
      if (method === "get") continue;
      await problemOf(await app.fetch(path.replaceAll(/\{\w+\}/g, "x"), { method, headers: FORM }), 401);
    }
    for (const path of ["/", "/data", "/data/import", "/dashboards/x?range=all", "/data/imports/x", "/nothing"]) {
      const response = await app.fetch(path);
      assert.equal(response.status, 303);
      assert.equal(response.headers.get("location"), `/sign-in?next=${encodeURIComponent(path)}`);
      assert.equal((await app.fetch(path, { method: "HEAD" })).status, 401);
    }
    for (const path of ["/sign-in", "/healthz", "/readyz", "/app.css", "/favicon.svg"]) {
      const response = await app.fetch(path);
      assert.equal(response.status, 200, path);
      await response.body?.cancel();
    }
    for (
      const path of [
        "/sign-in/../api/datasets",
        "/sign-in/",
        "/healthz/../data",
        "/fonts/../api/datasets",
        "/API/datasets",
      ]
    ) {
      const response = await app.fetch(path);
      assert.ok([303, 401, 404].includes(response.status), `${path}: ${response.status}`);
      assert.doesNotMatch(await response.text(), /"datasets"/);
    }
    assert.equal((await app.fetch("/api/datasets", { headers: { authorization: `Bearer ${TOKEN}` } })).status, 200);
    const upload = { method: "POST", body: CSV, headers: { authorization: `Bearer ${TOKEN}` } };
    assert.equal((await app.fetch("/api/imports?dataset=ads", upload)).status, 202);
  }, ENV));

Deno.test("[attack] the session's cookie is out of reach, and only a whole one opens anything", () =>
  withApp(async (app) => {
    const response = await app.fetch("/sign-in", signInWith(TOKEN, "//evil.example"));
    assert.equal(response.status, 303);
    assert.equal(response.headers.get("location"), "/");
    const cookie = response.headers.get("set-cookie")!;
    assert.match(cookie, /^__Host-[^=]+=[^;]+;/);
    for (const flag of ["Secure", "HttpOnly", "SameSite=Lax", "Path=/"]) assert.ok(cookie.includes(flag), flag);
    assert.doesNotMatch(cookie, /Domain/i);
    const session = cookie.split(";")[0]!;
    const as = (cookie: string) => app.fetch("/api/datasets", { headers: { cookie } });
    assert.equal((await as(session)).status, 200);
    const [time, id, mac] = session.split("=")[1]!.split(".") as [string, string, string];
    for (
      const forged of [
        `${time}.${id}.${mac.replace(/.$/, (c) => c === "0" ? "1" : "0")}`,
        `${Number(time) + 1}.${id}.${mac}`,
        `${time}.${id}.`,
        `${time}.${id}`,
        TOKEN,
        "",
      ]
    ) await problemOf(await as(`__Host-tessera=${forged}`), 401);
    // With a cookie, a change must say where it is from.
    await problemOf(await app.fetch("/api/dashboards", json({ title: "x" }, { cookie: session })), 403);
    const evil = { cookie: session, origin: "https://evil.example" };
    await problemOf(await app.fetch("/api/dashboards", json({ title: "x" }, evil)), 403);
    await problemOf(
      await app.fetch(
        "/api/dashboards",
        json({ title: "x" }, { ...FORM, cookie: session, "sec-fetch-site": "same-site" }),
      ),
      403,
    );
    assert.equal((await app.fetch("/api/dashboards", json({ title: "x" }, { ...FORM, cookie: session }))).status, 201);
  }, ENV));

Deno.test("[attack] guessing the token is slowed down, and locks nobody out who has it", () =>
  withApp(async (app) => {
    const guess = () => app.fetch("/api/datasets", { headers: { authorization: "Bearer wrong" } });
    const statuses: number[] = [];
    for (let i = 0; i < 12; i++) {
      const bearer = await guess();
      statuses.push(bearer.status);
      await bearer.body?.cancel();
      const form = await app.fetch("/sign-in", signInWith(`wrong ${i}`));
      statuses.push(form.status);
      await form.body?.cancel();
    }
    assert.deepEqual(statuses, [...Array(20).fill(401), ...Array(4).fill(429)]);
    const refused = await guess();
    assert.match(refused.headers.get("retry-after")!, /^[1-9]\d?$/);
    assert.equal((await problemOf(refused, 429)).code, "too-many-tries");
    const page = await app.fetch("/sign-in", signInWith("wrong"));
    assert.equal(page.status, 429);
    assert.match(page.headers.get("retry-after")!, /^[1-9]\d?$/);
    assert.match(await page.text(), /too many/i);
    assert.equal((await app.fetch("/api/datasets", { headers: { authorization: `Bearer ${TOKEN}` } })).status, 200);
    assert.equal((await app.fetch("/sign-in", signInWith(TOKEN))).status, 303);
    assert.equal((await app.fetch("/api/datasets")).status, 401, "asking without a token is no guess");
  }, ENV));

Deno.test("[attack] it does not start open to the world without a key, or with a weak one", () => {
  for (
    const env of [{ HOST: "0.0.0.0" }, { HOST: "::" }, { DENO_DEPLOY: "1" }, { HOST: "0.0.0.0", ACCESS_TOKEN: "short" }]
  ) {
    assert.throws(() => readConfig(env), /ACCESS_TOKEN/);
  }
  assert.throws(
    () => readConfig({ ACCESS_TOKEN: "a-weak-secret" }),
    (error: Error) => !error.message.includes("a-weak-secret"),
  );
});
