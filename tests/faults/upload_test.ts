/** Files that arrive in pieces over connections that break, servers that are killed, and tabs that are closed. */
import assert from "node:assert/strict";
import { sendChunks } from "@/components/imports/send_chunks.ts";
import { CSV, filesBelow, json, problemOf, settled, withApp } from "@/tests/attacks/outside.ts";
import { fileOf, hashOf, sender, uploadOf } from "./chunk_sender.ts";
import { cuttingProxy } from "./cutting_proxy.ts";
import { until, withServers } from "./server_process.ts";

/** Numbers that look random and are the same each time. */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31;
}

Deno.test("[fault] a connection that breaks at any place loses no byte of an upload, and doubles none", () =>
  withApp(async (app) => {
    const origin = app.listen();
    const file = fileOf(60_000);
    const random = numbersFrom(7);
    let connections = 0;
    const proxy = cuttingProxy(() => origin, () => connections++ < 25 ? Math.floor(random() * 900_000) : null);
    let last = 0;
    let waits = 0;
    const upload = uploadOf(() => proxy.origin, {
      onProgress: (sent) => last = sent,
      onWaiting: (waiting) => waits += waiting ? 1 : 0,
    });
    const id = await sendChunks(file, upload);
    const job = await settled(app, id);
    assert.deepEqual([job.state, job.sha256, job.bytes], ["published", await hashOf(file), file.size]);
    assert.equal(job.counts.inserted, 60_000);
    assert.ok(proxy.cuts >= 5, `${proxy.cuts} connections were cut`);
    assert.ok(waits > 0 && last === file.size);
    assert.deepEqual((await filesBelow(`${app.directory}/files`)).length, 1, "the file, and no part of it");
    await proxy.close();
  }));

Deno.test("[fault] an upload survives kill -9 of the server between and inside chunks", () =>
  withServers(async (start) => {
    const file = fileOf(120_000);
    let server = await start();
    let kills = 0;
    let killing: Promise<void> | undefined;
    const kill = async () => {
      kills++;
      server.signal("SIGKILL");
      await server.ended;
      server = await start();
    };
    let requests = 0;
    const send = sender(() => server.origin);
    const upload = uploadOf(() => server.origin, {
      async send(request) {
        await killing;
        const sending = send(request);
        // Every third request loses its server while it is under way.
        if (++requests % 3 === 0 && kills < 3) killing = kill();
        return await sending;
      },
    });
    const id = await sendChunks(file, upload);
    await killing;
    const job = await until("the import", async () => {
      const job = await (await fetch(`${server.origin}/api/imports/${id}`)).json();
      return !["uploading", "queued", "running"].includes(job.state) && job;
    });
    assert.ok(kills >= 2, `${kills} kills`);
    assert.deepEqual([job.state, job.sha256, job.counts.inserted], ["published", await hashOf(file), 120_000]);
  }));

Deno.test("[fault] a closed tab's upload goes on where it ended; two tabs that send one file make one import", () =>
  withApp(async (app) => {
    const origin = app.listen();
    const file = fileOf(60_000);
    const tab = new AbortController();
    const closed = sendChunks(
      file,
      uploadOf(() => origin, {
        signal: tab.signal,
        onProgress: (sent) => sent > 1_000_000 && tab.abort(),
      }),
    );
    await assert.rejects(closed);
    const [uploading] = (await (await app.fetch("/api/imports")).json()).imports;
    assert.deepEqual([uploading.state, uploading.bytes], ["uploading", file.size]);
    const begun = await app.fetch(`/api/uploads/${uploading.id}`, { method: "HEAD" });
    assert.equal(begun.headers.get("upload-length"), String(file.size));
    assert.ok(Number(begun.headers.get("upload-offset")) >= 1_000_000);

    const places: number[] = [];
    const ids = await Promise.all([
      sendChunks(file, uploadOf(() => origin, { onProgress: (sent) => places.push(sent) })),
      sendChunks(file, uploadOf(() => origin)),
    ]);
    assert.deepEqual(ids, [uploading.id, uploading.id]);
    assert.ok(places[0]! >= 1_000_000, "nothing is sent again");
    const job = await settled(app, uploading.id);
    assert.deepEqual([job.state, job.sha256], ["published", await hashOf(file)]);
    assert.equal((await (await app.fetch("/api/imports")).json()).imports.length, 1);
    // The same bytes as an ordinary upload: they are here.
    const again = await app.fetch("/api/imports?dataset=ads", { method: "POST", body: file });
    assert.equal((await settled(app, (await again.json()).id)).state, "duplicate");
  }));

Deno.test("[attack] chunks that do not fit are refused in words, and change nothing", () =>
  withApp(async (app) => {
    const begin = (body: unknown) => app.fetch("/api/uploads", json(body));
    await problemOf(await begin({ size: -1, filename: "a.csv" }), 400);
    await problemOf(await begin({ size: 10 }), 400);
    await problemOf(await begin({ size: 10, filename: "a.csv", dataset: "nothing" }), 404);
    await problemOf(await begin({ size: 2_000_000, filename: "a.csv" }), 413);
    const { id } = await (await begin({ size: CSV.length, filename: "../../a.csv" })).json();
    const patch = (offset: unknown, body: BodyInit, type = "application/offset+octet-stream") =>
      app.fetch(`/api/uploads/${id}`, {
        method: "PATCH",
        headers: { "content-type": type, "upload-offset": String(offset) },
        body,
      });
    await problemOf(await patch(0, "x", "text/csv"), 415);
    await problemOf(await patch("", "x"), 400);
    await problemOf(await patch("-1", "x"), 400);
    const wrong = await problemOf(await patch(5, "x"), 409);
    assert.deepEqual([wrong.code, wrong.offset], ["wrong-offset", 0]);
    await problemOf(await patch(0, CSV + "x"), 413);
    assert.equal((await patch(0, CSV.slice(0, 30))).status, 204);
    await problemOf(await patch(0, CSV.slice(0, 30)), 409);
    assert.equal((await patch(30, CSV.slice(30))).headers.get("upload-offset"), String(CSV.length));
    const job = await settled(app, id);
    assert.deepEqual([job.state, job.filename, job.counts.inserted], ["published", "a.csv", 2]);
    assert.equal((await patch(CSV.length, "")).status, 204, "sent again after a lost answer");
    await problemOf(await app.fetch("/api/uploads/nothing"), 404);

    const { id: other } = await (await begin({ size: 100, filename: "b.csv" })).json();
    await app.fetch(`/api/uploads/${other}`, {
      method: "PATCH",
      headers: { "content-type": "application/offset+octet-stream", "upload-offset": "0" },
      body: "half",
    });
    assert.equal((await app.fetch(`/api/uploads/${other}`, { method: "DELETE" })).status, 204);
    assert.equal((await (await app.fetch(`/api/imports/${other}`)).json()).state, "cancelled");
    await problemOf(await app.fetch(`/api/uploads/${other}`), 404);
    assert.equal((await filesBelow(`${app.directory}/files`)).length, 1);
  }, { MAX_UPLOAD_BYTES: "1000000" }));
