import assert from "node:assert/strict";
import { readConfig } from "@/lib/config.ts";
import { openSqliteDocuments } from "@/lib/documents/sqlite.ts";
import { memoryEvents } from "@/lib/events/memory.ts";
import { openDiskFiles } from "@/lib/files/disk.ts";
import { LOCAL_OWNER } from "@/lib/model/mod.ts";
import { expireUploads, finishUpload } from "./finish_upload.ts";
import { cancelImport, getImport } from "./imports.ts";
import { UPLOAD_KEEP_MS } from "./upload_document.ts";
import { createUpload, getUpload, writeChunk } from "./uploads.ts";

const signal = new AbortController().signal;
const streamOf = (text: string) => new Blob([text]).stream();

/** Real documents and files, a clock that is set by hand. */
async function withStores(run: (world: Awaited<ReturnType<typeof open>>) => Promise<void>): Promise<void> {
  const world = await open();
  try {
    await run(world);
  } finally {
    await world.close();
  }
}

async function open() {
  const directory = await Deno.makeTempDir();
  const clock = { at: Date.parse("2026-06-01T00:00:00Z") };
  const documents = openSqliteDocuments({ path: ":memory:", now: () => clock.at });
  const files = await openDiskFiles({ directory: `${directory}/files`, stagingDirectory: `${directory}/staging` });
  const events = memoryEvents();
  const queued: string[] = [];
  const services = {
    documents,
    files,
    events,
    config: readConfig({ DATA_DIR: directory }),
    clock: { now: () => new Date(clock.at) },
    jobs: {
      enqueue(_workspace: string, job: string, key: string) {
        queued.push(`${job} ${key}`);
        return Promise.resolve();
      },
    },
  };
  const begin = async (size: number) =>
    (await createUpload(services, LOCAL_OWNER, { dataset: "ads", filename: "a.csv", size })).upload.id;
  const write = (id: string, offset: number, text: string) =>
    writeChunk(services, LOCAL_OWNER, id, { offset, body: streamOf(text) });
  const uploads = () => Array.fromAsync(files.listUploads("default"));
  const close = async () => {
    await events.close();
    await documents.close();
    await Deno.remove(directory, { recursive: true });
  };
  return { services, clock, queued, begin, write, uploads, close };
}

Deno.test("finishUpload() makes one file of the parts, once, and forgets them", () =>
  withStores(async ({ services, queued, begin, write, uploads }) => {
    const id = await begin(6);
    await write(id, 0, "abc");
    assert.deepEqual(queued, []);
    await write(id, 3, "def");
    assert.deepEqual(queued, [`import ${id}`]);
    const job = await finishUpload(services, "default", id);
    assert.equal(await new Response(await services.files.open("default", job.sha256)).text(), "abcdef");
    assert.deepEqual(await finishUpload(services, "default", id), job);
    assert.deepEqual(await uploads(), []);
    assert.deepEqual(await getUpload(services, LOCAL_OWNER, id), { id, size: 6, offset: 6, chunkBytes: 2 ** 24 });
  }));

Deno.test("finishUpload() fails the import where a part is gone, and says so", () =>
  withStores(async ({ services, begin, write }) => {
    const id = await begin(3);
    await write(id, 0, "abc");
    await services.files.dropParts("default", id);
    const job = await finishUpload(services, "default", id);
    assert.deepEqual([job.state, job.error?.code], ["failed", "not-found"]);
  }));

Deno.test("expireUploads() removes what waited too long, and nothing that goes on", () =>
  withStores(async ({ services, clock, begin, write, uploads }) => {
    const [old, slow, arrived] = [await begin(9), await begin(9), await begin(3)];
    for (const id of [old, slow]) await write(id, 0, "abc");
    await write(arrived, 0, "abc"); // its import has not had its turn yet
    clock.at += UPLOAD_KEEP_MS - 1_000;
    await write(slow, 3, "def");
    assert.equal(await expireUploads(services, "default", signal), 0);
    clock.at += 2_000;
    assert.equal(await expireUploads(services, "default", signal), 1);
    assert.deepEqual((await uploads()).sort(), [slow, arrived].sort());
    const given = await getImport(services, LOCAL_OWNER, old);
    assert.deepEqual([given.state, given.error?.code], ["cancelled", "upload-expired"]);
    await assert.rejects(write(old, 3, "def"), { code: "not-found" });
    assert.equal((await write(slow, 6, "ghi")).offset, 9);
  }));

Deno.test("expireUploads() removes parts that no document knows", () =>
  withStores(async ({ services, begin, write, uploads }) => {
    const id = await begin(9);
    await write(id, 0, "abc");
    await services.files.keepPart("default", "unknown", "p", streamOf("x"));
    assert.equal(await expireUploads(services, "default", signal), 1);
    assert.deepEqual(await uploads(), [id]);
  }));

Deno.test("createUpload() goes on with the same file by the same person into the same dataset, and only then", () =>
  withStores(async ({ services, write }) => {
    const input = { dataset: "ads", filename: "a.csv", size: 9, fingerprint: "1" };
    const create = (more: object = {}) => createUpload(services, LOCAL_OWNER, { ...input, ...more });
    const [one, two] = await Promise.all([create(), create()]);
    assert.equal(one.upload.id, two.upload.id);
    assert.deepEqual([one.created, two.created].sort(), [false, true]);
    await write(one.upload.id, 0, "abc");
    assert.deepEqual(await create(), { created: false, upload: { ...one.upload, offset: 3 } });
    for (const other of [{ size: 8 }, { fingerprint: "2" }, { dataset: "web" }, { mode: "replace" }]) {
      assert.equal((await create(other)).created, true, JSON.stringify(other));
    }
    const staging = { discard: () => Promise.resolve() } as never;
    await cancelImport({ ...services, staging }, LOCAL_OWNER, one.upload.id);
    assert.equal((await create()).created, true, "after it was given up");
  }));
