/**
 * Groups of documents, on every server of the protocol. MongoDB itself needs none of what is done here: some servers
 * read a text that begins with `$` as an expression once more when it is part of a group's key, and some answer a sum
 * past 64 bits with a wrong integer. Both are found out by asking once; the plain form stays where it is right.
 */
import type { Document, Mongo, MongoCollection } from "@/lib/mongo/mongo.ts";
import type { Dataset } from "@/lib/model/mod.ts";
import { type MatchCondition, pathOf } from "./mongo_query_filter.ts";
import type { Moment } from "./mongo_query_moment.ts";

/** `$group` as an object: the paths of `_id` by key, and accumulators by field. */
export type GroupStage = { _id: Record<string, string> } & Record<string, unknown>;

/** What a server does that MongoDB does not. */
export interface ServerQuirks {
  /** Answers a sum that is too large with a wrong integer. */
  wrapsSums: boolean;
  /** Reads texts in keys as expressions. */
  readsKeys: boolean;
}

const LARGEST = 2n ** 63n - 1n;
const asked = new WeakMap<Mongo, Promise<ServerQuirks>>();

/** What the server does otherwise; asked once, of any document. */
export async function serverQuirks(moment: Moment): Promise<ServerQuirks> {
  const { mongo, heads, headId } = moment.facts;
  const known = asked.get(mongo) ?? moment.read(heads, [
    { $match: { _id: headId } },
    { $project: { x: [LARGEST, LARGEST], k: { $literal: "$_id" } } },
    { $unwind: "$x" },
    { $group: { _id: { k: "$k" }, sum: { $sum: "$x" } } },
  ]).then(([found]): ServerQuirks => ({
    wrapsSums: Number(found?.sum) < Number(LARGEST),
    readsKeys: found?._id?.k !== "$_id",
  }));
  asked.set(mongo, known);
  try {
    return await known;
  } catch (error) {
    asked.delete(mongo);
    throw error;
  }
}

/** The groups of the documents that match, with their keys as they are stored. */
export async function readGroups(
  moment: Moment,
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
