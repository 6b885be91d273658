/** The same facts as documents in MongoDB, in the layout that publishing writes: what questions are tested against. */
import type { Mongo } from "@/lib/mongo/mongo.ts";
import { type Dataset, timeColumn } from "@/lib/model/mod.ts";
import type { DatasetState, FactQuery, Warehouse } from "@/lib/warehouse/mod.ts";
import {
  collectionNames,
  type CoverageDocument,
  fieldOf,
  type Head,
  type LabelDocument,
  OPEN,
  type RollupDocument,
  type RowDocument,
} from "@/lib/warehouse/mongo_layout.ts";
import { runMongoFactQuery } from "@/lib/warehouse/mongo_query.ts";
import type { ReadFacts } from "@/lib/warehouse/mongo_query_moment.ts";
import { readMongoValues } from "@/lib/warehouse/mongo_values.ts";
import { rollupColumns, rollupDefinitions } from "@/lib/warehouse/rollup_definitions.ts";
import { VersionMemory } from "@/lib/warehouse/version_memory.ts";
import type { FactRow, Facts } from "./fact_tables.ts";

const WORKSPACE = "default";

/**
 * Each version of the facts is the double here: between any two lies one that a writer reserved and did not finish. What
 * it wrote is there too, and must never count.
 */
const stored = (version: number) => 2 * version;
const DIED = 3;

/** Writes the documents of one dataset, in the place of what was there. */
export async function createMongoFacts(mongo: Mongo, facts: Facts): Promise<MongoFixture> {
  const { dataset } = facts;
  const read = readFacts(mongo, dataset);
  const documents = facts.rows.map((row, i) => rowDocument(dataset, row, `${i}`));
  const rows = documents.flatMap((document, i) => {
    if (i % 3 !== 0) return [document];
    // A dead writer changed this one: its own version never counts, and where it ended the old one that is open still.
    const died = { ...document, _id: `${document._id}/died`, f: DIED, v: { ...document.v, spend: 1n, clicks: 1n } };
    return [document.t === OPEN ? { ...document, t: DIED } : document, died];
  });
  const coverage = coverageDocuments(facts, documents);
  const labels = labelDocuments(dataset, documents);
  const definitions = rollupDefinitions(dataset);
  const write = async (name: string, all: { _id: string }[]) => {
    const collection = mongo.collection<{ _id: string }>(name);
    await collection.deleteMany({});
    if (all.length > 0) await collection.insertMany(all);
  };
  const names = collectionNames(dataset.id);
  await write(names.rows, rows);
  await write(names.coverage, coverage);
  await write(names.labels, labels);
  const head: Head = { ...headOf(facts, documents), rollups: [] };
  for (const definition of definitions) {
    const isDaily = facts.levels.every(({ grain }) => grain === "day");
    await write(names.rollup(definition.name), isDaily ? rollupDocuments(dataset, documents, definition) : []);
    head.rollups.push({
      ...definition,
      version: head.version,
      generation: 2,
      abortedGenerations: [1],
      columns: rollupColumns(dataset, definition),
      left: false,
    });
  }
  await read.heads.deleteMany({ _id: read.headId });
  await read.heads.insertOne(head);
  return { facts, read };
}

/** A dataset as it was written, and where. */
export interface MongoFixture {
  facts: Facts;
  read: ReadFacts;
}

/** The collections of a dataset as questions read them. */
export function readFacts(mongo: Mongo, dataset: Dataset, workspace = WORKSPACE): ReadFacts {
  const names = collectionNames(dataset.id);
  return {
    mongo,
    ref: { workspace, dataset },
    workspace,
    headId: `${workspace}/${dataset.id}`,
    heads: mongo.collection(names.heads),
    rows: mongo.collection(names.rows, { int64: "bigint" }),
    coverage: mongo.collection(names.coverage),
    labels: mongo.collection(names.labels),
    rollup: (name) => mongo.collection(names.rollup(name), { int64: "bigint" }),
  };
}

/** The parts of a warehouse that questions need, over such documents. */
export function mongoWarehouse(fixtures: Record<string, MongoFixture>): Warehouse {
  const memory = new VersionMemory();
  const fixtureOf = (dataset: Dataset): MongoFixture => {
    const fixture = fixtures[dataset.id];
    if (!fixture) throw new TypeError(`Cannot find dataset "${dataset.id}" in the fixture`);
    return fixture;
  };
  const readOf = (dataset: Dataset) => ({ ...fixtureOf(dataset).read, ref: { workspace: WORKSPACE, dataset } });
  const parts: Pick<Warehouse, "state" | "query" | "values" | "versionAsOf"> = {
    state: ({ dataset }) => Promise.resolve(stateOf(fixtureOf(dataset).facts)),
    query: ({ dataset }, query: FactQuery) =>
      runMongoFactQuery(readOf(dataset), { memory }, { ...query, version: stored(query.version) }),
    values: ({ dataset }, column, options) => readMongoValues(readOf(dataset), { memory }, column, options),
    versionAsOf: (_ref, asOf) => Promise.resolve(/^\d+$/.test(asOf) ? Number(asOf) : 0),
  };
  return parts as Warehouse;
}

/** What the warehouse would say of the facts. */
function stateOf({ dataset, levels, version, rows }: Facts): DatasetState {
  const now = rows.filter((row) => row.to === null && row.from <= version);
  const days = now.map((row) => String(row.values[timeColumn(dataset).name])).sort();
  const currencies = now.map((row) => row.values.currency).filter((currency) => typeof currency === "string");
  return {
    version,
    asOf: version ? "2026-03-01T06:00:00.000Z" : null,
    rows: now.length,
    range: days.length > 0 ? { from: days[0]!, to: days.at(-1)! } : null,
    levels: levels.map(({ name, grain, columns }) => ({ level: name, grain, columns, rows: 0 })),
    accounts: [],
    currencies: [...new Set(currencies)].sort(),
  };
}

function rowDocument(dataset: Dataset, row: FactRow, key: string): RowDocument {
  const time = timeColumn(dataset).name;
  const day = String(row.values[time]);
  const cells = Object.entries(row.values).filter(([name, value]) => name !== time && value !== null);
  const cell = (name: string) => typeof row.values[name] === "string" ? row.values[name] : null;
  return {
    _id: `${WORKSPACE}/${stored(row.from)}/${key}`,
    w: WORKSPACE,
    k: key,
    c: row.import,
    i: row.import,
    l: row.level,
    f: stored(row.from),
    t: row.to === null ? OPEN : stored(row.to),
    d: day,
    m: day.slice(0, 7),
    u: row.until ?? day,
    p: row.provisional ?? false,
    h: "",
    o: cell("platform") ?? "",
    a: cell("account_id") ?? cell("account") ?? "",
    v: Object.fromEntries(cells.map(([name, value]) => [fieldOf(name), value])),
  };
}

function coverageDocuments({ levels, version }: Facts, rows: RowDocument[]): CoverageDocument[] {
  const daily = levels.filter(({ grain }) => grain === "day").map(({ level }) => level);
  return Array.from({ length: version }, (_, i) => stored(i + 1)).flatMap((at) => {
    const visible = rows.filter((row) => row.f <= at && row.t > at && daily.includes(row.l));
    const cells = Map.groupBy(visible, ({ o, a, d, l }) => JSON.stringify([o, a, d, l]));
    return [...cells].map(([key, rows]): CoverageDocument => ({
      _id: `${WORKSPACE}/${at}/${key}`,
      w: WORKSPACE,
      f: at,
      t: at === stored(version) ? OPEN : at + 2,
      o: rows[0]!.o,
      a: rows[0]!.a,
      d: rows[0]!.d,
      l: rows[0]!.l,
      i: Math.max(...rows.map(({ i }) => i)),
      rows: rows.length,
      p: rows.some(({ p }) => p),
      u: rows[0]!.d,
      cu: [],
    }));
  });
}

function labelDocuments(dataset: Dataset, rows: RowDocument[]): LabelDocument[] {
  const open = rows.filter(({ t }) => t === OPEN);
  return dataset.columns.flatMap(({ name, labels }) => {
    if (!labels) return [];
    const [idField, field] = [fieldOf(labels), fieldOf(name)];
    const named = open.filter(({ v }) => typeof v[idField] === "string" && typeof v[field] === "string");
    const entities = Map.groupBy(named, ({ o, a, v }) => JSON.stringify([name, o, a, v[idField]]));
    return [...entities].map(([key, rows]): LabelDocument => {
      const best = rows.toSorted((a, b) =>
        a.i - b.i || (a.d < b.d ? -1 : a.d > b.d ? 1 : byPoints(a.v[field], b.v[field]))
      );
      const { o, a, i, v } = best.at(-1)!;
      const label = String(v[field]);
      return {
        _id: `${WORKSPACE}/2/${key}`,
        w: WORKSPACE,
        f: 2,
        t: OPEN,
        column: name,
        o,
        a,
        id: String(v[idField]),
        label,
        i,
      };
    });
  });
}

function byPoints(a: unknown, b: unknown): number {
  return new TextEncoder().encode(String(a)).reduce((order, byte, i) => order || byte - bytesOf(b)[i]!, 0) ||
    String(a).length - String(b).length;
}

function bytesOf(text: unknown): Uint8Array {
  return new TextEncoder().encode(String(text));
}

/** Generation 2 stands; what a dead one wrote never counts. */
function rollupDocuments(
  dataset: Dataset,
  rows: RowDocument[],
  { grain, dimensions }: { grain: "day" | "month"; dimensions: string[] },
): RollupDocument[] {
  const open = rows.filter(({ t }) => t === OPEN);
  const fields = dimensions.map(fieldOf);
  const period = ({ d, m }: RowDocument) => grain === "day" ? d : `${m}-01`;
  const groups = Map.groupBy(open, (row) => JSON.stringify([row.l, period(row), fields.map((name) => row.v[name])]));
  return [...groups].flatMap(([key, members], i) => {
    const first = members[0]!;
    const measures = dataset.columns.filter((column) => column.role === "measure" && column.additive);
    const sums = measures.flatMap(({ name }) => {
      const values = members.map(({ v }) => v[fieldOf(name)]).filter((value) => typeof value === "bigint");
      return values.length === 0
        ? []
        : [[fieldOf(name), { sum: values.reduce((a, b) => a + b), n: BigInt(values.length) }]];
    });
    const document: RollupDocument = {
      _id: `${WORKSPACE}/${grain}/${key}`,
      w: WORKSPACE,
      f: 2,
      t: OPEN,
      l: first.l,
      d: period(first),
      n: members.length,
      v: Object.fromEntries(fields.filter((name) => name in first.v).map((name) => [name, first.v[name]])),
      s: Object.fromEntries(sums),
    };
    return i % 2 === 0 ? [document] : [document, { ...document, _id: `${document._id}/died`, f: 1 }];
  });
}

function headOf({ dataset, levels, version }: Facts, rows: RowDocument[]): Omit<Head, "rollups"> {
  const daily = levels.filter(({ grain }) => grain === "day").map(({ level }) => level);
  const open = rows.filter((row) => row.t === OPEN);
  const days = open.filter((row) => row.p && daily.includes(row.l)).map(({ d }) => d).sort();
  return {
    _id: `${WORKSPACE}/${dataset.id}`,
    workspace: WORKSPACE,
    dataset: dataset.id,
    version: stored(version),
    at: "2026-03-01T06:00:00.000Z",
    reserved: stored(version) + 1,
    aborted: [DIED],
    levels,
    columns: dataset.columns.map(({ name }) => name),
    types: dataset.columns.map(({ type }) => type === "date" || type === "text" ? type : "int64"),
    provisional: days.length > 0 ? { from: days[0]!, to: days.at(-1)! } : null,
    generation: 2,
    abortedGenerations: [1],
    kept: 0,
    compactions: [],
    owner: null,
    renewedAt: null,
    leaseMs: 0,
    pendingVersion: null,
    pendingGeneration: null,
  };
}
