/**
 * Compaction: drops what no moment of the keeping time can see, and keeps what a turn may still bring back. What is
 * dropped is agreed in the head first, so that whatever a frozen process still deletes later was agreed before it froze.
 */
import type { Document } from "@/lib/mongo/mongo.ts";
import { dayRuns } from "./day_runs.ts";
import { type Claim, packClaims, unpackClaims } from "./mongo_claims.ts";
import type { MongoFacts } from "./mongo_facts.ts";
import type { ClaimDocument, Head } from "./mongo_layout.ts";
import { contentKey } from "./mongo_rows.ts";
import { ship, type Shipment } from "./mongo_ship.ts";
import { type ImportRecord, readImports, versionAt } from "./mongo_versions.ts";
import type { Writer } from "./mongo_writer.ts";

const READ_MS = 120_000;

/** Some days of a level. */
interface Place {
  level: number;
  days: string[];
}

/** Drops what only versions before the one standing at `before` could see. Answers how many row versions went. */
export async function compactFacts(facts: MongoFacts, writer: Writer, before: string): Promise<number> {
  const { head } = writer;
  const kept = await versionAt(facts, head, before);
  await dropLeftovers(facts, head);
  if (kept === 0) return 0;
  const imports = await readImports(facts, head);
  const places = await readPlaces(facts, head, kept);
  const sealing = new Set<number>();
  for (const place of places) {
    for (const { seals } of hiddenClaims(await readBuckets(facts, place, imports), imports, kept)) sealing.add(seals);
  }
  await agree(facts, writer, { kept, sealing });
  return await ship(facts, writer, async (sent) => {
    await dropHistory(facts, head, sent, kept);
    let rows = 0;
    for (const place of places) {
      const buckets = await dropClaims(facts, sent, await readBuckets(facts, place, imports), imports, kept);
      rows += await dropRows(facts, head, sent, { place, buckets, kept });
    }
    return rows;
  });
}

/** Marks what is sealed and, with one write that only the holder of the lease can do, makes it hold. */
async function agree(
  facts: MongoFacts,
  writer: Writer,
  { kept, sealing }: { kept: number; sealing: Set<number> },
): Promise<void> {
  const { head } = writer;
  const floor = Math.max(kept, head.kept);
  if (sealing.size === 0) {
    if (floor !== head.kept) await writer.set({ kept: floor });
    return;
  }
  const compaction = crypto.randomUUID();
  const ids = [...sealing].map((seq) => `${facts.workspace}/${seq}`);
  await facts.mongo.run(
    "seal imports",
    () => facts.versions.updateMany({ w: facts.workspace, _id: { $in: ids } }, { $addToSet: { sealed: compaction } }),
    {
      withinMs: READ_MS,
    },
  );
  await writer.set({ kept: floor, compactions: [...head.compactions, compaction] });
}

/** Days that have claims, or row versions that may go. */
async function readPlaces(facts: MongoFacts, head: Head, kept: number): Promise<Place[]> {
  const byDay = { _id: { l: "$l", d: "$d" } };
  const claimed = await facts.mongo.run(
    "list the claims",
    () =>
      facts.claims.aggregate<{ _id: { l: number; d: string }; n: number }>([
        { $match: { w: facts.workspace } },
        { $group: { ...byDay, n: { $sum: "$n" } } },
      ]).toArray(),
    { withinMs: READ_MS },
  );
  const ended = await facts.mongo.run(
    "list the rows",
    () =>
      facts.rows.aggregate<{ _id: { l: number; d: string }; n: number }>([
        { $match: { w: facts.workspace, ...endedBy(kept, head.aborted) } },
        { $group: { ...byDay, n: { $sum: 1 } } },
      ]).toArray(),
    { withinMs: READ_MS },
  );
  const levels = new Map<number, Map<string, number>>();
  for (const { _id: { l, d }, n } of [...claimed, ...ended]) {
    const days = levels.get(l) ?? new Map<string, number>();
    levels.set(l, days.set(d, (days.get(d) ?? 0) + Number(n)));
  }
  return [...levels].flatMap(([level, days]) => dayRuns(days).map((run) => ({ level, days: run })));
}

async function readBuckets(
  facts: MongoFacts,
  place: Place,
  imports: Map<number, ImportRecord>,
): Promise<ClaimDocument[]> {
  const buckets = await facts.mongo.run(
    "read the claims",
    () => facts.claims.find({ w: facts.workspace, l: place.level, d: { $in: place.days } }).toArray(),
    { withinMs: READ_MS },
  );
  return buckets.filter(({ f }) => imports.has(f));
}

/**
 * Imports whose last act is old are settled. Of their claims the latest per key stays, as no settled import can be turned
 * from underneath it; an import whose claims hid a dropped one is sealed, for turning it would bring nothing back.
 */
function hiddenClaims(
  buckets: ClaimDocument[],
  imports: Map<number, ImportRecord>,
  kept: number,
): { bucket: string; key: string; seals: number }[] {
  const settled = buckets.filter(({ f }) => imports.get(f)!.changed <= kept)
    .map((bucket) => ({ bucket, state: imports.get(bucket.f)!.state, claims: unpackClaims(bucket) }));
  const winners = new Map<string, number>();
  for (const { bucket: { f }, state, claims } of settled) {
    if (state !== "published") continue;
    for (const { key } of claims) if (f > (winners.get(key) ?? 0)) winners.set(key, f);
  }
  return settled.flatMap(({ bucket, state, claims }) =>
    claims.flatMap(({ key }) => {
      if (state === "rolled-back") return [{ bucket: bucket._id, key, seals: bucket.f }];
      const winner = winners.get(key)!;
      return bucket.f < winner ? [{ bucket: bucket._id, key, seals: winner }] : [];
    })
  );
}

/** Takes the hidden claims out of their buckets; answers the buckets as they are then. */
async function dropClaims(
  facts: MongoFacts,
  sent: Shipment,
  buckets: ClaimDocument[],
  imports: Map<number, ImportRecord>,
  kept: number,
): Promise<ClaimDocument[]> {
  const hidden = new Map<string, Set<string>>();
  for (const { bucket, key } of hiddenClaims(buckets, imports, kept)) {
    hidden.set(bucket, (hidden.get(bucket) ?? new Set()).add(key));
  }
  const left: ClaimDocument[] = [];
  for (const bucket of buckets) {
    const gone = hidden.get(bucket._id);
    if (!gone) {
      left.push(bucket);
      continue;
    }
    const claims = unpackClaims(bucket).filter(({ key }) => !gone.has(key));
    const where = { _id: bucket._id, w: facts.workspace };
    if (claims.length === 0) {
      await sent.send(() => facts.claims.deleteOne(where));
      continue;
    }
    const { c: _contents, ...rest } = bucket;
    const smaller: ClaimDocument = { ...rest, ...packClaims(bucket.f, claims) };
    left.push(smaller);
    await sent.send(() => facts.claims.replaceOne(where, smaller));
  }
  return left;
}

/** Row versions that are not seen any more, and whose values no claim needs or a later version of the key has too. */
async function dropRows(
  facts: MongoFacts,
  head: Head,
  sent: Shipment,
  { place, buckets, kept }: { place: Place; buckets: ClaimDocument[]; kept: number },
): Promise<number> {
  const where: Document = { w: facts.workspace, l: place.level, d: { $in: place.days } };
  if (head.aborted.length > 0) where.f = { $nin: head.aborted };
  const rows = await facts.mongo.run(
    "read the rows",
    () => facts.rows.find(where, { projection: { k: 1, c: 1, f: 1, t: 1, d: 1 }, batchSize: 10_000 }).toArray(),
    {
      withinMs: READ_MS,
    },
  );
  const isEnded = ({ t }: { t: number }) => t <= kept && !head.aborted.includes(t);
  if (!rows.some(isEnded)) return 0;
  const needed = new Set(
    buckets.flatMap(unpackClaims).filter(isValue).map(({ key, content }) => contentKey(key, content)),
  );
  const latest = new Map<string, number>();
  for (const { k, c, f } of rows) latest.set(contentKey(k, c), Math.max(f, latest.get(contentKey(k, c)) ?? 0));
  const gone = rows.filter((row) => {
    const content = contentKey(row.k, row.c);
    return isEnded(row) && (!needed.has(content) || row.f < latest.get(content)!);
  });
  await sent.drop(facts.rows, gone.map(({ _id, d }) => ({ id: _id, day: d })), place.level);
  return gone.length;
}

/** Coverage, names and rollup rows that only older versions see. */
async function dropHistory(facts: MongoFacts, head: Head, sent: Shipment, kept: number): Promise<void> {
  const ended = { w: facts.workspace, ...endedBy(kept, head.aborted) };
  await sent.send(() => facts.coverage.deleteMany(ended));
  await sent.send(() => facts.labels.deleteMany(ended));
  for (const { name, generation } of head.rollups) {
    const replaced = { w: facts.workspace, ...endedBy(generation, head.abortedGenerations) };
    await sent.send(() => facts.rollup(name).deleteMany(replaced));
  }
}

/** What publishers that died left behind: nobody ever sees it, it only takes room. */
async function dropLeftovers(facts: MongoFacts, head: Head): Promise<void> {
  const { mongo, workspace, rows, claims, names, coverage, labels } = facts;
  const drop = async (collection: { deleteMany(where: Document): Promise<unknown> }, aborted: number[]) => {
    if (aborted.length === 0) return;
    const where = { w: workspace, f: { $in: aborted } };
    await mongo.run("drop what was never published", () => collection.deleteMany(where), { withinMs: READ_MS });
  };
  for (const collection of [rows, claims, names, coverage, labels]) {
    await drop(collection as unknown as { deleteMany(where: Document): Promise<unknown> }, head.aborted);
  }
  for (const { name } of head.rollups) await drop(facts.rollup(name), head.abortedGenerations);
}

function endedBy(version: number, aborted: number[]): Document {
  return { t: aborted.length === 0 ? { $lte: version } : { $lte: version, $nin: aborted } };
}

function isValue({ content }: Claim): boolean {
  return content !== 0;
}
