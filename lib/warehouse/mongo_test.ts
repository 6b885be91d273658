import assert from "node:assert/strict";
import { Duck } from "@/lib/duckdb/duckdb.ts";
import { ConflictError, UnavailableError } from "@/lib/errors.ts";
import type { Mongo } from "@/lib/mongo/mongo.ts";
import { fact } from "@/tests/contracts/warehouse.ts";
import { stageTestRows, testDataset, type TestRow } from "@/tests/contracts/warehouse_rows.ts";
import { freshDatabase, missingMongo, mongoUri } from "@/tests/servers/mongo.ts";
import { serverSuite } from "@/tests/servers/server.ts";
import type { DatasetRef, PublishOptions, PublishResult, Warehouse } from "./mod.ts";
import { openMongoWarehouse } from "./mongo.ts";
import { mongoFacts, readHead } from "./mongo_facts.ts";
import { factIndexes } from "./mongo_indexes.ts";
import { collectionNames, OPEN, type RowDocument } from "./mongo_layout.ts";
import { rowDocument } from "./mongo_rows.ts";
import { ship } from "./mongo_ship.ts";
import { asWriter, Writer } from "./mongo_writer.ts";

const missing = missingMongo();
if (missing === null) await mongoUri();

const ref: DatasetRef = { workspace: "default", dataset: testDataset };
const merge = (expectedVersion: number): PublishOptions => ({ expectedVersion, mode: "merge", provisionalFrom: null });

/** Two instances on one database. */
interface Instances extends AsyncDisposable {
  mongo: Mongo;
  first: Warehouse;
  second: Warehouse;
  publish(warehouse: Warehouse, id: string, rows: TestRow[], expectedVersion: number): Promise<PublishResult>;
}

async function twoInstances(times: { leaseMs?: number; waitMs?: number } = {}): Promise<Instances> {
  const database = await freshDatabase();
  const mongo = database.open();
  const ducks = [await Duck.open({ path: ":memory:", threads: 1 }), await Duck.open({ path: ":memory:", threads: 1 })];
  const first = openMongoWarehouse({ mongo, duck: ducks[0]!, ...times });
  const second = openMongoWarehouse({ mongo: database.open(), duck: ducks[1]!, ...times });
  return {
    mongo,
    first,
    second,
    async publish(warehouse, id, rows, expectedVersion) {
      const duck = ducks[warehouse === first ? 0 : 1]!;
      await warehouse.stage(ref, await stageTestRows(duck, ref, rows, id));
      return await warehouse.publish(ref, id, merge(expectedVersion));
    },
    async [Symbol.asyncDispose]() {
      for (const duck of ducks) await duck.close();
      await database.drop();
    },
  };
}

async function clicks(warehouse: Warehouse, version?: number): Promise<Record<string, bigint>> {
  const { rows } = await warehouse.query(ref, {
    version: version ?? (await warehouse.state(ref)).version,
    from: null,
    to: null,
    groups: [{ id: "campaign", column: "campaign_id" }],
    aggregates: [{ id: "clicks", fn: "sum", column: "clicks" }],
    where: null,
    order: [],
    limit: null,
    offset: 0,
    totals: false,
  });
  return Object.fromEntries(rows.map((row) => [String(row.campaign), row.clicks as bigint]));
}

Deno.test("factIndexes() begin with the workspace, and each shard key has an index that begins with it", () => {
  for (const { collection, indexes, shardKey } of factIndexes(testDataset)) {
    for (const index of indexes) assert.equal(Object.keys(index)[0], "w", collection);
    if (!shardKey) continue;
    const fields = Object.keys(shardKey);
    assert.equal(fields[0], "w", collection);
    const serving = indexes.some((index) => fields.every((field, n) => Object.keys(index)[n] === field));
    assert.ok(serving, `no index of ${collection} begins with its shard key`);
  }
});

serverSuite("mongo warehouse", missing, () => {
  Deno.test("of two publishers at the same time one makes the version, the other hears version-conflict", async () => {
    await using instances = await twoInstances();
    const { first, second, publish } = instances;
    await publish(first, "i0", [fact(1, "c1", 1)], 0);
    for (let round = 1; round <= 4; round++) {
      const settled = await Promise.allSettled([
        publish(first, `a${round}`, [fact(1, "c1", round)], round),
        publish(second, `b${round}`, [fact(1, "c1", 100 + round)], round),
      ]);
      const refused = settled.filter((one) => one.status === "rejected").map(({ reason }) => reason);
      assert.equal(refused.length, 1);
      assert.ok(refused[0] instanceof ConflictError, String(refused[0]));
      assert.equal(refused[0].code, "version-conflict");
      const value = settled[0]!.status === "fulfilled" ? round : 100 + round;
      assert.deepEqual(await clicks(first), { c1: BigInt(value) });
      assert.deepEqual(await clicks(second), { c1: BigInt(value) });
    }
  });

  Deno.test("one import published by two instances at the same time is one version", async () => {
    await using instances = await twoInstances();
    const { first, second, publish } = instances;
    const rows = [fact(1, "c1", 1), fact(2, "c2", 2)];
    const [a, b] = await Promise.all([publish(first, "i1", rows, 0), publish(second, "i1", rows, 0)]);
    assert.deepEqual(a, b);
    assert.equal((await first.state(ref)).version, 1);
  });

  Deno.test("who waits too long for another publisher is told so, and nothing is changed", async () => {
    await using instances = await twoInstances({ waitMs: 150 });
    const { mongo, first, publish } = instances;
    await publish(first, "i1", [fact(1, "c1", 1)], 0);
    const writer = new Writer(mongoFacts(mongo, ref), 30_000);
    await writer.begin(1_000);
    await assert.rejects(publish(first, "i2", [fact(1, "c1", 2)], 1), (error) => {
      assert.ok(error instanceof UnavailableError);
      assert.match(error.message, /another change of it has been under way/);
      return true;
    });
    await writer.end();
    assert.equal((await publish(first, "i2", [fact(1, "c1", 2)], 1)).version, 2);
  });

  Deno.test("a lease that was taken while its answer got lost is given back at once", async () => {
    await using instances = await twoInstances();
    await instances.publish(instances.first, "i1", [fact(1, "c1", 1)], 0);
    const facts = mongoFacts(instances.mongo, ref);
    let taken = false;
    let lost = 0;
    const heads = new Proxy(facts.heads, {
      get(target, name) {
        if (name === "updateOne") {
          return (...args: Parameters<typeof target.updateOne>) => {
            taken = true;
            return target.updateOne(...args);
          };
        }
        if (name === "findOne" && taken && lost++ === 0) throw new UnavailableError("it did not answer in time");
        const member = Reflect.get(target, name, target);
        return typeof member === "function" ? member.bind(target) : member;
      },
    });
    await assert.rejects(() => asWriter({ ...facts, heads }, {}, () => Promise.resolve()), UnavailableError);
    assert.equal(lost > 0, true);
    assert.equal((await readHead(facts))?.owner, null);
  });

  Deno.test("what a publisher wrote that died counts never: its successor begins from what stood", async () => {
    await using instances = await twoInstances();
    const { mongo, first, publish } = instances;
    await publish(first, "i1", [fact(1, "c1", 1), fact(1, "c2", 2)], 0);
    const facts = mongoFacts(mongo, ref);
    const dead = new Writer(facts, 60_000);
    await dead.begin(1_000);
    await writeAll(facts, await dead.reserveVersion(), await facts.rows.find({ w: "default", t: OPEN }).toArray());
    await letLeaseEnd(facts);
    assert.deepEqual(await clicks(first), { c1: 1n, c2: 2n });
    const result = await publish(first, "i2", [fact(1, "c1", 7)], 1);
    assert.equal(result.version, 3, "version 2 was given out and is never used again");
    assert.deepEqual([result.updated, result.inserted], [1, 0]);
    assert.deepEqual(await clicks(first), { c1: 7n, c2: 2n });
    assert.deepEqual(await clicks(first, 1), { c1: 1n, c2: 2n });
    assert.deepEqual((await readHead(facts))?.aborted, [2]);
    await dead.end();
    // Compaction takes away what was left behind, and nothing else.
    await first.compact(ref, { before: "2000-01-01" });
    assert.equal(await facts.rows.countDocuments({ w: "default", f: 2 }), 0);
    assert.deepEqual(await clicks(first), { c1: 7n, c2: 2n });
  });

  Deno.test("what a frozen publisher writes after its successor's switch stays invisible, and its switch fails", async () => {
    await using instances = await twoInstances();
    const { mongo, first, second, publish } = instances;
    await publish(first, "i1", [fact(1, "c1", 1), fact(1, "c2", 2), fact(1, "c3", 3)], 0);
    const facts = mongoFacts(mongo, ref);
    const standing = await facts.rows.find({ w: "default" }).toArray();
    const frozen = new Writer(facts, 60_000);
    await frozen.begin(1_000);
    const version = await frozen.reserveVersion();
    await letLeaseEnd(facts);
    // The successor ends c1 and leaves the others as they are.
    await publish(second, "i2", [fact(1, "c1", 10)], 1);
    const expected = { c1: 10n, c2: 2n, c3: 3n };
    assert.deepEqual(await clicks(second), expected);

    await writeAll(facts, version, standing);
    assert.deepEqual(await clicks(first), expected);
    assert.deepEqual(await clicks(first, 1), { c1: 1n, c2: 2n, c3: 3n });
    frozen.prepare({ version, at: "2999-01-01T00:00:00Z" });
    await assert.rejects(frozen.publish(), UnavailableError);
    await frozen.end();
    assert.deepEqual(await clicks(first), expected);

    // And again after one more change, a turn, and in a rollup.
    await publish(first, "i3", [fact(1, "c2", 20)], 3);
    await writeAll(facts, version, standing);
    await first.refreshRollups(ref);
    assert.deepEqual(await clicks(second), { c1: 10n, c2: 20n, c3: 3n });
    await first.rollback(ref, "i3", { expectedVersion: 4 });
    assert.deepEqual(await clicks(second), expected);
    assert.deepEqual((await second.state(ref)).rows, 3);
  });

  Deno.test("rows that were not all met are read again, and never taken for what stands", async () => {
    await using instances = await twoInstances();
    const { mongo, first, publish } = instances;
    await publish(first, "i1", [fact(1, "c1", 1), fact(1, "c2", 2)], 0);
    const facts = mongoFacts(mongo, ref);
    const hidden = (await facts.rows.find({ w: "default" }).toArray())[0]!;
    await facts.rows.deleteOne({ _id: hidden._id });
    await assert.rejects(publish(first, "i2", [fact(1, "c1", 3), fact(1, "c2", 4)], 1), (error) => {
      assert.ok(error instanceof UnavailableError);
      assert.match(error.message, /its rows are 1, by the coverage 2/);
      return true;
    });
    await facts.rows.insertOne(hidden);
    const { updated, inserted } = await publish(first, "i2", [fact(1, "c1", 3), fact(1, "c2", 4)], 1);
    assert.deepEqual([updated, inserted], [2, 0]);
  });

  Deno.test("columns of any name and numbers of 64 bits are kept as they are", async () => {
    await using instances = await twoInstances();
    const { mongo } = instances;
    const rows = mongo.collection<RowDocument>(collectionNames("facts").rows, { int64: "bigint" });
    const facts = mongoFacts(mongo, ref);
    const values = { "a%2Eb": 9_223_372_036_854_775_807n, "%24where": -9_223_372_036_854_775_808n, plain: "x" };
    const row = { k: "0".repeat(32), d: "2026-01-31", u: "2026-01-31", o: "", a: "", h: "h", v: values };
    const document = rowDocument(facts, row, { version: 1, level: 1, content: 1, import: 1, provisional: false });
    await rows.insertOne(document);
    const read = await rows.findOne({ _id: document._id });
    assert.deepEqual(read?.v, values);
    assert.deepEqual([read?.m, read?.t], ["2026-01", OPEN]);
  });
});

/** As if the holder had not been heard of for as long as its lease is. */
async function letLeaseEnd(facts: ReturnType<typeof mongoFacts>): Promise<void> {
  await facts.heads.updateOne({ _id: facts.headId }, { $set: { leaseMs: 1 } });
  await new Promise((resolve) => setTimeout(resolve, 10));
}

/** Writes as a publisher would that gives every row new values; nobody asks whether it still may. */
async function writeAll(facts: ReturnType<typeof mongoFacts>, version: number, standing: RowDocument[]): Promise<void> {
  await ship(facts, { check() {} }, async (sent) => {
    const place = { version, level: 1, content: version, import: version, provisional: false };
    await sent.insert(
      facts.rows,
      standing.map((row) => rowDocument(facts, { ...row, v: { ...row.v, clicks: 999n } }, place)),
    );
    const ended = standing.map(({ _id, d }) => ({ id: _id, day: d }));
    await sent.close(facts.rows, ended, { version, aborted: [], level: 1 });
  });
}
