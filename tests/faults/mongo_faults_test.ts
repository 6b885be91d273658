/** MongoDB away, frozen, unreachable or changing its primary, under writes: nothing acknowledged is lost or doubled. */
import assert from "node:assert/strict";
import { z } from "zod";
import { openMongoDocuments } from "@/lib/documents/mongo.ts";
import type { Collection, DocumentStore } from "@/lib/documents/mod.ts";
import { UnavailableError } from "@/lib/errors.ts";
import { openMongoFiles } from "@/lib/files/mongo.ts";
import { Mongo } from "@/lib/mongo/mongo.ts";
import { missingOwnMongo, startMongo } from "@/tests/servers/mongo.ts";
import { serverSuite } from "@/tests/servers/server.ts";
import { startMongoProxy } from "./mongo_proxy.ts";
import { startTcpProxy } from "./tcp_proxy.ts";

const counters: Collection<{ id: string; n: number }> = {
  name: "counters",
  schema: z.looseObject({ id: z.string(), n: z.number() }),
  indexes: { byN: { fields: ["n"] } },
};
const delay = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
/** No call may take longer: its own deadline, and what a busy machine adds. */
const LONGEST_MS = 5_000 + 2_500;

/** What a writer saw. */
interface Written {
  acknowledged: Set<string>;
  unknown: Set<string>;
  longestMs: number;
}

/** Creates counters one after the other until told to stop; an error that is not typed ends the test. */
async function write(store: DocumentStore, name: string, stop: AbortSignal): Promise<Written> {
  const written: Written = { acknowledged: new Set(), unknown: new Set(), longestMs: 0 };
  for (let n = 0; !stop.aborted; n++) {
    const id = `${name}-${n}`;
    const started = performance.now();
    try {
      assert.equal((await store.create(counters, "w", { id, n })).version, 1);
      written.acknowledged.add(id);
    } catch (error) {
      assert.ok(error instanceof UnavailableError, Deno.inspect(error));
      written.unknown.add(id);
    }
    written.longestMs = Math.max(written.longestMs, performance.now() - started);
    await delay(5);
  }
  return written;
}

async function allIds(store: DocumentStore): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.list(counters, "w", { limit: 500, cursor });
    ids.push(...page.items.map(({ doc }) => doc.id));
    cursor = page.cursor ?? undefined;
  } while (cursor);
  return ids;
}

async function assertNothingLost(store: DocumentStore, writers: Written[]): Promise<void> {
  const ids = await allIds(store);
  assert.equal(new Set(ids).size, ids.length);
  const stored = new Set(ids);
  for (const { acknowledged, unknown } of writers) {
    for (const id of acknowledged) assert.ok(stored.delete(id), `${id} was acknowledged and is lost`);
    for (const id of unknown) stored.delete(id); // sent, and no answer came: either is right
  }
  assert.deepEqual([...stored], [], "what nobody wrote");
}

const streamOf = (count: number) =>
  ReadableStream.from(Array.from({ length: count }, (_, i) => new Uint8Array(2 ** 20).fill(i)));

serverSuite("faults of MongoDB", missingOwnMongo(), () => {
  Deno.test("MongoDB is killed under writes and comes back: typed errors in time, then on without a restart", async () => {
    const directory = await Deno.makeTempDir();
    const file = `${directory}/mongo`;
    let server = await startMongo({ file });
    const mongo = Mongo.open({ uri: server.uri, waitMs: 1_500 });
    const store = openMongoDocuments({ mongo });
    const files = openMongoFiles({ mongo, stagingDirectory: directory });
    try {
      const kept = await files.keep("w", streamOf(3));
      const stop = new AbortController();
      const writers = Promise.all(["a", "b", "c"].map((name) => write(store, name, stop.signal)));
      await delay(500);
      await server.kill();
      await assert.rejects(files.keep("w", streamOf(1)), UnavailableError);
      await assert.rejects(files.open("w", kept.sha256), UnavailableError);
      server = await startMongo({ file, port: server.port });
      while (await store.get(counters, "w", "a-0").catch(() => null) === null) await delay(20);
      const back = await store.create(counters, "w", { id: "back", n: 0 });
      await delay(500);
      stop.abort();
      const written = await writers;
      assert.equal(await store.delete(counters, "w", "back", back.version), true);
      for (const { longestMs, acknowledged } of written) {
        assert.ok(longestMs < LONGEST_MS, `a write took ${longestMs} ms`);
        assert.ok(acknowledged.size > 10);
      }
      await assertNothingLost(store, written);
      assert.deepEqual(await files.keep("w", streamOf(3)), kept);
    } finally {
      await mongo.close();
      await server.stop();
      await Deno.remove(directory, { recursive: true });
    }
  });

  Deno.test("a black hole ends every call at its deadline, and leaves no connection used up behind", async () => {
    const server = await startMongo();
    const proxy = startTcpProxy({ port: server.port });
    const mongo = Mongo.open({ uri: `mongodb://127.0.0.1:${proxy.port}`, maxPoolSize: 5 });
    const store = openMongoDocuments({ mongo });
    try {
      await store.create(counters, "w", { id: "a", n: 1 });
      proxy.set({ blackHole: true });
      const started = performance.now();
      const calls = Array.from({ length: 40 }, (_, i) =>
        [
          () => store.get(counters, "w", "a"),
          () => store.create(counters, "w", { id: `x${i}`, n: i }),
          () => store.ping(),
          () => store.now(),
        ][i % 4]!());
      for (const result of await Promise.allSettled(calls)) {
        assert.ok(result.status === "rejected" && result.reason instanceof UnavailableError, Deno.inspect(result));
      }
      assert.ok(performance.now() - started < LONGEST_MS);
      proxy.set({});
      const healed = performance.now();
      while (await store.get(counters, "w", "a").catch(() => null) === null) await delay(20);
      assert.ok(performance.now() - healed < LONGEST_MS);
      // More calls than connections, all answered: none is held by a call that gave up.
      assert.equal((await Promise.all(Array.from({ length: 30 }, () => store.get(counters, "w", "a")))).length, 30);
      assert.ok(!(await allIds(store)).some((id) => id !== "a" && !id.startsWith("x")));
    } finally {
      await mongo.close();
      await proxy.close();
      await server.stop();
    }
  });

  Deno.test("connections that died without a word are given up, and new ones take their place", async () => {
    const server = await startMongo();
    const proxy = startTcpProxy({ port: server.port });
    const mongo = Mongo.open({ uri: `mongodb://127.0.0.1:${proxy.port}`, maxPoolSize: 3 });
    const store = openMongoDocuments({ mongo });
    try {
      await store.create(counters, "w", { id: "a", n: 1 });
      proxy.strand();
      const started = performance.now();
      const calls = await Promise.allSettled(Array.from({ length: 10 }, () => store.get(counters, "w", "a")));
      for (const call of calls) assert.ok(call.status === "fulfilled" || call.reason instanceof UnavailableError);
      while (await store.get(counters, "w", "a").catch(() => null) === null) await delay(50);
      assert.ok(performance.now() - started < 30_000);
    } finally {
      await mongo.close();
      await proxy.close();
      await server.stop();
    }
  });

  const STEPS_DOWN = { code: 10_107, codeName: "NotWritablePrimary" };
  const INTERRUPTED = { code: 11_602, codeName: "InterruptedDueToReplStateChange" };
  const FAULTS = [
    { times: 1, executed: false, ...STEPS_DOWN },
    { times: 2, executed: true, ...INTERRUPTED },
  ];
  const WRITES = ["findAndModify", "insert", "update", "delete"];

  for (const replicaSet of [true, false]) {
    const name = replicaSet ? "a replica set" : "a server without sessions";
    Deno.test(`the primary of ${name} steps down before or after each write: every write counts once`, async () => {
      const server = await startMongo();
      const proxy = startMongoProxy(server, { replicaSet });
      const mongo = Mongo.open({ uri: proxy.uri, database: "steps" });
      const store = openMongoDocuments({ mongo });
      const files = openMongoFiles({ mongo, stagingDirectory: "unused" });
      try {
        assert.equal((await mongo.server()).sessions, replicaSet);
        await store.get(counters, "w", "a");
        await files.keep("w", streamOf(1));
        let n = 0;
        for (const fault of FAULTS) {
          const refuse = () => proxy.refuse({ commands: WRITES, ...fault });
          const id = `c${n++}`;
          refuse();
          assert.equal((await store.create(counters, "w", { id, n })).version, 1);
          refuse();
          assert.equal((await store.put(counters, "w", { id, n: n + 0.5 }, 1)).version, 2);
          assert.deepEqual((await store.get(counters, "w", id))?.doc.n, n + 0.5);
          refuse();
          assert.equal(await store.delete(counters, "w", id, 2), true);
          assert.equal(await store.get(counters, "w", id), null);
          refuse();
          const kept = await files.keep("w", streamOf(2 + n));
          assert.equal(kept.bytes, (2 + n) * 2 ** 20);
          refuse();
          assert.equal(await files.delete("w", kept.sha256), true);
          assert.equal(proxy.waiting, 0, "every refusal was met");
        }
        assert.equal((await Array.fromAsync(files.list("w"))).length, 1);
        assert.equal(await mongo.collection("raw.chunks").countDocuments(), 1);
      } finally {
        await mongo.close();
        await proxy.close();
        await server.stop();
      }
    });
  }

  Deno.test("a replica set whose primary steps down once is asked again by the driver itself", async () => {
    const server = await startMongo();
    const proxy = startMongoProxy(server, { replicaSet: true });
    const mongo = Mongo.open({ uri: proxy.uri });
    try {
      const t = mongo.collection<{ _id: number }>("t");
      await t.insertOne({ _id: 0 });
      proxy.seen.length = 0;
      proxy.refuse({ commands: ["insert"], times: 1, executed: false, ...STEPS_DOWN });
      await mongo.once("write", () => t.insertOne({ _id: 1 }));
      proxy.refuse({ commands: ["insert"], times: 1, executed: true, ...INTERRUPTED });
      await mongo.once("write", () => t.insertOne({ _id: 2 }));
      assert.deepEqual(proxy.seen.filter((name) => name === "insert").length, 4);
      proxy.refuse({ commands: ["insert"], times: 2, executed: false, ...STEPS_DOWN });
      await assert.rejects(mongo.once("write", () => t.insertOne({ _id: 3 })), UnavailableError);
      assert.equal(await t.countDocuments(), 3);
    } finally {
      await mongo.close();
      await proxy.close();
      await server.stop();
    }
  });
});
