/**
 * Rollups: rows added up beforehand by day or month, per level. Only periods that changed are added up again, as a
 * generation of documents that no reader sees before the head names it; the rows answer until then.
 */
import type { Document } from "@/lib/mongo/mongo.ts";
import { counted } from "./mongo_versions.ts";
import { readScope } from "./mongo_coverage.ts";
import { type MongoFacts, open } from "./mongo_facts.ts";
import { fieldOf, type Head, OPEN, type RollupDocument, type RollupHead, visibleAt } from "./mongo_layout.ts";
import { readWhole } from "./mongo_rows.ts";
import { plainReader, readGroups } from "./mongo_query_groups.ts";
import { ship, type Shipment } from "./mongo_ship.ts";
import type { Writer } from "./mongo_writer.ts";
import {
  additiveMeasures,
  rollupColumns,
  type RollupDefinition,
  rollupDefinitions,
  WORTH_ROWS,
  WORTH_SHARE,
} from "./rollup_definitions.ts";

const READ_MS = 120_000;
/** Periods that one question to the server adds up. */
const PERIODS = { day: 31, month: 3 };

/** Periods of one level, by their first days. */
interface Touched {
  level: number;
  periods: string[];
}

/** Brings every rollup to the head's version. Answers how many periods were rebuilt. */
export async function refreshRollups(facts: MongoFacts, writer: Writer): Promise<number> {
  const { head } = writer;
  const stale = staleRollups(facts, head);
  if (stale.length === 0) return 0;
  const generation = await writer.reserveGeneration();
  const abortedGenerations = head.abortedGenerations;
  const rebuilt: RollupHead[] = [];
  let periods = 0;
  await ship(facts, writer, async (sent) => {
    for (const rollup of stale) {
      const columns = rollupColumns(facts.ref.dataset, rollup);
      const left = await isUseless(facts, head, rollup);
      const known = standing(facts, head, rollup);
      const since = known && !known.left ? known.version : 0;
      if (left || since === 0) await dropOlder(facts, head, sent, { rollup, generation });
      if (!left) periods += await rebuild(facts, head, sent, { rollup, generation, since });
      rebuilt.push({ ...rollup, version: head.version, generation, abortedGenerations, columns, left });
    }
  });
  const wanted = rollupDefinitions(facts.ref.dataset).map(({ name }) => name);
  const kept = head.rollups.filter(({ name }) => wanted.includes(name) && !rebuilt.some((r) => r.name === name));
  await writer.set({ rollups: [...kept, ...rebuilt], pendingGeneration: null });
  return periods;
}

/** The rollups that do not stand at the head's version. */
export function staleRollups(facts: MongoFacts, head: Head): RollupDefinition[] {
  if (head.version === 0) return [];
  return rollupDefinitions(facts.ref.dataset)
    .filter((rollup) => standing(facts, head, rollup)?.version !== head.version);
}

/** The rollup as the head has it, where its definition is still the same. */
function standing(facts: MongoFacts, head: Head, rollup: RollupDefinition): RollupHead | undefined {
  const columns = rollupColumns(facts.ref.dataset, rollup);
  return head.rollups.find(({ name, columns: built }) => name === rollup.name && built === columns);
}

/** Whether it would have nearly as many documents as there are rows, by the latest days that have any. */
async function isUseless(facts: MongoFacts, head: Head, rollup: RollupDefinition): Promise<boolean> {
  const levels = dailyLevels(head);
  const visible = { w: facts.workspace, l: { $in: levels }, ...visibleAt(head.version, head.aborted) };
  const days = await facts.mongo.run(
    "read the coverage",
    () =>
      facts.coverage.aggregate<{ _id: string; rows: number }>([
        { $match: visible },
        { $group: { _id: "$d", rows: { $sum: "$rows" } } },
        { $sort: { _id: -1 } },
      ]).toArray(),
    { withinMs: READ_MS },
  );
  if (days.reduce((sum, { rows }) => sum + Number(rows), 0) < WORTH_ROWS) return false;
  const first = days[Math.min(days.length, rollup.grain === "day" ? 31 : 62) - 1]!._id;
  const from = periodOf(rollup, first);
  const [size] = await facts.mongo.run("add up rows", () =>
    facts.rows.aggregate<{ groups: number; rows: number }>([
      { $match: { ...visible, d: { $gte: from } } },
      { $group: { _id: groupOf(rollup), n: { $sum: 1 } } },
      { $group: { _id: null, groups: { $sum: 1 }, rows: { $sum: "$n" } } },
    ], { allowDiskUse: true }).toArray(), { withinMs: READ_MS });
  return size !== undefined && Number(size.groups) > WORTH_SHARE * Number(size.rows);
}

/** What earlier generations left ends with this one. */
async function dropOlder(
  facts: MongoFacts,
  head: Head,
  sent: Shipment,
  { rollup, generation, place }: { rollup: RollupDefinition; generation: number; place?: Document },
): Promise<void> {
  const where = { w: facts.workspace, ...place, f: { $lt: generation }, ...open(head.abortedGenerations) };
  await sent.send(() => facts.rollup(rollup.name).updateMany(where, { $set: { t: generation } }));
}

async function rebuild(
  facts: MongoFacts,
  head: Head,
  sent: Shipment,
  work: { rollup: RollupDefinition; generation: number; since: number },
): Promise<number> {
  const { rollup, generation, since } = work;
  let count = 0;
  for (const { level, periods } of await touchedPeriods(facts, head, rollup, since)) {
    count += periods.length;
    for (let start = 0; start < periods.length; start += PERIODS[rollup.grain]) {
      const part = periods.slice(start, start + PERIODS[rollup.grain]);
      if (since > 0) await dropOlder(facts, head, sent, { rollup, generation, place: { l: level, d: { $in: part } } });
      const sums = await addUp(facts, head, rollup, { level, periods: part });
      await sent.insert(
        facts.rollup(rollup.name),
        sums.map((sum, index) => document(facts, sum, { rollup, generation, id: `${level}/${part[0]}/${index}` })),
      );
    }
  }
  return count;
}

/** A row that stands for a whole week or month is never booked on one period, so such levels have no rollup. */
async function touchedPeriods(
  facts: MongoFacts,
  head: Head,
  rollup: RollupDefinition,
  since: number,
): Promise<Touched[]> {
  const { v } = counted(head) as { v: Document };
  const acts = await facts.mongo.run("list the versions", () =>
    facts.versions.find(
      { w: facts.workspace, v: { ...v, $gt: since } },
      { projection: { level: 1, touched: 1 } },
    ).toArray(), { withinMs: READ_MS });
  return dailyLevels(head).map((level) => {
    const days = acts.filter((act) => act.level === level).flatMap(({ touched }) => touched);
    const periods = days.map((day) => periodOf(rollup, day));
    return { level, periods: [...new Set(periods)].sort() };
  });
}

async function addUp(facts: MongoFacts, head: Head, rollup: RollupDefinition, place: Touched): Promise<Document[]> {
  const sums: Document = {};
  for (const [index, name] of additiveMeasures(facts.ref.dataset).entries()) {
    // Most columns of a wide dataset never had a value.
    if (!head.columns.includes(name)) continue;
    const value = `$v.${fieldOf(name)}`;
    sums[`s${index}`] = { $sum: value };
    sums[`n${index}`] = { $sum: { $cond: [{ $eq: [{ $ifNull: [value, null] }, null] }, 0, 1] } };
  }
  const [from, to] = [place.periods[0]!, lastDay(rollup, place.periods.at(-1)!)];
  const period = rollup.grain === "day"
    ? { d: { $in: place.periods } }
    : { d: { $gte: from, $lte: to }, m: { $in: place.periods.map((first) => first.slice(0, 7)) } };
  const where = { w: facts.workspace, l: place.level, ...period, ...visibleAt(head.version, head.aborted) };
  const isAsked = new Set(place.periods);
  const covered = (await readScope(facts, head, { level: place.level, from, to }))
    .filter(({ d }) => isAsked.has(periodOf(rollup, d)));
  return await readWhole({
    what: `what stands in dataset "${facts.ref.dataset.id}" from ${from} to ${to}`,
    count: covered.reduce((sum, { rows }) => sum + rows, 0),
    countOf: (groups: Document[]) => groups.reduce((sum, { n }) => sum + Number(n), 0),
    read: () =>
      readGroups(plainReader(facts, "add up rows", READ_MS), facts.rows, where, {
        ...sums,
        _id: groupOf(rollup),
        n: { $sum: 1 },
      }),
  });
}

/** The first day of the period that a day lies in. */
function periodOf(rollup: RollupDefinition, day: string): string {
  return rollup.grain === "day" ? day : `${day.slice(0, 7)}-01`;
}

function lastDay(rollup: RollupDefinition, first: string): string {
  return rollup.grain === "day" ? first : `${first.slice(0, 7)}-31`;
}

function groupOf(rollup: RollupDefinition): Record<string, string> {
  const dimensions = rollup.dimensions.map((name, index) => [`g${index}`, `$v.${fieldOf(name)}`]);
  return { l: "$l", p: rollup.grain === "day" ? "$d" : "$m", ...Object.fromEntries(dimensions) };
}

function document(
  facts: MongoFacts,
  sum: Document,
  of: { rollup: RollupDefinition; generation: number; id: string },
): RollupDocument {
  const { rollup, generation } = of;
  const values = rollup.dimensions.flatMap((name, index) => {
    const value = sum._id[`g${index}`];
    return value === null || value === undefined ? [] : [[fieldOf(name), value]];
  });
  const sums = additiveMeasures(facts.ref.dataset).flatMap((name, index) => {
    const n = Number(sum[`n${index}`] ?? 0);
    return n === 0 ? [] : [[fieldOf(name), { sum: exact(sum[`s${index}`], name), n }]];
  });
  return {
    _id: `${facts.workspace}/${generation}/${of.id}`,
    w: facts.workspace,
    f: generation,
    t: OPEN,
    l: sum._id.l,
    d: rollup.grain === "day" ? sum._id.p : `${sum._id.p}-01`,
    n: Number(sum.n),
    v: Object.fromEntries(values),
    s: Object.fromEntries(sums),
  };
}

/** The server adds whole numbers exactly up to 2^63, and past that goes on in floating point. */
function exact(sum: unknown, name: string): bigint {
  if (typeof sum === "bigint") return sum;
  if (typeof sum === "number" && Number.isInteger(sum) && Math.abs(sum) < 2 ** 53) return BigInt(sum);
  throw new RangeError(`Cannot add up "${name}": its sum is too large to be exact`);
}

function dailyLevels(head: Head): number[] {
  return head.levels.filter(({ grain }) => grain === "day" || grain === "hour").map(({ level }) => level);
}
