/**
 * Reading at one moment. What is visible at a version never changes, but MongoDB keeps one reading together only within
 * a snapshot: an entry of an index that a writer moves meanwhile may be met twice or not at all. So replica sets answer
 * from a snapshot, which a secondary may hold too. A server without them answers as it stands; where somebody wrote
 * meanwhile it is asked again along `_id`, which no writer changes.
 */
import { InputError, UnavailableError } from "@/lib/errors.ts";
import type { ClientSession, Document, Mongo, MongoCollection, MongoServer } from "@/lib/mongo/mongo.ts";
import type { DatasetRef } from "./mod.ts";
import { readHead } from "./mongo_facts.ts";
import type { CoverageDocument, Head, LabelDocument, RollupDocument, RowDocument } from "./mongo_layout.ts";
import { type Recall, VersionMemory } from "./version_memory.ts";

/** The collections that questions read. 64-bit numbers of rows and rollups come back as bigint. */
export interface ReadFacts {
  mongo: Mongo;
  ref: DatasetRef;
  workspace: string;
  headId: string;
  heads: MongoCollection<Head>;
  rows: MongoCollection<RowDocument>;
  coverage: MongoCollection<CoverageDocument>;
  labels: MongoCollection<LabelDocument>;
  rollup: (name: string) => MongoCollection<RollupDocument>;
}

/** How to read. */
export interface ReadSettings {
  memory: VersionMemory;
  /** Which members answer; the head always comes from the primary. @default "primary" */
  readPreference?: "primary" | "secondaryPreferred";
}

/** One state of a dataset's facts. */
export interface Moment {
  facts: ReadFacts;
  head: Head;
  /** The version that is read, at most the head's. */
  version: number;
  /** Rollups are out of the question where their documents may go while they are read. */
  allowsRollups: boolean;
  /** The documents that a pipeline answers. Throws `UnavailableError` past the time limit. */
  read(collection: Pick<MongoCollection, "aggregate">, pipeline: Document[]): Promise<Document[]>;
  /** What was worked out of this version before, or now. */
  recall: Recall;
}

/** No question may hold the server longer. */
const LIMIT_MS = 30_000;
/** Documents that are held at once while they are put together. */
const MAX_DOCUMENTS = 2_000_000;
const MAX_TIME_EXPIRED = 50;
/**
 * BadValue, FailedToParse, IllegalOperation, InvalidOptions, CommandNotSupported, NotAReplicaSet and
 * OperationNotSupportedInTransaction: what servers without snapshots say to the first read from one.
 */
const NO_SNAPSHOT = new Set([2, 9, 20, 72, 115, 123, 263]);
/** SnapshotTooOld and SnapshotUnavailable: another one will do. */
const LOST_SNAPSHOT = new Set([239, 246]);
const withoutSnapshots = new WeakSet<Mongo>();

/** Runs work that reads the dataset at a version, or at the current one; null where nothing was ever written. */
export async function atOneMoment<T>(
  facts: ReadFacts,
  settings: ReadSettings,
  version: number | null,
  work: (moment: Moment) => Promise<T>,
): Promise<T | null> {
  const server = await facts.mongo.server();
  for (let isLast = false;; isLast = true) {
    if (!hasSnapshots(server) || withoutSnapshots.has(facts.mongo)) {
      return await asItStands(facts, settings, version, work);
    }
    try {
      return await inSnapshot(facts, settings, version, work);
    } catch (error) {
      if (error instanceof NoSnapshotError) withoutSnapshots.add(facts.mongo);
      else if (isLast || !LOST_SNAPSHOT.has(codeOf(error))) throw error;
    }
  }
}

/** The server refuses to read from a snapshot at all. */
class NoSnapshotError extends Error {}

function codeOf(error: unknown): number {
  return Number((error as { code?: unknown } | null)?.code);
}

/** Whether the server can answer several reads from one snapshot: replica sets and clusters from MongoDB 5 on. */
export function hasSnapshots({ sessions, replicated, wireVersion }: MongoServer): boolean {
  return sessions && replicated && wireVersion >= 13;
}

/** The options of one read. `natural`: along `_id`, past every index that a writer moves. */
export function readOptions(how: {
  session?: ClientSession;
  readPreference: "primary" | "secondaryPreferred";
  natural?: boolean;
}): Record<string, unknown> {
  return {
    maxTimeMS: LIMIT_MS,
    readPreference: how.readPreference,
    // A new object each time: the driver notes the snapshot's time in it.
    readConcern: { level: how.session ? "snapshot" : "majority" },
    ...how.session ? { session: how.session } : {},
    ...how.natural ? { hint: { _id: 1 } } : {},
  };
}

async function inSnapshot<T>(
  facts: ReadFacts,
  { memory, readPreference = "primary" }: ReadSettings,
  version: number | null,
  work: (moment: Moment) => Promise<T>,
): Promise<T | null> {
  return await facts.mongo.client.withSession({ snapshot: true }, async (session) => {
    const head = await readHead(facts, () => readOptions({ session, readPreference: "primary" })).catch((error) => {
      throw NO_SNAPSHOT.has(codeOf(error)) ? new NoSnapshotError("no snapshots", { cause: error }) : error;
    });
    if (!head) return null;
    const at = Math.min(version ?? head.version, head.version);
    const { recall, keep } = memory.at(facts.headId, at);
    const options = () => readOptions({ session, readPreference });
    const answer = await work({
      ...momentOf(facts, head, at),
      allowsRollups: true,
      recall,
      ...reading(facts, options),
    });
    keep();
    return answer;
  });
}

async function asItStands<T>(
  facts: ReadFacts,
  { memory }: ReadSettings,
  version: number | null,
  work: (moment: Moment) => Promise<T>,
): Promise<T | null> {
  let head = await readHead(facts, () => readOptions({ readPreference: "primary" }));
  for (let again = false;; again = true) {
    if (!head) return null;
    const natural = again || isWriting(head);
    const at = Math.min(version ?? head.version, head.version);
    const { recall, keep } = memory.at(facts.headId, at);
    const options = () => readOptions({ readPreference: "primary", natural });
    const moment = { ...momentOf(facts, head, at), allowsRollups: !natural, recall, ...reading(facts, options) };
    const answer = await work(moment);
    const after = await readHead(facts, () => readOptions({ readPreference: "primary" }));
    if (after && isGone(at, after)) throw pastKeeping(facts, at);
    if (natural || (after && !isWriting(after) && stampOf(after) === stampOf(head))) {
      keep();
      return answer;
    }
    head = after;
  }
}

function momentOf(facts: ReadFacts, head: Head, version: number): Pick<Moment, "facts" | "head" | "version"> {
  if (isGone(version, head)) throw pastKeeping(facts, version);
  return { facts, head, version };
}

function reading({ mongo, ref }: ReadFacts, options: () => Record<string, unknown>): Pick<Moment, "read"> {
  return {
    read: (collection, pipeline) =>
      mongo.run("answer a question", async () => {
        const found: Document[] = [];
        try {
          const cursor = collection.aggregate(pipeline, { allowDiskUse: true, ...options() });
          for await (const document of cursor) {
            if (found.push(document) > MAX_DOCUMENTS) throw tooLarge(ref);
          }
        } catch (error) {
          if (codeOf(error) === MAX_TIME_EXPIRED) throw tookTooLong(ref);
          throw error;
        }
        return found;
      }, { withinMs: 2 * LIMIT_MS }),
  };
}

/** Before the first version there was nothing, which no compaction can drop. */
function isGone(version: number, { kept }: Head): boolean {
  return version > 0 && version < kept;
}

function isWriting({ pendingVersion, pendingGeneration }: Head): boolean {
  return pendingVersion !== null || pendingGeneration !== null;
}

/** What changes with every act, also with those that leave the version as it is. */
function stampOf({ version, reserved, generation, kept, rollups }: Head): string {
  return JSON.stringify([version, reserved, generation, kept, rollups.map((rollup) => rollup.generation)]);
}

function tookTooLong({ dataset }: DatasetRef): UnavailableError {
  return new UnavailableError(
    `Cannot answer the question to dataset "${dataset.id}": it took longer than ${LIMIT_MS / 1_000} s; ask for fewer ` +
      "days or dimensions",
  );
}

function tooLarge({ dataset }: DatasetRef): InputError {
  return new InputError(
    "too-large",
    `Cannot answer the question to dataset "${dataset.id}": it has more than ${MAX_DOCUMENTS} groups; ask for fewer ` +
      "dimensions or days",
  );
}

function pastKeeping({ ref }: ReadFacts, version: number): InputError {
  return new InputError(
    "unknown-as-of",
    `Cannot read dataset "${ref.dataset.id}" as of "${version}": version ${version} is past its keeping time`,
    { asOf: String(version) },
  );
}
