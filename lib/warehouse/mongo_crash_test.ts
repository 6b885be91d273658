import assert from "node:assert/strict";
import { Duck } from "@/lib/duckdb/duckdb.ts";
import { type FreshDatabase, freshDatabase, missingMongo, mongoUri } from "@/tests/servers/mongo.ts";
import { serverSuite } from "@/tests/servers/server.ts";
import { crashDataset, stageCrashRows } from "./crash_worker.ts";
import type { Warehouse } from "./mod.ts";
import { openMongoWarehouse } from "./mongo.ts";
import { unpackClaims } from "./mongo_claims.ts";
import { type MongoFacts, mongoFacts, readHead } from "./mongo_facts.ts";
import { type Head, type RowDocument, visibleAt } from "./mongo_layout.ts";
import { readImports } from "./mongo_versions.ts";

const ROUNDS = 6;
const missing = missingMongo();
if (missing === null) await mongoUri();
const ref = { workspace: "default", dataset: crashDataset };

serverSuite("mongo warehouse", missing, () => {
  Deno.test("a publisher killed at any moment leaves the old version or the new one in MongoDB, never a mix", async () => {
    await using scene = await openScene();
    let [next, acknowledged] = [1, 0];
    for (let round = 0; round < ROUNDS; round++) {
      const worker = startWorker(scene.database, next);
      await worker.told();
      await pause(Math.random() * 900);
      worker.child.kill("SIGKILL");
      acknowledged = Math.max(acknowledged, await worker.ended("SIGKILL"));
      const version = await check(scene, { takesOver: true });
      assert.ok(version >= acknowledged, `version ${acknowledged} was acknowledged, ${version} stands`);
      next += 1_000;
    }
    assert.ok(acknowledged > 0, "no act was acknowledged before a kill");
  });

  Deno.test("a publisher frozen while it writes, and thawed after its successor published, changes nothing more", async () => {
    await using scene = await openScene();
    const worker = startWorker(scene.database, 1);
    await worker.told();
    const pending = await freezeWhileItWrites(scene, worker.child);
    await letLeaseEnd(scene.facts);
    // The successor publishes while the frozen one still believes that it holds the lease.
    const { version: expectedVersion } = await scene.warehouse.state(ref);
    await scene.warehouse.stage(ref, await stageCrashRows(scene.duck, { id: "successor", n: 7, rows: 1_200 }));
    const options = { expectedVersion, mode: "merge" as const, provisionalFrom: null };
    const { version } = await scene.warehouse.publish(ref, "successor", options);
    assert.ok(version > pending);
    const stood = await visibleRows(scene.facts, (await readHead(scene.facts))!);
    worker.child.kill("SIGCONT");
    const told = await worker.failed();
    assert.match(told, /another may have taken over/);
    const head = (await readHead(scene.facts))!;
    assert.equal(head.version, version);
    assert.ok(head.aborted.includes(pending));
    assert.deepEqual(await visibleRows(scene.facts, head), stood);
    assert.equal(await check(scene, { takesOver: false }), version);
  });
});

/** An instance of its own beside the worker. */
interface Scene extends AsyncDisposable {
  database: FreshDatabase;
  duck: Duck;
  warehouse: Warehouse;
  facts: MongoFacts;
}

async function openScene(): Promise<Scene> {
  const database = await freshDatabase();
  const mongo = database.open();
  const duck = await Duck.open({ path: ":memory:", threads: 1 });
  await duck.run("attach ':memory:' as scratch");
  const warehouse = openMongoWarehouse({ mongo, duck });
  await warehouse.ensure(ref);
  return {
    database,
    duck,
    warehouse,
    facts: mongoFacts(mongo, ref),
    async [Symbol.asyncDispose]() {
      await duck.close();
      await database.drop();
    },
  };
}

function startWorker({ uri, database }: FreshDatabase, next: number) {
  const worker = new URL("./mongo_crash_worker.ts", import.meta.url).pathname;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", worker, uri, database, String(next)],
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const errors = new Response(child.stderr).text();
  const first = Promise.withResolvers<void>();
  const output = (async () => {
    let told = "";
    for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
      told += chunk;
      if (told.includes("\n")) first.resolve();
    }
    first.reject(new Error(`the worker ended before it told anything: ${await errors}`));
    return told;
  })();
  return {
    child,
    /** Waits for the first acknowledged act. */
    told: () => first.promise,
    /** The last version that was acknowledged, once the signal has ended the worker. */
    async ended(by: Deno.Signal): Promise<number> {
      const told = await output;
      const { signal } = await child.status;
      assert.equal(signal, by, `the worker ended by itself: ${await errors}`);
      await errors;
      return Number(told.slice(0, told.lastIndexOf("\n")).split("\n").at(-1));
    },
    /** What the worker died of. */
    async failed(): Promise<string> {
      await output;
      const { code } = await child.status;
      assert.equal(code, 1);
      return await errors;
    },
  };
}

/** Stops the worker while a version of its is reserved and not switched; answers that version. */
async function freezeWhileItWrites({ facts }: Scene, child: Deno.ChildProcess): Promise<number> {
  for (let tries = 0; tries < 2_000; tries++) {
    if ((await readHead(facts))?.pendingVersion) {
      child.kill("SIGSTOP");
      await pause(100); // what it sent before arrives
      const head = await readHead(facts);
      if (head?.pendingVersion) return head.pendingVersion;
      child.kill("SIGCONT");
    }
    await pause(5);
  }
  throw new Error("the worker never wrote");
}

/** As if the holder had not been heard of for as long as its lease is. */
async function letLeaseEnd(facts: MongoFacts): Promise<void> {
  await facts.heads.updateOne({ _id: facts.headId }, { $set: { leaseMs: 1 } });
  await pause(10);
}

/** Holds every collection against the others. Answers the version. */
async function check(scene: Scene, { takesOver }: { takesOver: boolean }): Promise<number> {
  const { facts, warehouse } = scene;
  if (takesOver) await letLeaseEnd(facts);
  // Rollups can be brought up to date from wherever they stood; it takes over from the dead one, too.
  await warehouse.refreshRollups(ref);
  const head = (await readHead(facts))!;
  assert.deepEqual([head.owner, head.pendingVersion, head.pendingGeneration], [null, null, null]);
  const visible = await visibleRows(facts, head);
  assert.deepEqual(visible, await claimedRows(facts, head));
  const coverage = await warehouse.coverage(ref);
  assert.equal(coverage.reduce((sum, { rows }) => sum + rows, 0), visible.length);
  await checkSums(scene, head);
  return head.version;
}

/** Keys and the imports that brought their values, of all that is visible. */
async function visibleRows(facts: MongoFacts, head: Head): Promise<string[]> {
  const where = { w: "default", ...visibleAt(head.version, head.aborted) };
  const rows = await facts.rows.find(where, { projection: { k: 1, c: 1 } }).toArray();
  return rows.map(({ k, c }: Pick<RowDocument, "k" | "c">) => `${k} ${c}`).sort();
}

/** The same, worked out from the claims of the imports that count; each must have all of its claims. */
async function claimedRows(facts: MongoFacts, head: Head): Promise<string[]> {
  const imports = await readImports(facts, head);
  const winners = new Map<string, { seq: number; content: number }>();
  const claimed = new Map<number, number>();
  for (const bucket of await facts.claims.find({ w: "default" }).toArray()) {
    const by = imports.get(bucket.f);
    if (!by) continue;
    for (const { key, content } of unpackClaims(bucket)) {
      if (content !== 0) claimed.set(bucket.f, (claimed.get(bucket.f) ?? 0) + 1);
      if (by.state !== "published" || (winners.get(key)?.seq ?? 0) > bucket.f) continue;
      winners.set(key, { seq: bucket.f, content });
    }
  }
  for (const seq of imports.keys()) assert.equal(claimed.get(seq), 1_200, `import ${seq} lacks claims`);
  return [...winners].filter(([, { content }]) => content !== 0).map(([key, { content }]) => `${key} ${content}`)
    .sort();
}

/** By the rollup and by the rows, the sums are the same. */
async function checkSums({ facts, warehouse }: Scene, head: Head): Promise<void> {
  const where = { w: "default", ...visibleAt(head.version, head.aborted) };
  const [rows] = await facts.rows.aggregate([{ $match: where }, { $group: { _id: null, n: { $sum: "$v.clicks" } } }])
    .toArray();
  const { totals, rollup } = await warehouse.query(ref, {
    version: head.version,
    from: null,
    to: null,
    groups: [{ id: "campaign", column: "campaign_id" }],
    aggregates: [{ id: "clicks", fn: "sum", column: "clicks" }],
    where: null,
    order: [],
    limit: 1,
    offset: 0,
    totals: true,
  });
  assert.equal(rollup, "day");
  assert.equal(totals?.clicks, BigInt(rows?.n ?? 0));
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
