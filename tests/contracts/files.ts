/** What every Files must do, whatever it is built on. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { Files } from "@/lib/files/mod.ts";
import { InputError, NotFoundError } from "@/lib/errors.ts";

const encoder = new TextEncoder();
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const streamOf = (...chunks: (string | Uint8Array)[]) =>
  ReadableStream.from(chunks.map((chunk) => typeof chunk === "string" ? encoder.encode(chunk) : chunk));

async function bytesOf(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  return new Uint8Array(await new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer());
}

async function hashes(files: Files, workspace: string): Promise<string[]> {
  return (await Array.fromAsync(files.list(workspace))).map((file) => file.sha256).sort();
}

/** Runs the contract; `open` answers an empty store, and `left` tells how many half-written files lie around. */
export function filesContract(
  name: string,
  open: () => Promise<{ files: Files; left(): Promise<number>; end(): Promise<void> }>,
): void {
  const it = (title: string, run: (files: Files, left: () => Promise<number>) => Promise<void>) =>
    Deno.test(`${name}: ${title}`, async () => {
      const { files, left, end } = await open();
      try {
        await run(files, left);
      } finally {
        await files.close();
        await end();
      }
    });

  it("keep() keeps by the SHA-256 of the bytes; open(), head(), has() and list() find it", async (files, left) => {
    const bytes = encoder.encode("date,spend\n2026-01-01,1\n");
    const kept = await files.keep("w", streamOf("date,spend\n", "", "2026-01-01,1\n"));
    assert.deepEqual(kept, { sha256: sha256(bytes), bytes: bytes.length });
    assert.deepEqual(await bytesOf(await files.open("w", kept.sha256)), bytes);
    assert.deepEqual(await files.head("w", kept.sha256, 4), bytes.slice(0, 4));
    assert.deepEqual(await files.head("w", kept.sha256, 1_000), bytes);
    assert.equal(await files.has("w", kept.sha256), true);
    assert.deepEqual(await Array.fromAsync(files.list("w")), [kept]);
    assert.equal(await left(), 0);
  });

  it("keep() keeps an empty file, and the same bytes once, also at the same time", async (files, left) => {
    const empty = await files.keep("w", streamOf());
    assert.deepEqual(empty, { sha256: sha256(new Uint8Array()), bytes: 0 });
    assert.equal((await bytesOf(await files.open("w", empty.sha256))).length, 0);
    const chunk = new Uint8Array(200_000).fill(7);
    const kept = await Promise.all(Array.from({ length: 5 }, () => files.keep("w", streamOf(chunk, chunk))));
    assert.equal(new Set(kept.map((file) => file.sha256)).size, 1);
    assert.deepEqual(await hashes(files, "w"), [empty.sha256, kept[0]!.sha256].sort());
    assert.equal(await left(), 0);
  });

  it("keep() keeps every byte in its place, however the stream is cut", async (files) => {
    const bytes = Uint8Array.from({ length: 3_500_001 }, (_, i) => (i * 31 + (i >> 8)) & 255);
    const cuts = [0, 1, 2, 1_048_575, 1_048_576, 1_048_577, 1_048_577, 3_400_000, bytes.length];
    const chunks = cuts.slice(1).map((cut, i) => bytes.slice(cuts[i], cut));
    const kept = await files.keep("w", streamOf(...chunks));
    assert.deepEqual(kept, { sha256: sha256(bytes), bytes: bytes.length });
    assert.equal(sha256(await bytesOf(await files.open("w", kept.sha256))), kept.sha256);
  });

  it("keep() keeps every byte of a file's and of a request's own stream", async (files) => {
    const path = await Deno.makeTempFile();
    try {
      for (const size of [0, 1, 2 ** 20, 2 ** 21 + 1, 3_400_000]) {
        const bytes = Uint8Array.from({ length: size }, (_, i) => (i * 31 + (i >> 8)) & 255);
        await Deno.writeFile(path, bytes);
        const request = new Request("http://localhost", { method: "POST", body: bytes });
        for (const body of [(await Deno.open(path)).readable, request.body!]) {
          assert.deepEqual(await files.keep("w", body), { sha256: sha256(bytes), bytes: size });
        }
        assert.equal(sha256(await bytesOf(await files.open("w", sha256(bytes)))), sha256(bytes));
      }
    } finally {
      await Deno.remove(path);
    }
  });

  it("keeps workspaces apart", async (files) => {
    const { sha256 } = await files.keep("w", streamOf("x"));
    assert.equal(await files.has("other", sha256), false);
    await assert.rejects(files.open("other", sha256), NotFoundError);
    assert.equal(await files.delete("other", sha256), false);
    assert.deepEqual(await hashes(files, "other"), []);
    assert.equal(await files.has("w", sha256), true);
  });

  it("keep() stops at maxBytes before the rest is read, and leaves nothing", async (files, left) => {
    let read = 0;
    let cancelled = false;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        read += 1_000;
        controller.enqueue(new Uint8Array(1_000));
      },
      cancel() {
        cancelled = true;
      },
    });
    await assert.rejects(files.keep("w", endless, { maxBytes: 10_000 }), (error) => {
      assert.ok(error instanceof InputError);
      assert.equal(error.code, "too-large");
      assert.equal(error.status, 413);
      return true;
    });
    assert.ok(read < 100_000, `${read} bytes read`);
    assert.ok(cancelled);
    assert.equal(await left(), 0);
    assert.deepEqual(await hashes(files, "w"), []);
    assert.equal((await files.keep("w", streamOf(new Uint8Array(10_000)), { maxBytes: 10_000 })).bytes, 10_000);
  });

  it("keep() leaves nothing when it is aborted, before or while the stream is silent", async (files, left) => {
    await assert.rejects(
      files.keep("w", streamOf("x"), { signal: AbortSignal.abort(new RangeError("early")) }),
      RangeError,
    );
    const abort = new AbortController();
    let cancelled = false;
    const silent = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new Uint8Array(70_000)),
      cancel() {
        cancelled = true;
      },
    });
    const keeping = files.keep("w", silent, { signal: abort.signal });
    setTimeout(() => abort.abort(new RangeError("gone")), 20);
    await assert.rejects(keeping, RangeError);
    assert.ok(cancelled);
    assert.equal(await left(), 0);
    assert.deepEqual(await hashes(files, "w"), []);
  });

  it("keep() leaves nothing when the stream breaks, and answers its error", async (files, left) => {
    const broken = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(new Uint8Array(5));
        controller.error(new RangeError("connection lost"));
      },
    });
    await assert.rejects(files.keep("w", broken), RangeError);
    assert.equal(await left(), 0);
    assert.deepEqual(await hashes(files, "w"), []);
  });

  it("delete() tells whether it was there; what is gone is not found", async (files) => {
    const { sha256 } = await files.keep("w", streamOf("x"));
    assert.equal(await files.delete("w", sha256), true);
    assert.equal(await files.delete("w", sha256), false);
    await assert.rejects(files.open("w", sha256), NotFoundError);
    await assert.rejects(files.head("w", sha256, 1), NotFoundError);
    await assert.rejects(files.stage("w", sha256, "a"), NotFoundError);
  });

  it("stage() puts the bytes under a path of its own; removing that path keeps the file", async (files) => {
    const { sha256 } = await files.keep("w", streamOf("abc"));
    const path = await files.stage("w", sha256, "import-1.csv");
    assert.ok(path.endsWith("import-1.csv"));
    assert.equal(await Deno.readTextFile(path), "abc");
    assert.equal(await files.stage("w", sha256, "import-1.csv"), path);
    await Deno.remove(path);
    assert.equal(await files.has("w", sha256), true);
  });

  it("no name leads out of its folder", async (files) => {
    const { sha256 } = await files.keep("w", streamOf("abc"));
    for (const bad of ["../x", "a/b", "a\\b", "", ".", "..", ".hidden", "x\0", "/etc/passwd", "x".repeat(300)]) {
      await assert.rejects(files.stage("w", sha256, bad), TypeError, bad);
      await assert.rejects(files.keep(bad, streamOf("x")), TypeError, bad);
      await assert.rejects(files.open("w", bad), NotFoundError, bad);
      await assert.rejects(files.delete("w", bad), NotFoundError, bad);
    }
  });

  it("open() can be given up half-way", async (files) => {
    const { sha256 } = await files.keep("w", streamOf(new Uint8Array(300_000)));
    const reader = (await files.open("w", sha256)).getReader();
    assert.ok((await reader.read()).value!.length > 0);
    await reader.cancel();
  });

  it(
    "joinParts() makes the file of its parts in the order named, whatever the order they came in",
    async (files, left) => {
      const bytes = Uint8Array.from({ length: 2_500_003 }, (_, i) => (i * 17 + (i >> 7)) & 255);
      const cuts = [0, 1, 1_048_577, 1_048_577, 2_400_000, bytes.length];
      const parts = cuts.slice(1).map((cut, i) => ({ name: `p${i}`, bytes: bytes.slice(cuts[i], cut) }));
      for (const part of parts.toReversed()) {
        assert.equal(await files.keepPart("w", "up-1", part.name, streamOf(part.bytes)), part.bytes.length);
      }
      await files.keepPart("w", "up-1", "lost-try", streamOf("not named"));
      const names = parts.map(({ name }) => name);
      const kept = await files.joinParts("w", "up-1", names);
      assert.deepEqual(kept, { sha256: sha256(bytes), bytes: bytes.length });
      assert.equal(sha256(await bytesOf(await files.open("w", kept.sha256))), kept.sha256);
      for (const { name, bytes: own } of parts) {
        assert.equal(sha256(await bytesOf(await files.openPart("w", "up-1", name))), sha256(own), name);
      }
      assert.deepEqual(await files.joinParts("w", "up-1", names), kept, "again");
      assert.deepEqual(await hashes(files, "w"), [kept.sha256], "parts are no files");
      assert.equal(await left(), 0);
    },
  );

  it("dropParts() removes every part; listUploads() tells which uploads have some", async (files) => {
    await files.keepPart("w", "a", "1", streamOf("x"));
    await files.keepPart("w", "b", "1", streamOf("y"));
    await files.keepPart("other", "c", "1", streamOf("z"));
    const uploads = async (workspace: string) => (await Array.fromAsync(files.listUploads(workspace))).sort();
    assert.deepEqual(await uploads("w"), ["a", "b"]);
    assert.equal(await files.dropParts("w", "a"), true);
    assert.equal(await files.dropParts("w", "a"), false);
    assert.equal(await files.dropParts("w", "c"), false, "another workspace's");
    assert.deepEqual(await uploads("w"), ["b"]);
    assert.deepEqual(await uploads("other"), ["c"]);
    assert.deepEqual(await uploads("empty"), []);
    await assert.rejects(files.joinParts("w", "a", ["1"]), NotFoundError);
    await assert.rejects(files.openPart("w", "a", "1"), NotFoundError);
    await assert.rejects(files.joinParts("w", "b", ["1", "2"]), NotFoundError);
    assert.equal((await files.joinParts("w", "b", [])).bytes, 0);
  });

  it("keepPart() leaves nothing of a part that breaks off, is too long or is aborted", async (files, left) => {
    const broken = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(new Uint8Array(5));
        controller.error(new RangeError("connection lost"));
      },
    });
    await assert.rejects(files.keepPart("w", "a", "1", broken), RangeError);
    await assert.rejects(files.keepPart("w", "a", "2", streamOf(new Uint8Array(11)), { maxBytes: 10 }), (error) => {
      assert.ok(error instanceof InputError);
      assert.deepEqual([error.code, error.status], ["too-large", 413]);
      return true;
    });
    const signal = AbortSignal.abort(new RangeError("gone"));
    await assert.rejects(files.keepPart("w", "a", "3", streamOf("x"), { signal }), RangeError);
    for (const part of ["1", "2", "3"]) await assert.rejects(files.joinParts("w", "a", [part]), NotFoundError, part);
    assert.equal(await left(), 0);
  });

  it("no upload's or part's name leads out of its folder", async (files) => {
    for (const bad of ["../x", "a/b", "a\\b", "", ".", "..", ".hidden", "x\0", "x".repeat(300)]) {
      await assert.rejects(files.keepPart("w", bad, "1", streamOf("x")), TypeError, bad);
      await assert.rejects(files.keepPart("w", "a", bad, streamOf("x")), TypeError, bad);
      await assert.rejects(files.keepPart(bad, "a", "1", streamOf("x")), TypeError, bad);
      await assert.rejects(files.joinParts("w", "a", [bad]), TypeError, bad);
      await assert.rejects(files.openPart("w", "a", bad), TypeError, bad);
      await assert.rejects(files.dropParts("w", bad), TypeError, bad);
    }
  });
}
