/** Coverage: which level has rows on which day, now and at every version that is kept. */
import type { Document } from "@/lib/mongo/mongo.ts";
import type { MongoFacts } from "./mongo_facts.ts";
import { type CoverageDocument, type Head, OPEN, visibleAt } from "./mongo_layout.ts";
import type { Shipment } from "./mongo_ship.ts";
import { ownerKey } from "./mongo_staged.ts";
import type { DayCoverage } from "./mongo_tally.ts";
import type { CoverageRow } from "./mod.ts";

const READ_MS = 30_000;

/** The days of a level that an act looks at. */
export interface Scope {
  level: number;
  from: string;
  to: string;
}

/** What covers the days of a scope at the head's version. */
export async function readScope(facts: MongoFacts, head: Head, scope: Scope): Promise<CoverageDocument[]> {
  return await facts.mongo.run(
    "read the coverage",
    () => facts.coverage.find({ ...placed(facts, scope), ...visibleAt(head.version, head.aborted) }).toArray(),
    { withinMs: READ_MS },
  );
}

/** The days of a scope that were covered at any version, and how many rows they had in all of them. */
export async function readCoveredDays(facts: MongoFacts, head: Head, scope: Scope): Promise<Map<string, number>> {
  const counting: Document = head.aborted.length > 0 ? { f: { $nin: head.aborted } } : {};
  const days = await facts.mongo.run(
    "read the coverage",
    () =>
      facts.coverage.aggregate<{ _id: string; rows: number }>([
        { $match: { ...placed(facts, scope), ...counting } },
        { $group: { _id: "$d", rows: { $sum: "$rows" } } },
      ]).toArray(),
    { withinMs: READ_MS },
  );
  return new Map(days.map(({ _id, rows }) => [_id, Number(rows)]));
}

/** Coverage of a scope as it stands, and how it is replaced. */
export class CoverageWriter {
  readonly #facts: MongoFacts;
  readonly #head: Head;
  readonly #standing: Map<string, CoverageDocument>;

  constructor(facts: MongoFacts, head: Head, standing: CoverageDocument[]) {
    this.#facts = facts;
    this.#head = head;
    this.#standing = new Map(standing.map((document) => [document.d + ownerKey(document.o, document.a), document]));
  }

  /** Ends what stood on the days of a change and writes what stands now. `newest` tells a day's latest import. */
  async replace(
    sent: Shipment,
    days: DayCoverage[],
    at: { version: number; level: number; newest: (day: DayCoverage) => number },
  ): Promise<void> {
    const { coverage, workspace } = this.#facts;
    const gone = days.flatMap(({ d, o, a }) => {
      const standing = this.#standing.get(d + ownerKey(o, a));
      return standing ? [{ id: standing._id, day: d }] : [];
    });
    await sent.close(coverage, gone, { version: at.version, aborted: this.#head.aborted, level: at.level });
    const documents = days.filter(({ rows }) => rows > 0).map((day): CoverageDocument => ({
      _id: `${workspace}/${at.version}/${at.level}/${day.d}/${ownerKey(day.o, day.a)}`,
      w: workspace,
      f: at.version,
      t: OPEN,
      o: day.o,
      a: day.a,
      d: day.d,
      l: at.level,
      i: at.newest(day),
      rows: day.rows,
      p: day.p,
      u: day.u,
      cu: day.cu,
    }));
    await sent.insert(coverage, documents);
  }
}

/** Coverage by platform, account, day and level at a version. */
export async function readCoverage(
  facts: MongoFacts,
  head: Head,
  options: { from?: string; to?: string; version: number },
): Promise<CoverageRow[]> {
  const days: Document = {};
  if (options.from !== undefined) days.$gte = options.from;
  if (options.to !== undefined) days.$lte = options.to;
  const where: Document = { w: facts.workspace, ...visibleAt(options.version, head.aborted) };
  if (Object.keys(days).length > 0) where.d = days;
  const found = await facts.mongo.run(
    "read the coverage",
    () => facts.coverage.find(where, { batchSize: 10_000 }).toArray(),
    { withinMs: READ_MS },
  );
  const names = new Map(head.levels.map(({ level, name }) => [level, name]));
  return found.map(({ o, a, d, l, rows, p }) => ({
    platform: o,
    account: a,
    day: d,
    level: names.get(l) ?? "",
    rows,
    provisional: p,
  })).sort((a, b) =>
    compare(a.platform, b.platform) || compare(a.account, b.account) || compare(a.day, b.day) ||
    compare(a.level, b.level)
  );
}

/** Where provisional rows lie at a version, or null. */
export async function provisionalRange(
  facts: MongoFacts,
  at: { version: number; aborted: number[] },
): Promise<Head["provisional"]> {
  const [range] = await facts.mongo.run("read the coverage", () =>
    facts.coverage.aggregate([
      { $match: { w: facts.workspace, p: true, ...visibleAt(at.version, at.aborted) } },
      { $group: { _id: null, from: { $min: "$d" }, to: { $max: "$u" } } },
    ]).toArray(), { withinMs: READ_MS });
  return range ? { from: String(range.from), to: String(range.to) } : null;
}

/** In the order of code points, as the engine orders texts. */
export function compare(a: string, b: string): number {
  if (a === b) return 0;
  const [left, right] = [[...a], [...b]];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = left[i]!.codePointAt(0)! - right[i]!.codePointAt(0)!;
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

function placed(facts: MongoFacts, { level, from, to }: Scope): Document {
  return { w: facts.workspace, l: level, d: { $gte: from, $lte: to } };
}
