import assert from "node:assert/strict";
import { z } from "zod";
import { readJson } from "./read_json.ts";

const schema = z.strictObject({ name: z.string() });
const post = (body: string, type = "application/json") =>
  new Request("http://localhost/", { method: "POST", body, headers: { "content-type": type } });

Deno.test("readJson() answers a body that fits", async () => {
  assert.deepEqual(await readJson(post('{"name":"ä"}', "application/json; charset=utf-8"), schema), { name: "ä" });
});

Deno.test("readJson() refuses another content type with 415", async () => {
  await assert.rejects(readJson(post("name=a", "application/x-www-form-urlencoded"), schema), { status: 415 });
});

Deno.test("readJson() names the field that does not fit", async () => {
  await assert.rejects(readJson(post('{"name":1}'), schema), { status: 400, code: "bad-body", message: /name/ });
});

Deno.test("readJson() refuses text that is no JSON, and a body past its limit", async () => {
  await assert.rejects(readJson(post("{"), schema), { status: 400, code: "bad-json" });
  await assert.rejects(readJson(post(`{"name":"${"a".repeat(5 * 2 ** 20)}"}`), schema), { status: 413 });
});

Deno.test("readJson() refuses a body made to exhaust the stack", async () => {
  const deep = '{"and":['.repeat(50_000) + "]}".repeat(50_000);
  await assert.rejects(readJson(post(deep), z.looseObject({})), { status: 400, code: "too-deep" });
});
