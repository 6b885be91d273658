/** The log of versions, and what follows from it: which imports count, and what a text like `2026-01-31` names. */
import { NO_VERSION, parseAsOf } from "./as_of.ts";
import { type MongoFacts, readHead } from "./mongo_facts.ts";
import type { Head, VersionDocument } from "./mongo_layout.ts";
import type { DatasetRef, PublishResult } from "./mod.ts";
import { unknownAsOf, versionConflict } from "./refusals.ts";
import { readResult, writeResult } from "./result_text.ts";

/** An import as the log tells of it. `seq` is the version that first published it, and so its place in the order. */
export interface ImportRecord {
  seq: number;
  id: string;
  state: "published" | "rolled-back";
  level: number;
  provisionalFrom: string | null;
  /** The version of its last act. */
  changed: number;
  /** Values beneath its own were dropped by `compact`, so it can be turned no longer. */
  sealed: boolean;
}

/** The versions that count at a head. */
export function counted(head: Pick<Head, "version" | "aborted">): Record<string, unknown> {
  return { v: { $lte: head.version, ...(head.aborted.length > 0 ? { $nin: head.aborted } : {}) } };
}

/** Every import that was ever published, by number, as it stands at a head. */
export async function readImports(facts: MongoFacts, head: Head): Promise<Map<number, ImportRecord>> {
  const log = await facts.mongo.run(
    "list the versions",
    () =>
      facts.versions.find({ w: facts.workspace, ...counted(head) }, { projection: { result: 0, touched: 0 } })
        .sort({ w: 1, v: 1 }).toArray(),
    { withinMs: 30_000 },
  );
  const imports = new Map<number, ImportRecord>();
  for (const act of log) {
    const known = imports.get(act.seq);
    imports.set(act.seq, {
      seq: act.seq,
      id: act.import,
      state: act.action === "rollback" ? "rolled-back" : "published",
      level: act.level,
      provisionalFrom: act.provisionalFrom,
      changed: act.v,
      sealed: (known?.sealed ?? false) || isSealed(act, head),
    });
  }
  return imports;
}

/** The import of that id, or null where it was never published. */
export async function findImport(facts: MongoFacts, head: Head, id: string): Promise<ImportRecord | null> {
  const acts = await facts.mongo.run(
    "find an import",
    () =>
      facts.versions.find({ w: facts.workspace, import: id, ...counted(head) }, {
        projection: { result: 0, touched: 0 },
      }).sort({ v: 1 }).toArray(),
  );
  const [first, last] = [acts[0], acts.at(-1)];
  if (!first || !last) return null;
  return {
    seq: first.seq,
    id,
    state: last.action === "rollback" ? "rolled-back" : "published",
    level: first.level,
    provisionalFrom: first.provisionalFrom,
    changed: last.v,
    sealed: acts.some((act) => isSealed(act, head)),
  };
}

/** What publishing an import did. */
export async function publishedResult(facts: MongoFacts, seq: number): Promise<PublishResult> {
  const act = await facts.mongo.run(
    "find a version",
    () => facts.versions.findOne({ _id: versionId(facts, seq) }),
  );
  if (!act) throw new TypeError(`Cannot find version ${seq} of dataset "${facts.ref.dataset.id}": its log is damaged`);
  return readResult(act.result);
}

/** Writes a version's document; nobody counts it before the switch. */
export async function addVersion(
  facts: MongoFacts,
  act: Omit<VersionDocument, "_id" | "w" | "v" | "result"> & { result: PublishResult },
): Promise<void> {
  const version = act.result.version;
  const document: VersionDocument = {
    ...act,
    _id: versionId(facts, version),
    w: facts.workspace,
    v: version,
    result: writeResult(act.result),
  };
  await facts.mongo.run(
    "write a version",
    () => facts.versions.replaceOne({ _id: document._id }, document, { upsert: true }),
    { withinMs: 20_000 },
  );
}

/**
 * Notes that versions count only together: nobody has seen one without the others, so nobody is answered as of one of
 * them alone.
 */
export async function joinVersions(facts: MongoFacts, versions: readonly number[]): Promise<void> {
  const whole = versions.at(-1);
  if (whole === undefined || versions.length === 1) return;
  const ids = versions.slice(0, -1).map((version) => versionId(facts, version));
  await facts.mongo.run(
    "write a version",
    () => facts.versions.updateMany({ _id: { $in: ids } }, { $set: { whole } }),
    { withinMs: 20_000 },
  );
}

/** Throws `ConflictError` where the dataset stands at another version than the caller saw. */
export function expectVersion(ref: DatasetRef, head: Head, expected: number): void {
  if (head.version !== expected) throw versionConflict(ref, expected, head.version);
}

/** The version that a number, an import's id or a moment names. Throws `InputError` `unknown-as-of`. */
export async function versionAsOf(facts: MongoFacts, asOf: string): Promise<number> {
  const head = await readHead(facts);
  const named = head ? await findVersion(facts, head, asOf) : noVersion(facts.ref, asOf);
  const version = named === 0 ? 0 : await wholeVersion(facts, named);
  if (version === 0 || version >= (head?.kept ?? 0)) return version;
  throw unknownAsOf(facts.ref, asOf, `version ${version} is past its keeping time`);
}

/** The last of the versions that one counts together with. */
async function wholeVersion(facts: MongoFacts, version: number): Promise<number> {
  const found = await facts.mongo.run(
    "find a version",
    () => facts.versions.findOne({ _id: versionId(facts, version) }, { projection: { whole: 1 } }),
  );
  return found?.whole ?? version;
}

async function findVersion(facts: MongoFacts, head: Head, asOf: string): Promise<number> {
  const parsed = parseAsOf(asOf);
  if ("version" in parsed) {
    if (parsed.version <= head.version) return parsed.version;
    throw unknownAsOf(facts.ref, asOf, `its newest version is ${head.version}`);
  }
  const known = await findImport(facts, head, asOf);
  if (known) return known.seq;
  if (parsed.moment === null) throw unknownAsOf(facts.ref, asOf, NO_VERSION);
  return await versionAt(facts, head, parsed.moment);
}

/** The version that stood at a moment (ISO 8601 in UTC); 0 before the first. */
export async function versionAt(facts: MongoFacts, head: Head, moment: string): Promise<number> {
  const [stood] = await facts.mongo.run(
    "find a version",
    () =>
      facts.versions.find({ w: facts.workspace, at: { $lte: moment }, ...counted(head) }, { projection: { v: 1 } })
        .sort({ v: -1 }).limit(1).toArray(),
  );
  return stood?.v ?? 0;
}

function noVersion(ref: DatasetRef, asOf: string): number {
  const parsed = parseAsOf(asOf);
  if ("version" in parsed) {
    if (parsed.version === 0) return 0;
    throw unknownAsOf(ref, asOf, "its newest version is 0");
  }
  if (parsed.moment === null) throw unknownAsOf(ref, asOf, NO_VERSION);
  return 0;
}

/** Whether a compaction whose seals hold named the act. */
export function isSealed(act: Pick<VersionDocument, "sealed">, head: Head): boolean {
  return act.sealed?.some((compaction) => head.compactions.includes(compaction)) ?? false;
}

/** The id of a version's document. */
export function versionId(facts: MongoFacts, version: number): string {
  return `${facts.workspace}/${version}`;
}
