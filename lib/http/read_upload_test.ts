import assert from "node:assert/strict";
import { displayName, readUpload } from "./read_upload.ts";

const url = "http://localhost/api/imports";
const text = (body: ReadableStream<Uint8Array>) => new Response(body).text();

Deno.test("readUpload() takes the body itself as the file", async () => {
  const request = new Request(url, { method: "POST", body: "date,clicks\n" });
  const upload = await readUpload(request, new URLSearchParams("dataset=web&filename=a/b.csv&mode=replace"));
  assert.deepEqual({ ...upload, body: await text(upload.body) }, {
    dataset: "web",
    filename: "b.csv",
    mode: "replace",
    again: false,
    confirm: false,
    body: "date,clicks\n",
  });
});

Deno.test("readUpload() takes the field file of a form, however long", async () => {
  const form = new FormData();
  const long = "0123456789".repeat(300_000);
  form.set("note", "before the file");
  form.set("file", new File([long], "März.csv"));
  const upload = await readUpload(new Request(url, { method: "POST", body: form }), new URLSearchParams());
  assert.equal(upload.filename, "März.csv");
  assert.equal((await text(upload.body)).length, long.length);
});

Deno.test("readUpload() takes a form's fields before the file as parameters, and the address over them", async () => {
  const form = new FormData();
  form.set("dataset", "web");
  form.set("mode", "replace");
  form.set("file", new File(["a"], "a.csv"));
  const upload = await readUpload(new Request(url, { method: "POST", body: form }), new URLSearchParams("mode=merge"));
  assert.deepEqual([upload.dataset, upload.mode, upload.filename], ["web", "merge", "a.csv"]);
  await upload.body.cancel();
});

Deno.test("readUpload() survives a reader that stops in the middle of a form", async () => {
  const form = new FormData();
  form.set("file", new File(["0123456789".repeat(500_000)], "a.csv"));
  const upload = await readUpload(new Request(url, { method: "POST", body: form }), new URLSearchParams());
  const reader = upload.body.getReader();
  assert.ok((await reader.read()).value!.length > 0);
  await reader.cancel("too large");
  await new Promise((resolve) => setTimeout(resolve, 20));
});

Deno.test("readUpload() takes an empty choice of a dataset for none", async () => {
  const request = () => new Request("http://localhost/api/imports", { method: "POST", body: "a,b\n" });
  const datasets = [];
  for (const query of ["", "dataset=", "dataset=web"]) {
    datasets.push((await readUpload(request(), new URLSearchParams(query))).dataset);
  }
  assert.deepEqual(datasets, [undefined, undefined, "web"]);
});

Deno.test("readUpload() refuses a form without the field file, and one that is none", async () => {
  const form = new FormData();
  form.set("data", new File(["a"], "a.csv"));
  await assert.rejects(
    readUpload(new Request(url, { method: "POST", body: form }), new URLSearchParams()),
    /no field named "file"/,
  );
  const broken = new Request(url, { method: "POST", body: "x", headers: { "content-type": "multipart/form-data" } });
  await assert.rejects(readUpload(broken, new URLSearchParams()), { status: 400, code: "bad-form" });
});

Deno.test("readUpload() does not take a form that breaks off for a whole file", async () => {
  const cut = '--x\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\ndate,clicks\r\n2026-01-01,1';
  const request = new Request(url, {
    method: "POST",
    body: cut,
    headers: { "content-type": "multipart/form-data; boundary=x" },
  });
  await assert.rejects(async () => text((await readUpload(request, new URLSearchParams())).body));
});

Deno.test("readUpload() refuses parameters that do not fit, by name", async () => {
  const request = new Request(url, { method: "POST", body: "a" });
  await assert.rejects(readUpload(request, new URLSearchParams("mode=overwrite")), { status: 400, message: /mode/ });
});

Deno.test("displayName() keeps no path and no marks that turn text around", () => {
  assert.equal(displayName("../../etc/passwd"), "passwd");
  assert.equal(displayName("C:\\reports\\a.csv"), "a.csv");
  assert.equal(displayName("invoice\u202efdp.csv"), "invoicefdp.csv");
  assert.equal(displayName("\u0000"), "upload.csv");
});
