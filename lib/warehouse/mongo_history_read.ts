/** Hands over what MongoDB holds of a dataset's history: what counts at the head, and nothing that was never published. */
import type { Document } from "@/lib/mongo/mongo.ts";
import { readClaims, unpackClaims } from "./mongo_claims.ts";
import { emptyHead, type MongoFacts, readHead } from "./mongo_facts.ts";
import { fieldOf, type Head, visibleAt } from "./mongo_layout.ts";
import { counted, type ImportRecord, isSealed, readImports } from "./mongo_versions.ts";
import { emptyPart, type HistoryOutline, type HistoryPart, keptFrom, runsOf } from "./history.ts";
import { labelPairs } from "./label_pairs.ts";

const READ_MS = 120_000;
const READ_BATCH = 5_000;
/** Row versions and claims of a part. */
const PART_ROWS = 20_000;
/** Imports whose names make a part. */
const NAMED_IMPORTS = 25;

/** What happened. */
export async function readMongoOutline(facts: MongoFacts): Promise<HistoryOutline> {
  const head = await readHead(facts) ?? emptyHead(facts);
  const log = await facts.mongo.run(
    "list the versions",
    () => facts.versions.find({ w: facts.workspace, ...counted(head) }).sort({ v: 1 }).toArray(),
    { withinMs: READ_MS },
  );
  const sealed = new Set(log.filter((act) => isSealed(act, head)).map(({ seq }) => seq));
  const columns = head.columns.map((name, i) => ({ name, type: head.types[i]! }));
  return {
    version: head.version,
    kept: keptFrom(head.kept, log.map(({ v }) => v)),
    levels: head.levels.map(({ level, name, grain, columns }) => ({ level, name, grain, columns }))
      .sort((a, b) => a.level - b.level),
    columns: columns.sort((a, b) => a.name < b.name ? -1 : 1),
    acts: log.map((act) => ({
      version: act.v,
      at: act.at,
      action: act.action,
      import: act.import,
      first: act.seq,
      level: act.level,
      provisionalFrom: act.provisionalFrom,
      touched: act.touched,
      result: act.result,
      sealed: act.action === "publish" && sealed.has(act.seq),
      ...act.whole === undefined ? {} : { whole: act.whole },
    })),
  };
}

/** The facts, in parts. */
export async function* readMongoParts(facts: MongoFacts, from: number): AsyncGenerator<HistoryPart> {
  const head = await readHead(facts) ?? emptyHead(facts);
  const imports = await readImports(facts, head);
  const places = await readPlaces(facts, head, imports);
  const runs = runsOf([...imports.keys()], () => 1, NAMED_IMPORTS);
  let index = 0;
  for (const { name } of labelPairs(facts.ref.dataset, head.columns)) {
    for (const run of runs) {
      if (index >= from) yield { ...emptyPart(index), names: await readNames(facts, name, run) };
      index++;
    }
  }
  if (index >= from) yield { ...emptyPart(index), labels: await readLabels(facts, head) };
  index++;
  for (const place of places) {
    if (index >= from) yield await readPlace(facts, head, imports, { index, ...place });
    index++;
  }
}

interface Place {
  level: number;
  days: string[];
}

/** Days of each level, cut where some thousand row versions and claims have come together. */
async function readPlaces(facts: MongoFacts, head: Head, imports: Map<number, ImportRecord>): Promise<Place[]> {
  const _id = { l: "$l", d: "$d" };
  const group = async (collection: MongoFacts["rows"] | MongoFacts["claims"], where: Document, n: Document) =>
    await facts.mongo.run(
      "count the rows",
      () =>
        (collection as MongoFacts["rows"]).aggregate<{ _id: { l: number; d: string }; n: number }>([
          { $match: { w: facts.workspace, ...where } },
          { $group: { _id, n } },
        ]).toArray(),
      { withinMs: READ_MS },
    );
  const held = [
    ...await group(facts.rows, counting(head), { $sum: 1 }),
    ...await group(facts.claims, { f: { $in: [...imports.keys()] } }, { $sum: "$n" }),
    ...await group(facts.coverage as unknown as MongoFacts["rows"], counting(head), { $sum: 0 }),
  ];
  const levels = new Map<number, Map<string, number>>();
  for (const { _id: { l, d }, n } of held) {
    const days = levels.get(Number(l)) ?? new Map<string, number>();
    levels.set(Number(l), days.set(d, (days.get(d) ?? 0) + Number(n)));
  }
  return [...levels].sort(([a], [b]) => a - b).flatMap(([level, days]) =>
    runsOf([...days.keys()].sort(), (day) => days.get(day)!, PART_ROWS).map((run) => ({ level, days: run }))
  );
}

async function readPlace(
  facts: MongoFacts,
  head: Head,
  imports: Map<number, ImportRecord>,
  { index, level, days }: Place & { index: number },
): Promise<HistoryPart> {
  const where = { w: facts.workspace, l: level, d: { $in: days }, ...counting(head) };
  const rows = await facts.mongo.run(
    "read the rows",
    () => facts.rows.find(where, { batchSize: READ_BATCH }).toArray(),
    { withinMs: READ_MS },
  );
  const coverage = await facts.mongo.run("read the coverage", () => facts.coverage.find(where).toArray(), {
    withinMs: READ_MS,
  });
  const columns = facts.ref.dataset.columns.filter(({ role }) => role !== "time").map(({ name }) => name);
  const buckets = await readClaims(facts, { level, days }, imports);
  return {
    ...emptyPart(index, level),
    rows: rows.map((row) => ({
      key: row.k,
      content: row.c,
      import: row.i,
      from: row.f,
      to: endOf(head, row.t),
      day: row.d,
      until: row.u,
      provisional: row.p,
      platform: row.o,
      account: row.a,
      values: valuesOf(columns, row.v ?? {}),
    })),
    claims: buckets.flatMap((bucket) =>
      unpackClaims(bucket).map(({ key, content }) => ({ key, day: bucket.d, import: bucket.f, content }))
    ),
    coverage: coverage.map((row) => ({
      platform: row.o,
      account: row.a,
      day: row.d,
      import: row.i,
      rows: row.rows,
      provisional: row.p,
      from: row.f,
      to: endOf(head, row.t),
    })),
  };
}

/** What some imports call the ids of a column. */
async function readNames(facts: MongoFacts, column: string, imports: number[]): Promise<HistoryPart["names"]> {
  const buckets = await facts.mongo.run(
    "read the names",
    () => facts.names.find({ w: facts.workspace, column, f: { $in: imports } }).sort({ f: 1, _id: 1 }).toArray(),
    { withinMs: READ_MS },
  );
  return buckets.flatMap(({ f, names }) =>
    names.map(([platform, account, id, name]) => ({ column, import: f, platform, account, id, name }))
  );
}

async function readLabels(facts: MongoFacts, head: Head): Promise<HistoryPart["labels"]> {
  const labels = await facts.mongo.run(
    "read the names",
    () =>
      facts.labels.find({ w: facts.workspace, ...visibleAt(head.version, head.aborted) }).sort({ _id: 1 }).toArray(),
    { withinMs: READ_MS },
  );
  return labels.map(({ column, i, o, a, id, label }) => ({
    column,
    import: i,
    platform: o,
    account: a,
    id,
    name: label,
  }));
}

/** What was published by the head's version. */
function counting({ version, aborted }: Head): Document {
  return { f: { $lte: version, ...(aborted.length > 0 ? { $nin: aborted } : {}) } };
}

function endOf({ version, aborted }: Head, t: number): number | null {
  return t > version || aborted.includes(t) ? null : t;
}

function valuesOf(columns: string[], v: Record<string, unknown>): Record<string, string | bigint> {
  const values: Record<string, string | bigint> = {};
  for (const name of columns) {
    const value = v[fieldOf(name)];
    if (value !== undefined && value !== null) values[name] = value as string | bigint;
  }
  return values;
}
