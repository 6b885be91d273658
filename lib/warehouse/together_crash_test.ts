import assert from "node:assert/strict";
import { Duck } from "@/lib/duckdb/duckdb.ts";
import { freshDatabase, missingMongo, mongoUri } from "@/tests/servers/mongo.ts";
import { serverSuite } from "@/tests/servers/server.ts";
import { openDuckWarehouse } from "./duckdb.ts";
import type { DatasetRef, Warehouse } from "./mod.ts";
import { openMongoWarehouse } from "./mongo.ts";
import { collectionNames, type Head } from "./mongo_layout.ts";
import { togetherDatasets } from "./together_worker.ts";

/** More, for a long look. */
const ROUNDS = Number(Deno.env.get("TOGETHER_ROUNDS") ?? 5);
const missing = missingMongo();
if (missing === null) await mongoUri();
const refs = togetherDatasets.map((dataset): DatasetRef => ({ workspace: "default", dataset }));

Deno.test("killed at any moment, parts in several datasets all count or none does", async () => {
  const directory = await Deno.makeTempDir();
  const path = `${directory}/warehouse.duckdb`;
  try {
    let acts = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const acknowledged = await killWhileWriting([String(1 + round * 1_000), path], Math.random() * 500);
      const duck = await Duck.open({ path, threads: 1 });
      const stand = await checkWhole(openDuckWarehouse({ duck }));
      await duck.close();
      assert.ok(stand >= acts + acknowledged, `${acts + acknowledged} acts were acknowledged, ${stand} stand`);
      acts = stand;
    }
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});

serverSuite("several datasets in MongoDB", missing, () => {
  Deno.test("killed at any moment, parts in several datasets all count in MongoDB or none does, for every reader", async () => {
    await using database = await freshDatabase();
    const mongo = database.open();
    const duck = await Duck.open({ path: ":memory:", threads: 1 });
    const warehouse = openMongoWarehouse({ mongo, duck });
    try {
      let acts = 0;
      for (let round = 0; round < ROUNDS; round++) {
        const reading = new AbortController();
        const watched = readWhile(warehouse, reading.signal);
        const args = [String(1 + round * 1_000), database.uri, database.database];
        const acknowledged = await killWhileWriting(args, Math.random() * 900);
        reading.abort();
        const { asked, mixed } = await watched;
        assert.ok(asked > 0, "nothing was read meanwhile");
        assert.deepEqual(mixed, []);
        // Before anybody takes over, and after.
        const stood = await checkWhole(warehouse);
        const heads = mongo.collection<Head>(collectionNames("").heads);
        await heads.updateMany({}, { $set: { leaseMs: 1 } });
        for (const ref of refs) await warehouse.refreshRollups(ref);
        const stand = await checkWhole(warehouse);
        assert.equal(stand, stood, "taking over changed what counts");
        assert.ok(stand >= acts + acknowledged, `${acts + acknowledged} acts were acknowledged, ${stand} stand`);
        acts = stand;
      }
      for (const head of await mongo.collection<Head>(collectionNames("").heads).find().toArray()) {
        assert.deepEqual([head.owner, head.pendingVersion, head.joint ?? null], [null, null, null]);
      }
    } finally {
      await duck.close();
    }
  });
});

/** Starts the worker, kills it some time after its first acknowledged act, and answers how many it told of. */
async function killWhileWriting(args: string[], after: number): Promise<number> {
  const worker = new URL("./together_worker.ts", import.meta.url).pathname;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", worker, ...args],
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const errors = new Response(child.stderr).text();
  let told = "";
  let timer: ReturnType<typeof setTimeout> | undefined;
  for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
    told += chunk;
    timer ??= setTimeout(() => child.kill("SIGKILL"), after);
  }
  const { signal } = await child.status;
  clearTimeout(timer);
  assert.equal(signal, "SIGKILL", `the worker ended by itself: ${await errors}`);
  await errors;
  return Number(told.slice(0, told.lastIndexOf("\n")).split("\n").at(-1));
}

/** Every act stands in both datasets, whole, and so do the sums. Answers how many acts there are. */
async function checkWhole(warehouse: Warehouse): Promise<number> {
  const [own, other] = await Promise.all(refs.map(async (ref) => {
    const { acts } = await warehouse.history.outline(ref);
    return acts.map(({ action, import: id }) => `${action} ${id.split("-")[0]}`);
  }));
  assert.deepEqual(own, other!.flatMap((act) => [act, act]));
  const [clicks, half] = await Promise.all(refs.map((ref) => clicksIn(warehouse, ref)));
  assert.equal(clicks, 2n * half!);
  return other!.length;
}

async function clicksIn(warehouse: Warehouse, ref: DatasetRef, version?: number): Promise<bigint> {
  const { totals } = await warehouse.query(ref, {
    version: version ?? (await warehouse.state(ref)).version,
    from: null,
    to: null,
    groups: [],
    aggregates: [{ id: "clicks", fn: "sum", column: "clicks" }],
    where: null,
    order: [],
    limit: 1,
    offset: 0,
    totals: true,
  });
  return totals?.clicks as bigint | null ?? 0n;
}

/** Asks both for their sums, over and over, at versions that stood at one moment: they are always whole. */
async function readWhile(warehouse: Warehouse, signal: AbortSignal): Promise<{ asked: number; mixed: string[] }> {
  const [own, other] = refs as [DatasetRef, DatasetRef];
  const mixed: string[] = [];
  let asked = 0;
  while (!signal.aborted) {
    const [first, second] = [(await warehouse.state(own)).version, (await warehouse.state(other)).version];
    if ((await warehouse.state(own)).version !== first) continue;
    const [clicks, half] = [await clicksIn(warehouse, own, first), await clicksIn(warehouse, other, second)];
    if (clicks !== 2n * half) mixed.push(`at ${first} and ${second}: ${clicks} and ${half}`);
    asked++;
  }
  return { asked, mixed };
}
