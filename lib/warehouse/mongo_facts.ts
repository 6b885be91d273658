/** The collections of one dataset, opened for one workspace. */
import type { Document, Mongo, MongoCollection } from "@/lib/mongo/mongo.ts";
import {
  type ClaimDocument,
  collectionNames,
  type CoverageDocument,
  type Head,
  type LabelDocument,
  type NameDocument,
  OPEN,
  type RollupDocument,
  type RowDocument,
  type VersionDocument,
} from "./mongo_layout.ts";
import type { DatasetRef } from "./mod.ts";
import { readSwitch } from "./mongo_switch.ts";

/** What everything that reads or writes a dataset's facts begins with. */
export interface MongoFacts {
  mongo: Mongo;
  ref: DatasetRef;
  workspace: string;
  headId: string;
  heads: MongoCollection<Head>;
  /** Numbers of 64 bits come back as bigint here and in rollups. */
  rows: MongoCollection<RowDocument>;
  claims: MongoCollection<ClaimDocument>;
  names: MongoCollection<NameDocument>;
  versions: MongoCollection<VersionDocument>;
  coverage: MongoCollection<CoverageDocument>;
  labels: MongoCollection<LabelDocument>;
  rollup: (name: string) => MongoCollection<RollupDocument>;
}

/** Opens them; asks the server nothing. */
export function mongoFacts(mongo: Mongo, ref: DatasetRef): MongoFacts {
  const names = collectionNames(ref.dataset.id);
  const open = <T extends Document>(name: string) => mongo.collection<T>(name);
  const exact = <T extends Document>(name: string) => mongo.collection<T>(name, { int64: "bigint" });
  return {
    mongo,
    ref,
    workspace: ref.workspace,
    headId: `${ref.workspace}/${ref.dataset.id}`,
    heads: open(names.heads),
    rows: exact(names.rows),
    claims: open(names.claims),
    names: open(names.names),
    versions: open(names.versions),
    coverage: open(names.coverage),
    labels: open(names.labels),
    rollup: (name) => exact(names.rollup(name)),
  };
}

/** How a head is read: made anew for each read, as the driver notes the time of a snapshot in it. */
export type HeadOptions = () => Record<string, unknown>;

const fromPrimary: HeadOptions = () => ({ readPreference: "primary" });

/**
 * The head as it stands, or null before the first change. Always from the primary: it says what everything else means. A
 * change that waits for a switch of several heads counts as soon as that is thrown.
 */
export async function readHead(
  facts: Pick<MongoFacts, "mongo" | "ref" | "headId" | "heads">,
  options = fromPrimary,
): Promise<Head | null> {
  for (let tries = 1;; tries++) {
    const head = await readStoredHead(facts, options);
    if (!head?.joint) return head;
    const state = await readSwitch(facts.mongo, head.joint.switch, options);
    if (state === "thrown") return { ...head, ...head.joint.set, pendingVersion: null };
    // Without one, every head has written down meanwhile what became of it: it is read again.
    if (state !== null || tries === 3) return head;
  }
}

/** The head as it is written down. */
export async function readStoredHead(
  { mongo, ref, heads, headId }: Pick<MongoFacts, "mongo" | "ref" | "headId" | "heads">,
  options = fromPrimary,
): Promise<Head | null> {
  return await mongo.run(
    `say at which version dataset "${ref.dataset.id}" stands`,
    () => heads.findOne({ _id: headId }, options()),
  );
}

/** The head of a dataset that nothing was ever written to. */
export function emptyHead(facts: MongoFacts): Head {
  return {
    _id: facts.headId,
    workspace: facts.workspace,
    dataset: facts.ref.dataset.id,
    version: 0,
    at: null,
    reserved: 0,
    aborted: [],
    levels: [],
    columns: [],
    types: [],
    provisional: null,
    rollups: [],
    generation: 0,
    abortedGenerations: [],
    kept: 0,
    compactions: [],
    owner: null,
    renewedAt: null,
    leaseMs: 0,
    pendingVersion: null,
    pendingGeneration: null,
  };
}

/** What a writer may end: what nothing ended yet, or only what never counts. */
export function open(aborted: readonly number[]): Record<string, unknown> {
  return { t: aborted.length === 0 ? OPEN : { $in: [OPEN, ...aborted] } };
}
