/**
 * Groups of documents, on every server of the protocol. MongoDB itself needs none of what is done here: some servers
 * read a text that begins with `$` as an expression once more when it is part of a group's key, and some answer a sum
 * past 64 bits with a wrong integer. Both are found out by asking once; the plain form stays where it is right.
 */
import type { Document, Mongo, MongoCollection } from "@/lib/mongo/mongo.ts";
import type { Dataset } from "@/lib/model/mod.ts";
import { type MatchCondition, pathOf } from "./mongo_query_filter.ts";
import type { Moment, ReadFacts } from "./mongo_query_moment.ts";

/** `$group` as an object: the paths of `_id` by key, and accumulators by field. */
export type GroupStage = { _id: Record<string, string> } & Record<string, unknown>;

/** How groups are read: at a moment, or as they stand. */
export type GroupReader = Pick<Moment, "read"> & { facts: Pick<ReadFacts, "mongo" | "ref" | "heads" | "headId"> };

/** Reads groups as they stand, for whoever needs no moment of its own. */
export function plainReader(facts: GroupReader["facts"], verb: string, withinMs: number): GroupReader {
  const read: Moment["read"] = (collection, pipeline) =>
    facts.mongo.run(verb, () => collection.aggregate(pipeline, { allowDiskUse: true }).toArray(), { withinMs });
  return { facts, read };
}

/** What a server does that MongoDB does not. */
export interface ServerQuirks {
  /** Answers a sum that is too large with a wrong integer. */
  wrapsSums: boolean;
  /** Reads texts in keys as expressions. */
  readsKeys: boolean;
}

const LARGEST = 2n ** 63n - 1n;
const asked = new WeakMap<Mongo, Promise<ServerQuirks | null>>();

/** What the server does otherwise; asked once, of any document. */
export async function serverQuirks(reader: GroupReader): Promise<ServerQuirks> {
  const { mongo } = reader.facts;
  const known = asked.get(mongo) ?? askQuirks(reader);
  asked.set(mongo, known);
  const quirks = await known.catch((error) => {
    asked.delete(mongo);
    throw error;
  });
  if (quirks) return quirks;
  // Nothing was ever written, so there was no document to ask of: the careful forms are right everywhere.
  asked.delete(mongo);
  return { wrapsSums: true, readsKeys: true };
}

async function askQuirks({ facts, read }: GroupReader): Promise<ServerQuirks | null> {
  const [found] = await read(facts.heads, [
    { $match: { _id: facts.headId } },
    { $project: { x: [LARGEST, LARGEST], k: { $literal: "$_id" } } },
    { $unwind: "$x" },
    { $group: { _id: { k: "$k" }, sum: { $sum: "$x" } } },
  ]);
  return found ? { wrapsSums: Number(found.sum) < Number(LARGEST), readsKeys: found._id?.k !== "$_id" } : null;
}

/** The groups of the documents that match, with their keys as they are stored. */
export async function readGroups(
  moment: GroupReader,
  collection: Pick<MongoCollection, "aggregate">,
  match: MatchCondition,
  stage: GroupStage,
): Promise<Document[]> {
  if (match === false) return [];
  const { readsKeys } = await serverQuirks(moment);
  const marked = readsKeys ? textKeys(moment.facts.ref.dataset, stage) : [];
  const groups = await moment.read(collection, groupPipeline(match, stage, marked));
  if (marked.length === 0) return groups;
  return groups.map(({ _id, ...rest }) => ({ ...rest, _id: withoutMarks(_id, marked) }));
}

/** The pipeline; texts under the keys in `marked` get a sign before them, so that none begins with `$`. */
export function groupPipeline(
  match: MatchCondition,
  { _id, ...fields }: GroupStage,
  marked: string[] = [],
): Document[] {
  const keys = Object.entries(_id).map(([key, path]) => [key, marked.includes(key) ? { $concat: [MARK, path] } : path]);
  return [{ $match: typeof match === "object" ? match : {} }, { $group: { _id: Object.fromEntries(keys), ...fields } }];
}

const MARK = "=";

/** The keys that hold text that came from outside. */
function textKeys({ columns }: Dataset, { _id }: GroupStage): string[] {
  const texts = new Set(["$o", "$a", ...columns.filter(({ type }) => type === "text").map((one) => `$${pathOf(one)}`)]);
  return Object.entries(_id).filter(([, path]) => texts.has(path)).map(([key]) => key);
}

function withoutMarks(id: Document, marked: string[]): Document {
  const clean = { ...id };
  for (const key of marked) if (typeof clean[key] === "string") clean[key] = clean[key].slice(MARK.length);
  return clean;
}
