import assert from "node:assert/strict";
import { NotFoundError, UnavailableError } from "@/lib/errors.ts";
import type { Mongo } from "@/lib/mongo/mongo.ts";
import { startTcpProxy } from "@/tests/faults/tcp_proxy.ts";
import { type FreshDatabase, freshDatabase, missingMongo, mongoUri } from "@/tests/servers/mongo.ts";
import { serverSuite } from "@/tests/servers/server.ts";
import { Grid } from "./_grid.ts";
import type { Files } from "./mod.ts";
import { openMongoFiles } from "./mongo.ts";

const missing = missingMongo();
if (missing === null) await mongoUri();

const MIB = 2 ** 20;

/** Blocks of a MiB, each unlike the others, made as they are read. */
function blocks(count: number, between: (n: number) => Promise<void> = () => Promise.resolve()) {
  let n = 0;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (n === count) return controller.close();
      await between(n);
      controller.enqueue(new Uint8Array(MIB).fill(n++));
    },
  }, { highWaterMark: 0 });
}

interface Place {
  fresh: FreshDatabase;
  mongo: Mongo;
  files: Files;
  /** Chunks in the database, whoever they belong to. */
  chunks(): Promise<number>;
}

async function withFiles(run: (place: Place) => Promise<void>): Promise<void> {
  await using fresh = await freshDatabase();
  const stagingDirectory = await Deno.makeTempDir();
  try {
    const mongo = fresh.open();
    const chunks = () => mongo.collection("raw.chunks").countDocuments();
    await run({ fresh, mongo, files: openMongoFiles({ mongo, stagingDirectory }), chunks });
  } finally {
    await Deno.remove(stagingDirectory, { recursive: true });
  }
}

serverSuite("openMongoFiles()", missing, () => {
  Deno.test("keep() of openMongoFiles() reads no more than a few chunks ahead of what is stored", () =>
    withFiles(async ({ files, chunks }) => {
      let ahead = 0;
      const kept = await files.keep(
        "w",
        blocks(40, async (n) => {
          ahead = Math.max(ahead, n - await chunks());
        }),
      );
      assert.equal(kept.bytes, 40 * MIB);
      assert.ok(ahead <= 3, `${ahead} MiB were held`);
    }));

  Deno.test("open() of openMongoFiles() fetches no more than a few chunks ahead of its reader", () =>
    withFiles(async ({ files, mongo }) => {
      const { sha256 } = await files.keep("w", blocks(20));
      const reader = (await files.open("w", sha256)).getReader();
      assert.equal((await reader.read()).value?.[0], 0);
      await mongo.ping();
      await mongo.collection("raw.chunks").deleteMany({ n: { $gte: 5 } });
      await assert.rejects(async () => {
        while (!(await reader.read()).done);
      }, /it was deleted after chunk 5 of 20/);
    }));

  Deno.test("head() of openMongoFiles() fetches the chunks that it needs and no more", () =>
    withFiles(async ({ files, mongo }) => {
      const { sha256 } = await files.keep("w", blocks(3));
      await mongo.collection("raw.chunks").deleteMany({ n: 2 });
      assert.deepEqual(await files.head("w", sha256, 3), new Uint8Array(3));
      assert.equal((await files.head("w", sha256, 2 * MIB))[2 * MIB - 1], 1);
      await assert.rejects(files.head("w", sha256, 2 * MIB + 1), NotFoundError);
    }));

  Deno.test("the same bytes from two instances at once are kept once", () =>
    withFiles(async ({ fresh, files, chunks }) => {
      const other = openMongoFiles({ mongo: fresh.open(), stagingDirectory: "unused" });
      const kept = await Promise.all([files, other, files, other].map((each) => each.keep("w", blocks(2))));
      assert.equal(new Set(kept.map(({ sha256 }) => sha256)).size, 1);
      assert.equal((await Array.fromAsync(other.list("w"))).length, 1);
      assert.equal(await chunks(), 2);
      assert.equal(await other.delete("w", kept[0]!.sha256), true);
      assert.equal(await files.has("w", kept[0]!.sha256), false);
      assert.equal(await chunks(), 0);
    }));

  Deno.test("a file that is deleted while it is read ends in an error, never as a shorter file", () =>
    withFiles(async ({ files }) => {
      const { sha256 } = await files.keep("w", blocks(5));
      const reader = (await files.open("w", sha256)).getReader();
      await reader.read();
      await files.delete("w", sha256);
      await assert.rejects(async () => {
        while (!(await reader.read()).done);
      }, NotFoundError);
    }));

  Deno.test("what a killed process left is seen by nobody, and goes at the next clean-up", () =>
    withFiles(async ({ fresh, files, mongo, chunks }) => {
      const script = `
        import { openMongoFiles } from ${JSON.stringify(import.meta.resolve("./mongo.ts"))};
        import { Mongo } from ${JSON.stringify(import.meta.resolve("@/lib/mongo/mongo.ts"))};
        const mongo = Mongo.open({ uri: ${JSON.stringify(fresh.uri)}, database: ${JSON.stringify(fresh.database)} });
        const endless = new ReadableStream({ pull: (c) => c.enqueue(new Uint8Array(${MIB})) });
        await openMongoFiles({ mongo, stagingDirectory: "unused" }).keep("w", endless);`;
      const child = new Deno.Command(Deno.execPath(), {
        args: ["eval", "--no-check", "--config", new URL("../../deno.json", import.meta.url).pathname, script],
        stdout: "null",
        stderr: "inherit",
      }).spawn();
      while (await chunks() < 5) await new Promise((resolve) => setTimeout(resolve, 10));
      child.kill("SIGKILL");
      await child.status;
      assert.deepEqual(await Array.fromAsync(files.list("w")), []);
      const kept = await files.keep("w", blocks(1));
      assert.ok(await chunks() > 5);
      const grid = new Grid(mongo);
      assert.equal(await grid.cleanUp(), 0, "it may still be arriving, for all that the store knows");
      assert.equal(await grid.cleanUp(-1_000), 1);
      assert.equal(await chunks(), 1);
      assert.deepEqual(await Array.fromAsync(files.list("w")), [kept]);
    }));

  Deno.test("keep() whose file was given up meanwhile says so, and keeps nothing", () =>
    withFiles(async ({ files, mongo, chunks }) => {
      const given = files.keep(
        "w",
        blocks(3, async (n) => {
          if (n === 2) await new Grid(mongo).cleanUp(-1_000);
        }),
      );
      await assert.rejects(given, (error) => {
        assert.ok(error instanceof UnavailableError);
        assert.match(error.message, /was given up; send it again/);
        return true;
      });
      assert.deepEqual(await Array.fromAsync(files.list("w")), []);
      assert.equal(await chunks(), 0);
    }));

  Deno.test("keep() over a line that loses answers keeps every byte, once", () =>
    withFiles(async ({ fresh, files, chunks }) => {
      const proxy = startTcpProxy({ port: Number(new URL(fresh.uri).port) });
      const mongo = fresh.open({ uri: `mongodb://127.0.0.1:${proxy.port}` });
      try {
        const through = openMongoFiles({ mongo, stagingDirectory: "unused" });
        const expected = await files.keep("other", blocks(6));
        const kept = await through.keep(
          "w",
          blocks(6, async (n) => {
            if (n !== 2 && n !== 4) return;
            proxy.set({ cutAfter: { down: 0 } });
            setTimeout(() => proxy.set({}), 100);
            await Promise.resolve();
          }),
        );
        assert.deepEqual(kept, expected);
        assert.equal(await chunks(), 12);
        let bytes = 0;
        for await (const chunk of await files.open("w", kept.sha256)) {
          assert.ok(chunk.every((byte) => byte === bytes / MIB));
          bytes += chunk.length;
        }
        assert.equal(bytes, 6 * MIB);
      } finally {
        await mongo.close();
        await proxy.close();
      }
    }));
});
