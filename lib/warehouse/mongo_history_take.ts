/** Takes a history over into MongoDB: documents whose ids are made of what they are, and the head last of all. */
import type { Document, MongoCollection } from "@/lib/mongo/mongo.ts";
import { claimBuckets } from "./mongo_claims.ts";
import { provisionalRange } from "./mongo_coverage.ts";
import { emptyHead, type MongoFacts, readHead } from "./mongo_facts.ts";
import { idKey, nameBuckets } from "./mongo_labels.ts";
import {
  type ClaimDocument,
  type CoverageDocument,
  fieldOf,
  type LabelDocument,
  type NameDocument,
  OPEN,
  type VersionDocument,
} from "./mongo_layout.ts";
import { rowDocument } from "./mongo_rows.ts";
import { ship } from "./mongo_ship.ts";
import { contentHash, ownerKey } from "./mongo_staged.ts";
import { versionId } from "./mongo_versions.ts";
import { rollupDefinitions } from "./rollup_definitions.ts";
import {
  type HistoryCoverage,
  historyMark,
  type HistoryOutline,
  type HistoryPart,
  type HistoryRow,
} from "./history.ts";

const WITHIN_MS = 120_000;
/** Stands for the compactions that sealed imports before they were taken over. */
const EARLIER = "earlier";
/** Nobody else writes to a place that is being filled, so there is no lease to lose. */
const FREE = { check() {} };

/** How far a history is taken over, `_id` as that of the head. */
interface TakenDocument {
  _id: string;
  history: string;
  parts: number;
}

/** How many parts of the history are there; what was taken of another one is dropped. */
export async function beginTaking(facts: MongoFacts, outline: HistoryOutline): Promise<number> {
  const taken = takenIn(facts);
  const history = historyMark(outline);
  const found = await run(facts, "see what is there", () => taken.findOne({ _id: facts.headId }));
  if (found?.history === history) return found.parts;
  // The head first: without it, nothing of what is dropped after it counts.
  await run(facts, "begin", () => facts.heads.deleteOne({ _id: facts.headId }));
  await run(facts, "begin", () => taken.deleteOne({ _id: facts.headId }));
  // Also what a publisher that died left: its version could be one that counts here.
  for (const name of ["rows", "claims", "names", "versions", "coverage", "labels"] as const) {
    const collection = facts[name] as unknown as MongoCollection<Document>;
    await run(facts, "drop what does not belong to it", () => collection.deleteMany({ w: facts.workspace }));
  }
  for (const { name } of rollupDefinitions(facts.ref.dataset)) {
    const where = { w: facts.workspace };
    await run(facts, "drop what does not belong to it", () => facts.rollup(name).deleteMany(where));
  }
  const document = { _id: facts.headId, history, parts: 0 };
  await run(facts, "begin", () => taken.replaceOne({ _id: facts.headId }, document, { upsert: true }));
  return 0;
}

/** Takes the next part over. What an earlier try wrote of it is found by its ids. */
export async function takePart(facts: MongoFacts, outline: HistoryOutline, part: HistoryPart): Promise<void> {
  await ship(facts, FREE, async (sent) => {
    await sent.insert(facts.rows, part.rows.map((row) => rowOf(facts, part.level, row)));
    await sent.insert(facts.claims, claimsOf(facts, part));
    await sent.insert(facts.coverage, coverageOf(facts, part, outline.kept));
    await sent.insert(facts.names, namesOf(facts, part));
    await sent.insert(
      facts.labels,
      part.labels.map(({ column, import: by, platform, account, id, name }): LabelDocument => {
        const entity = { o: platform, a: account, id };
        const _id = `${facts.workspace}/${outline.version}/${column}/${idKey(entity)}`;
        return { ...entity, _id, w: facts.workspace, f: outline.version, t: OPEN, column, label: name, i: by };
      }),
    );
  });
  const parts = part.index + 1;
  await run(facts, "go on", () => takenIn(facts).updateOne({ _id: facts.headId }, { $max: { parts } }));
}

/** Makes it count: the log, and then the head, in one write. */
export async function endTaking(facts: MongoFacts, outline: HistoryOutline): Promise<void> {
  const isSealed = outline.acts.some(({ sealed }) => sealed);
  await ship(facts, FREE, (sent) =>
    sent.insert(
      facts.versions,
      outline.acts.map((act): VersionDocument => ({
        _id: versionId(facts, act.version),
        w: facts.workspace,
        v: act.version,
        at: act.at,
        import: act.import,
        action: act.action,
        seq: act.first,
        level: act.level,
        provisionalFrom: act.provisionalFrom,
        touched: act.touched,
        result: act.result,
        ...(act.sealed ? { sealed: [EARLIER] } : {}),
        ...(act.whole === undefined ? {} : { whole: act.whole }),
      })),
    ));
  const { _id, ...head } = emptyHead(facts);
  const { version, kept, levels, columns } = outline;
  const $set = {
    ...head,
    version,
    at: outline.acts.at(-1)?.at ?? null,
    reserved: version,
    levels,
    columns: columns.map(({ name }) => name),
    types: columns.map(({ type }) => type),
    provisional: await provisionalRange(facts, { version, aborted: [] }),
    kept,
    compactions: isSealed ? [EARLIER] : [],
  };
  await run(facts, "make it count", async () => {
    const standing = await readHead(facts);
    if (standing?.version === version) return;
    await facts.heads.updateOne({ _id, version: standing ? 0 : version }, { $set }, { upsert: standing === null });
  });
  await run(facts, "end", () => takenIn(facts).deleteOne({ _id }));
}

function rowOf(facts: MongoFacts, level: number, row: HistoryRow) {
  const { key: k, day: d, until: u, platform: o, account: a, content, import: by, provisional } = row;
  const v = Object.fromEntries(Object.entries(row.values).map(([name, value]) => [fieldOf(name), value]));
  const place = { version: row.from, level, content, import: by, provisional };
  const document = rowDocument(facts, { k, d, u, o, a, h: contentHash(u, row.values), v }, place);
  return row.to === null ? document : { ...document, t: row.to };
}

/** What coverage tells besides here, the last day and the currencies, is worked out from the rows that it counted. */
function coverageOf(facts: MongoFacts, { level, rows, coverage }: HistoryPart, kept: number): CoverageDocument[] {
  const byDay = Map.groupBy(rows, dayKey);
  return coverage.map((one) => {
    // Of a version that is past its time, the rows may be gone.
    const version = Math.max(one.from, kept);
    const counted = (byDay.get(dayKey(one)) ?? []).filter(({ from, to }) =>
      from <= version && (to === null || to > version)
    );
    const currencies = counted.map(({ values }) => values.currency).filter((value) => typeof value === "string");
    const { from, to, day, platform, account } = one;
    return {
      _id: `${facts.workspace}/${from}/${level}/${day}/${ownerKey(platform, account)}`,
      w: facts.workspace,
      f: from,
      t: to ?? OPEN,
      o: platform,
      a: account,
      d: day,
      l: level,
      i: one.import,
      rows: one.rows,
      p: one.provisional,
      u: counted.reduce((last, { until }) => until > last ? until : last, day),
      cu: [...new Set(currencies)].sort(),
    };
  });
}

function dayKey({ day, platform, account }: Pick<HistoryCoverage, "day" | "platform" | "account">): string {
  return day + ownerKey(platform, account);
}

function claimsOf(facts: MongoFacts, { level, claims }: HistoryPart): ClaimDocument[] {
  const buckets = Map.groupBy(claims, ({ import: by, day }) => `${by}/${day}`);
  return [...buckets.values()].flatMap((own) => {
    const { import: by, day } = own[0]!;
    return claimBuckets({ workspace: facts.workspace, import: by, level, day }, own);
  });
}

function namesOf(facts: MongoFacts, { names }: HistoryPart): NameDocument[] {
  const buckets = Map.groupBy(names, ({ column, import: by }) => `${by}/${column}`);
  return [...buckets.values()].flatMap((own) => {
    const { column, import: version } = own[0]!;
    const listed = own.map(({ platform, account, id, name }): NameDocument["names"][number] => [
      platform,
      account,
      id,
      name,
    ]);
    return nameBuckets(facts, { version, column, names: listed });
  });
}

function takenIn(facts: MongoFacts): MongoCollection<TakenDocument> {
  return facts.mongo.collection<TakenDocument>("warehouse_taken");
}

function run<T>(facts: MongoFacts, verb: string, work: () => Promise<T>): Promise<T> {
  return facts.mongo.run(`take over dataset "${facts.ref.dataset.id}" (${verb})`, work, { withinMs: WITHIN_MS });
}
