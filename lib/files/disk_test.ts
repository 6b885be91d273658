import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { openDiskFiles } from "./disk.ts";

async function withDirectory(run: (data: string) => Promise<void>): Promise<void> {
  const data = await Deno.makeTempDir();
  try {
    await run(data);
  } finally {
    await Deno.remove(data, { recursive: true });
  }
}

const openIn = (data: string) =>
  openDiskFiles({ directory: join(data, "files"), stagingDirectory: join(data, "staging") });

Deno.test("openDiskFiles() lays files out by workspace and hash, and finds them again", () =>
  withDirectory(async (data) => {
    const files = await openIn(data);
    const { sha256 } = await files.keep("default", ReadableStream.from([new Uint8Array([1, 2])]));
    const info = await Deno.stat(join(data, "files", "default", sha256.slice(0, 2), sha256));
    assert.equal(info.size, 2);
    assert.equal(await (await openIn(data)).has("default", sha256), true);
  }));

Deno.test("openDiskFiles() clears away what a killed process left half-written", () =>
  withDirectory(async (data) => {
    await openIn(data);
    await Deno.writeTextFile(join(data, "files", ".arriving", "half"), "half");
    await openIn(data);
    assert.deepEqual(await Array.fromAsync(Deno.readDir(join(data, "files", ".arriving"))), []);
  }));

Deno.test("keep() of openDiskFiles() holds no more than a few chunks in memory", () =>
  withDirectory(async (data) => {
    const files = await openIn(data);
    const chunk = new Uint8Array(64 * 1_024);
    let ahead = 0;
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        ahead++;
        if (ahead > 1_600) return controller.close();
        await Promise.resolve();
        controller.enqueue(chunk);
      },
    });
    const before = Deno.memoryUsage().rss;
    const kept = await files.keep("w", body);
    assert.equal(kept.bytes, 1_600 * chunk.length);
    assert.ok(Deno.memoryUsage().rss - before < 60 * 2 ** 20, "100 MB went through less than 60 MB of memory");
  }));

Deno.test("keep() and joinParts() of openDiskFiles() keep every byte of a file that is synced while it arrives", () =>
  withDirectory(async (data) => {
    const files = await openIn(data);
    const bytes = new Uint8Array(34 * 2 ** 20 + 5);
    for (let at = 0; at < bytes.length; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536));
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const path = join(data, "large");
    await Deno.writeFile(path, bytes);
    const kept = await files.keep("w", (await Deno.open(path)).readable);
    assert.deepEqual(kept, { sha256, bytes: bytes.length });
    assert.equal(Buffer.compare(await Deno.readFile(await files.stage("w", sha256, "large")), bytes), 0);
    const cut = 16 * 2 ** 20 + 1;
    await files.keepPart("w", "u", "1", ReadableStream.from([bytes.subarray(0, cut)]));
    await files.keepPart("w", "u", "2", ReadableStream.from([bytes.subarray(cut)]));
    assert.deepEqual(await files.joinParts("w", "u", ["1", "2"]), kept);
  }));
