/** Reads and makes row versions. */
import { UnavailableError } from "@/lib/errors.ts";
import type { Document } from "@/lib/mongo/mongo.ts";
import type { MongoFacts } from "./mongo_facts.ts";
import { fieldOf, type Head, OPEN, type RowDocument, visibleAt } from "./mongo_layout.ts";
import type { FactRow } from "./mongo_staged.ts";
import type { StandingRow } from "./mongo_tally.ts";
import { additiveMeasures } from "./rollup_definitions.ts";

const READ_MS = 60_000;
const READ_BATCH = 5_000;
const BY_ID = 1_000;
const READ_TRIES = 5;

/** The columns that a change has to look at: those that are added up, and the currency. */
export function comparedColumns(facts: MongoFacts): string[] {
  const { dataset } = facts.ref;
  const currency = dataset.columns.filter((c) => c.name === "currency").map((c) => c.name);
  return [...additiveMeasures(dataset), ...currency];
}

/**
 * The visible rows of a level on some days, by key, with the columns that a change looks at. `count`: how many there
 * are, by the coverage.
 */
export async function readStanding(
  facts: MongoFacts,
  head: Head,
  place: { level: number; days: string[]; count: number },
): Promise<Map<string, StandingRow>> {
  const { level, days, count } = place;
  const projection: Document = { _id: 0, k: 1, d: 1, u: 1, o: 1, a: 1, h: 1, f: 1, c: 1, p: 1 };
  for (const name of comparedColumns(facts)) projection[`v.${fieldOf(name)}`] = 1;
  const where = { w: facts.workspace, l: level, d: { $in: days }, ...visibleAt(head.version, head.aborted) };
  return await readWhole({
    what: `what stands in dataset "${facts.ref.dataset.id}" from ${days[0]} to ${days.at(-1)}`,
    count,
    countOf: (rows: Map<string, StandingRow>) => rows.size,
    async read() {
      const rows = await facts.mongo.run(
        "read the rows",
        () => facts.rows.find(where, { projection, batchSize: READ_BATCH }).toArray(),
        { withinMs: READ_MS },
      );
      return new Map(rows.map((row) => [row.k, { ...row, v: row.v ?? {} }]));
    },
  });
}

/**
 * Reads all that is visible of some days. A publisher that thaws may move entries of the index meanwhile, so that one is
 * met twice or not at all: the coverage tells how many there are, and what is not whole is read again. Throws
 * `UnavailableError` where that does not help.
 */
export async function readWhole<T>(
  of: { what: string; count: number; countOf(found: T): number; read(): Promise<T> },
): Promise<T> {
  let count = 0;
  for (let tries = 0; tries < READ_TRIES; tries++) {
    const found = await of.read();
    count = of.countOf(found);
    if (count === of.count) return found;
  }
  throw new UnavailableError(
    `Cannot read ${of.what}: its rows are ${count}, by the coverage ${of.count}; try again later`,
  );
}

/** The keys of a level that any row version on some days ever had, with where they belong. */
export async function readKnownKeys(
  facts: MongoFacts,
  head: Head,
  place: { level: number; days: string[] },
): Promise<Map<string, Pick<FactRow, "k" | "d" | "u" | "o" | "a">>> {
  const where: Document = { w: facts.workspace, l: place.level, d: { $in: place.days } };
  if (head.aborted.length > 0) where.f = { $nin: head.aborted };
  const rows = await facts.mongo.run("read the rows", () =>
    facts.rows.find(where, {
      projection: { _id: 0, k: 1, d: 1, u: 1, o: 1, a: 1 },
      batchSize: READ_BATCH,
    }).toArray(), { withinMs: READ_MS });
  return new Map(rows.map((row) => [row.k, row]));
}

/** Whole row versions that have the values which an import brought for a key, by `contentKey`. */
export async function readContents(
  facts: MongoFacts,
  head: Head,
  level: number,
  wanted: { key: string; day: string; content: number }[],
): Promise<Map<string, RowDocument>> {
  const found = new Map<string, RowDocument>();
  const read = async (part: typeof wanted, where: Document) => {
    const days = [...new Set(part.map(({ day }) => day))];
    const rows = await facts.mongo.run(
      "read the rows",
      () => facts.rows.find({ w: facts.workspace, l: level, d: { $in: days }, ...where }).toArray(),
      { withinMs: READ_MS },
    );
    for (const row of rows) found.set(contentKey(row.k, row.c), row);
  };
  // The version that first had the values is there, unless compaction kept a later one in its place.
  for (const part of batchesByDay(wanted)) {
    await read(part, { _id: { $in: part.map(({ key, content }) => rowId(facts, content, key)) } });
  }
  for (const part of batchesByDay(wanted.filter(({ key, content }) => !found.has(contentKey(key, content))))) {
    const contents = [...new Set(part.map(({ content }) => content))];
    const counting = head.aborted.length > 0 ? { f: { $nin: head.aborted } } : {};
    await read(part, { k: { $in: part.map(({ key }) => key) }, c: { $in: contents }, ...counting });
  }
  return found;
}

function* batchesByDay<T extends { day: string }>(wanted: T[]): Generator<T[]> {
  const sorted = wanted.toSorted((a, b) => a.day < b.day ? -1 : a.day > b.day ? 1 : 0);
  for (let start = 0; start < sorted.length; start += BY_ID) yield sorted.slice(start, start + BY_ID);
}

/** A new row version. */
export function rowDocument(
  facts: MongoFacts,
  row: FactRow,
  place: { version: number; level: number; content: number; import: number; provisional: boolean },
): RowDocument {
  return {
    _id: rowId(facts, place.version, row.k),
    w: facts.workspace,
    k: row.k,
    f: place.version,
    t: OPEN,
    c: place.content,
    i: place.import,
    l: place.level,
    d: row.d,
    m: row.d.slice(0, 7),
    u: row.u,
    p: place.provisional,
    h: row.h,
    o: row.o,
    a: row.a,
    v: row.v,
  };
}

/** The row versions that steps end. */
export function endedRows(facts: MongoFacts, steps: { old: StandingRow | null }[]): { id: string; day: string }[] {
  return steps.flatMap(({ old }) => old ? [{ id: rowId(facts, old.f, old.k), day: old.d }] : []);
}

/** The id of a row version. */
export function rowId(facts: MongoFacts, version: number, key: string): string {
  return `${facts.workspace}/${version}/${key}`;
}

/** Tells apart values of a key. */
export function contentKey(key: string, content: number): string {
  return `${key}/${content}`;
}
