/** The server mode: rows into MongoDB, and the questions of a dashboard with and without rollups. */
import { join } from "node:path";
import { openSqliteDocuments } from "@/lib/documents/sqlite.ts";
import { Duck } from "@/lib/duckdb/duckdb.ts";
import { adsDataset } from "@/lib/model/datasets/ads.ts";
import { addDays } from "@/lib/model/calendar.ts";
import { LOCAL_OWNER, type MetricQueryInput } from "@/lib/model/mod.ts";
import { Mongo } from "@/lib/mongo/mongo.ts";
import { collectionNames } from "@/lib/warehouse/mongo_layout.ts";
import { openMongoWarehouse } from "@/lib/warehouse/mongo.ts";
import type { DatasetRef, Warehouse } from "@/lib/warehouse/mod.ts";
import { sourceRegistry } from "@/lib/source/mod.ts";
import { builtInSources } from "@/plugins/mod.ts";
import { runMetricQuery } from "@/lib/query/run_metric_query.ts";
import { mongoUri, startMongo } from "@/tests/servers/mongo.ts";
import { daysOf, writeAdsFile } from "./ads_file.ts";
import { median, timed } from "./measure.ts";
import { noCache } from "./no_cache.ts";
import { QUESTIONS } from "./questions.ts";
import type { Figure } from "./report.ts";
import { importFile, openBench, withScratch } from "./scratch.ts";

const REF: DatasetRef = { workspace: LOCAL_OWNER.workspace, dataset: adsDataset };

/** What is published, one after the other. `changed`: of so many rows one has another value than before. */
const PUBLISHED = [
  { name: "publish, all new", changed: null },
  { name: "publish, the same again", changed: null },
  { name: "publish, 10 % changed", changed: 10 },
];

/** Publishes `rows` rows into the server that `MONGODB_URI` names, or that of the tests, and asks the questions. */
export async function benchMongo(rows: number, rounds: number): Promise<Figure[]> {
  return await withScratch(async (scratch) => {
    const server = Deno.env.get("MONGODB_URI") ? null : await startMongo();
    const uri = server?.uri ?? await mongoUri();
    const mongo = Mongo.open({ uri, database: `bench_${crypto.randomUUID().slice(0, 8)}` });
    const dataDir = join(scratch, "data");
    await importOnce(scratch, dataDir, rows);
    const duck = await Duck.open({ path: join(dataDir, "warehouse.duckdb") });
    const documents = openSqliteDocuments({ path: join(dataDir, "tessera.sqlite") });
    const warehouse = openMongoWarehouse({ mongo, duck });
    const sources = sourceRegistry(builtInSources);
    const asked = { documents, clock: { now: () => new Date() }, warehouse, cache: noCache(), sources };
    try {
      const figures: Figure[] = [];
      for (const [version, { name, changed }] of PUBLISHED.entries()) {
        const publish = await stageAgain(duck, warehouse, { rows, version, changed });
        const value = rows / await timed(publish) * 1_000;
        figures.push({ area: "mongo", name, value, unit: "rows/s", note: await bytesOf(mongo) });
      }
      const without = await askAll(asked, rows, rounds);
      figures.push({
        area: "mongo",
        name: "rollups, built anew",
        value: await timed(() => warehouse.refreshRollups(REF)),
        unit: "ms",
        note: await sizes(mongo),
      });
      const allowed = await askAll(asked, rows, rounds);
      for (const [i, { name }] of QUESTIONS.entries()) {
        const [plain, rolled] = [without[i]!, allowed[i]!];
        const note = `from rows ${Math.round(plain.ms)} ms, answered from ${rolled.from}`;
        figures.push({ area: "mongo", name, value: rolled.ms, unit: "ms", note });
      }
      return figures;
    } finally {
      await warehouse.close();
      await documents.close();
      await duck.close();
      await mongo.db.dropDatabase();
      await mongo.close();
      await server?.stop();
    }
  });
}

/** Brings the file in as a user does, so that the rows are typed and keyed as staging leaves them. */
async function importOnce(scratch: string, dataDir: string, rows: number): Promise<void> {
  const csv = join(scratch, "ads.csv");
  await writeAdsFile({ path: csv, rows });
  const services = await openBench(dataDir);
  try {
    await importFile(services, csv);
  } finally {
    await services.close();
  }
}

/** Stages the rows that stand in DuckDB; answers what publishes them to MongoDB. */
async function stageAgain(
  duck: Duck,
  warehouse: Warehouse,
  { rows, version, changed }: { rows: number; version: number; changed: number | null },
): Promise<() => Promise<unknown>> {
  const [level] = await duck.rows(`select name from "ws_default"."ads_levels"`);
  const stored = await duck.rows(
    `select column_name as name from information_schema.columns
     where table_schema = 'ws_default' and table_name = 'ads_row_versions'`,
  );
  const columns = adsDataset.columns.map(({ name }) => name).filter((name) => stored.some((one) => one.name === name));
  const values = columns.map((name) =>
    name === "clicks" && changed !== null ? `clicks + (rowid % ${changed} = 0)::bigint as clicks` : name
  );
  const importId = `bench_${version}`;
  const relation = `"ws_default"."${importId}"`;
  await duck.run(
    `create table ${relation} as select row_number() over () as _line, _key, _until, ${values.join(", ")}
     from "ws_default"."ads_row_versions" where _to is null`,
  );
  await warehouse.stage(REF, {
    importId,
    columns,
    level: String(level!.name),
    range: { from: "2000-01-01", to: addDays("2000-01-01", daysOf(rows) - 1) },
    counts: { read: rows, rows, collapsed: 0, duplicates: 0, rejected: 0, totals: 0 },
    duplicateLines: [],
    collapsedLines: [],
    duplicatesSummed: false,
    masked: 0,
    fileTotals: {},
    rowTotals: {},
    relation,
  });
  return () => warehouse.publish(REF, importId, { expectedVersion: version, mode: "merge", provisionalFrom: null });
}

/** What a row and its claim take, before the server compresses them. */
async function bytesOf(mongo: Mongo): Promise<string> {
  const names = collectionNames(adsDataset.id);
  const sample = async (name: string) => {
    // Whole documents as they travel; the driver's types know no such answers.
    const found = await mongo.collection(name).find({}, { raw: true, limit: 1_000 })
      .toArray() as unknown as Uint8Array[];
    return found.reduce((sum, { length }) => sum + length, 0) / found.length;
  };
  const [bucket] = await mongo.collection<{ n: number }>(names.claims)
    .aggregate<{ n: number }>([{ $group: { _id: null, n: { $avg: "$n" } } }]).toArray();
  const claim = await sample(names.claims) / (bucket?.n ?? 1);
  return `${Math.round(await sample(names.rows))} bytes a row version, ${Math.round(claim)} a claim`;
}

type Asked = Parameters<typeof runMetricQuery>[0];

async function askAll(services: Asked, rows: number, rounds: number): Promise<{ ms: number; from: string }[]> {
  const answers: { ms: number; from: string }[] = [];
  for (const { query } of QUESTIONS) {
    const question = withinDays(query, rows);
    let from = "rows";
    const times: number[] = [];
    for (let round = 0; round < rounds; round++) {
      times.push(
        await timed(async () => {
          const { rollup } = (await runMetricQuery(services, LOCAL_OWNER, question)).meta;
          if (rollup) from = `${rollup === "day" ? "daily" : "monthly"} rollup`;
        }),
      );
    }
    answers.push({ ms: median(times), from });
  }
  return answers;
}

/** Days that the rows have, where the question names others: the middle third. */
function withinDays(query: MetricQueryInput, rows: number): MetricQueryInput {
  if (!query.range || !("from" in query.range)) return query;
  const third = Math.floor(daysOf(rows) / 3);
  return { ...query, range: { from: addDays("2000-01-01", third), to: addDays("2000-01-01", 2 * third) } };
}

async function sizes(mongo: Mongo): Promise<string> {
  const names = collectionNames(adsDataset.id);
  const count = (name: string) => mongo.collection(name).estimatedDocumentCount();
  const [day, month] = [await count(names.rollup("rollup_day")), await count(names.rollup("rollup_month"))];
  return `${await count(names.rows)} rows, ${day} by day, ${month} by month`;
}
