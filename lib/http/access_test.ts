import assert from "node:assert/strict";
import { checkAccess, SESSION_COOKIE, signIn, signOut } from "./access.ts";

const TOKEN = "0123456789abcdef0123456789abcdef";
const CONFIG = { accessToken: TOKEN };
const NOW = Date.parse("2026-01-01T00:00:00Z");
const DAY = 86_400_000;
const refused = { name: "TesseraError", status: 401 };
const request = (headers: Record<string, string> = {}) => new Request("http://localhost/", { headers });
const sessionOf = (cookie: string) => cookie.split(";")[0]!;

Deno.test("checkAccess() lets everybody in where no token is set", () => {
  checkAccess(request(), { accessToken: undefined });
});

Deno.test("checkAccess() asks for the token as Bearer", () => {
  checkAccess(request({ authorization: `Bearer ${TOKEN}` }), CONFIG);
  checkAccess(request({ authorization: `bearer  ${TOKEN} ` }), CONFIG);
  for (
    const authorization of ["", "Bearer", "Bearer x", `Bearer ${TOKEN}x`, `Bearer ${TOKEN.slice(1)}`, `Basic ${TOKEN}`]
  ) {
    assert.throws(() => checkAccess(request({ authorization }), CONFIG), refused, authorization);
  }
  assert.throws(() => checkAccess(request(), CONFIG), refused);
});

Deno.test("signIn() makes a session that checkAccess() takes for 30 days", () => {
  const cookie = signIn(TOKEN, CONFIG, NOW)!;
  assert.match(cookie, /^__Host-tessera=[^;]+; Path=\/; Secure; HttpOnly; SameSite=Lax; Max-Age=2592000$/);
  assert.ok(!cookie.includes(TOKEN));
  const headers = { cookie: `theme=dark; ${sessionOf(cookie)}` };
  checkAccess(request(headers), CONFIG, NOW);
  checkAccess(request(headers), CONFIG, NOW + 29 * DAY);
  assert.throws(() => checkAccess(request(headers), CONFIG, NOW + 30 * DAY), refused);
  assert.throws(() => checkAccess(request(headers), CONFIG, NOW - DAY), refused);
  assert.notEqual(signIn(TOKEN, CONFIG, NOW), cookie, "every session is its own");
});

Deno.test("signIn() refuses any other token", () => {
  for (const token of ["", "x", TOKEN + "x", TOKEN.toUpperCase()]) assert.equal(signIn(token, CONFIG, NOW), null);
  assert.equal(signIn(TOKEN, { accessToken: undefined }, NOW), null);
});

Deno.test("checkAccess() refuses sessions that were changed, made up, or signed by another token", () => {
  const session = sessionOf(signIn(TOKEN, CONFIG, NOW)!);
  const [seconds, nonce, mac] = session.slice(SESSION_COOKIE.length + 1).split(".");
  const other = sessionOf(signIn(TOKEN + "2", { accessToken: TOKEN + "2" }, NOW)!);
  const forged = [
    `${SESSION_COOKIE}=${Number(seconds) + 1}.${nonce}.${mac}`,
    `${SESSION_COOKIE}=${seconds}.${nonce!.replace(/.$/, "0")}x.${mac}`,
    `${SESSION_COOKIE}=${seconds}.${nonce}.${"0".repeat(64)}`,
    `${SESSION_COOKIE}=${seconds}.${nonce}`,
    `${SESSION_COOKIE}=`,
    `x${session}`,
    session.replace("__Host-", ""),
    other,
  ];
  for (const cookie of forged) assert.throws(() => checkAccess(request({ cookie }), CONFIG, NOW), refused, cookie);
});

Deno.test("checkAccess() does not fall back to the cookie where a wrong Bearer token is sent", () => {
  const cookie = sessionOf(signIn(TOKEN, CONFIG, NOW)!);
  assert.throws(() => checkAccess(request({ cookie, authorization: "Bearer wrong" }), CONFIG, NOW), refused);
});

Deno.test("signOut() ends the cookie", () => {
  assert.match(signOut(), /^__Host-tessera=; Path=\/; Secure; HttpOnly; SameSite=Lax; Max-Age=0$/);
});
