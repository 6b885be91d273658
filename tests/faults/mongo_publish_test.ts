/** Publishing and turning imports while MongoDB refuses, loses its answers, or its connections are cut. */
import assert from "node:assert/strict";
import { Duck } from "@/lib/duckdb/duckdb.ts";
import { Mongo } from "@/lib/mongo/mongo.ts";
import { openDuckWarehouse } from "@/lib/warehouse/duckdb.ts";
import type { DatasetRef, PublishResult, Warehouse } from "@/lib/warehouse/mod.ts";
import { openMongoWarehouse } from "@/lib/warehouse/mongo.ts";
import { fact } from "@/tests/contracts/warehouse.ts";
import { stageTestRows, testDataset, type TestRow } from "@/tests/contracts/warehouse_rows.ts";
import { missingOwnMongo, startMongo } from "@/tests/servers/mongo.ts";
import { serverSuite } from "@/tests/servers/server.ts";
import { startMongoProxy } from "./mongo_proxy.ts";
import { startTcpProxy } from "./tcp_proxy.ts";

const ref: DatasetRef = { workspace: "default", dataset: testDataset };
const delay = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

serverSuite("publishing to MongoDB", missingOwnMongo(), () => {
  Deno.test("fault 9: writes refused or done without an answer, at any place of an act: nothing lost, nothing double", async () => {
    await using server = await ownServer();
    for (const replicaSet of [false, true]) {
      const proxy = startMongoProxy(server, { replicaSet });
      const pair = await openPair(proxy.uri, `refused_${replicaSet}`);
      try {
        for (let round = 0; round < 6; round++) {
          await pair.both(round, async () => {
            for (const executed of [true, false]) {
              await delay(Math.random() * 40);
              proxy.refuse({
                commands: ["insert", "update"],
                times: 2,
                code: 10_107,
                codeName: "NotWritablePrimary",
                executed,
              });
            }
          });
        }
      } finally {
        await pair.close();
        await proxy.close();
      }
    }
  });

  Deno.test("connections cut while an import is published: nothing lost, nothing double", async () => {
    await using server = await ownServer();
    const proxy = startTcpProxy(server);
    const pair = await openPair(`mongodb://127.0.0.1:${proxy.port}`, "cut");
    try {
      for (let round = 0; round < 6; round++) {
        await pair.both(round, async () => {
          for (let cuts = 0; cuts < 3; cuts++) {
            await delay(20 + Math.random() * 60);
            proxy.cut();
          }
        });
      }
    } finally {
      await pair.close();
      await proxy.close();
    }
  });
});

async function ownServer(): Promise<{ port: number } & AsyncDisposable> {
  const server = await startMongo();
  return { port: server.port, [Symbol.asyncDispose]: () => server.stop() };
}

/** The same acts over the faulty way and, without any fault, in DuckDB: both must say and hold the same. */
async function openPair(uri: string, database: string) {
  const duck = await Duck.open({ path: ":memory:", threads: 1 });
  const mongo = Mongo.open({ uri, database });
  const now = () => new Date("2026-02-01T00:00:00Z");
  const [plain, faulty] = [openDuckWarehouse({ duck, now }), openMongoWarehouse({ mongo, duck, now })];
  return {
    /** Publishes one more import, rolls the one before back and restores it, while faults are at work. */
    async both(round: number, faults: () => Promise<void>): Promise<void> {
      const staged = await stageTestRows(duck, ref, rowsOf(round), `i${round}`);
      const acts = (warehouse: Warehouse) => actsOf(warehouse, round, () => warehouse.stage(ref, staged));
      const expected = await acts(plain);
      const [told] = await Promise.all([acts(faulty), faults()]);
      assert.deepEqual(told, expected);
      assert.deepEqual(await held(faulty), await held(plain));
    },
    async close() {
      await mongo.close();
      await duck.close();
    },
  };
}

async function actsOf(warehouse: Warehouse, round: number, stage: () => Promise<void>): Promise<PublishResult[]> {
  await stage();
  const version = async () => (await warehouse.state(ref)).version;
  const mode = round % 2 === 0 ? "merge" as const : "replace" as const;
  const options = { expectedVersion: await version(), mode, provisionalFrom: null };
  const results = [await warehouse.publish(ref, `i${round}`, options)];
  if (round > 0) {
    const before = `i${round - 1}`;
    results.push(await warehouse.rollback(ref, before, { expectedVersion: await version() }));
    results.push(await warehouse.restore(ref, before, { expectedVersion: await version() }));
  }
  await warehouse.refreshRollups(ref);
  return results;
}

async function held(warehouse: Warehouse): Promise<unknown[]> {
  const state = await warehouse.state(ref);
  const { rows, totals } = await warehouse.query(ref, {
    version: state.version,
    from: null,
    to: null,
    groups: [{ id: "date", column: "date" }, { id: "campaign", column: "campaign_id" }],
    aggregates: [{ id: "clicks", fn: "sum", column: "clicks" }, { id: "rows", fn: "count_rows" }],
    where: null,
    order: [],
    limit: null,
    offset: 0,
    totals: true,
  });
  return [state, rows, totals, await warehouse.coverage(ref)];
}

/** Some rows stay from round to round, some change, some come and go. */
function rowsOf(round: number): TestRow[] {
  return Array.from(
    { length: 60 },
    (_, n) =>
      fact(1 + n % 20, `c${Math.floor(n / 20) + round % 2}`, n % 3 === 0 ? n : n + round, {
        campaign: `Campaign ${n % 5 + round}`,
      }),
  );
}
