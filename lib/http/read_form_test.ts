import assert from "node:assert/strict";
import { readForm } from "./read_form.ts";

const post = (body: BodyInit, type?: string) =>
  new Request("http://localhost/", { method: "POST", body, headers: type ? { "content-type": type } : {} });

Deno.test("readForm() reads both kinds of forms", async () => {
  assert.equal((await readForm(post(new URLSearchParams({ a: "1 & 2" })))).get("a"), "1 & 2");
  const form = new FormData();
  form.set("a", "ü");
  assert.equal((await readForm(post(form))).get("a"), "ü");
});

Deno.test("readForm() refuses what is no form, is broken, or is too long", async () => {
  await assert.rejects(readForm(post("{}", "application/json")), { status: 415 });
  await assert.rejects(readForm(post("x", "multipart/form-data")), { status: 400, code: "bad-form" });
  await assert.rejects(readForm(post("x", "multipart/form-data; boundary=y")), { status: 400 });
  await assert.rejects(readForm(post("a=" + "x".repeat(2 ** 18), "application/x-www-form-urlencoded")), {
    status: 413,
  });
});
