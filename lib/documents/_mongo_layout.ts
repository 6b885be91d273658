/**
 * How documents lie in MongoDB: one collection per kind, the document as JSON text, beside it the values that indexes
 * go over. So no key of a document is ever a key that MongoDB looks at, and every round trip is exact.
 */
import type { Document, IndexDescription } from "@/lib/mongo/mongo.ts";
import { type CheckedList, decodeCursor, type IndexValue } from "./_checks.ts";
import type { Collection } from "./mod.ts";

/** A stored document. */
export interface MongoDocument {
  /** `<workspace>/<id>`. */
  _id: string;
  w: string;
  /** Version. */
  v: number;
  at: Date;
  body: string;
  /** Top-level texts and numbers by name: what indexes go over. */
  x: Record<string, IndexValue>;
  /** By unique index, what it holds of this document, workspace and all, as one text; absent where it lacks a field. */
  u: Record<string, string>;
  /** Marks of the latest writes, the newest last: a write that is repeated finds out that it arrived before. */
  marks: string[];
}

/** How many writes may come between a write and its repetition. */
export const MARKS_KEPT = 8;

const PLAIN_NAME = /^[A-Za-z][A-Za-z0-9_]{0,62}$/;

/** Where a workspace's ids begin: "/" and what stands for it are written so that no two pairs meet. */
export function idPrefix(workspace: string): string {
  return `${workspace.replaceAll("%", "%25").replaceAll("/", "%2F")}/`;
}

/** What is written of a document, besides its version and time. */
export function contentOf(
  collection: Collection<{ id: string }>,
  workspace: string,
  doc: unknown,
): Pick<MongoDocument, "body" | "x" | "u"> {
  const body = JSON.stringify(doc);
  const x: Record<string, IndexValue> = {};
  // All of them, not only those that an index needs today: an index declared later finds them, and so it finds what an
  // older program writes beside a newer one.
  for (const [name, value] of Object.entries(JSON.parse(body) as Record<string, unknown>)) {
    if (PLAIN_NAME.test(name) && (typeof value === "string" || typeof value === "number")) x[name] = value;
  }
  const u: Record<string, string> = {};
  for (const fields of uniqueFields(collection)) {
    const held = uniqueValue(workspace, fields, x);
    if (held !== null) u[uniqueName(fields)] = held;
  }
  return { body, x, u };
}

/** Each unique index's fields. */
export function uniqueFields({ indexes }: Collection<{ id: string }>): (readonly string[])[] {
  return Object.values(indexes).filter(({ unique }) => unique).map(({ fields }) => fields);
}

/** Where a unique index's text lies inside `u`. */
export function uniqueName(fields: readonly string[]): string {
  return fields.join("-");
}

/** What a unique index holds of a document; null where the document lacks one of the fields. */
export function uniqueValue(workspace: string, fields: readonly string[], x: MongoDocument["x"]): string | null {
  const values = fields.map((field) => x[field]);
  return values.includes(undefined) ? null : JSON.stringify([workspace, ...values]);
}

/** The MongoDB collection of a kind. Throws for names that are not plain. */
export function collectionName({ name, indexes }: Collection<{ id: string }>): string {
  if (!/^[a-z][a-z0-9_]{0,62}$/.test(name)) {
    throw new TypeError(`Cannot use "${name}" as a collection's name: use lower-case letters, digits and _`);
  }
  for (const [index, { fields }] of Object.entries(indexes)) {
    if (!PLAIN_NAME.test(index)) throw new TypeError(`Cannot use "${index}" as an index's name`);
    if (fields.length === 0) throw new TypeError(`Cannot make the index "${index}": it names no field`);
    const odd = fields.find((field) => !PLAIN_NAME.test(field));
    if (odd !== undefined) throw new TypeError(`Cannot index the field "${odd}"`);
  }
  return `doc_${name}`;
}

/** An index by what it is: a changed declaration is another index, whatever it is called. */
export function indexName(fields: readonly string[], unique: boolean): string {
  return `${unique ? "unique" : "by"}.${fields.join(".")}`;
}

/** The indexes that a kind declares: one to list by for each, and one more where it is unique. */
export function indexesOf(collection: Collection<{ id: string }>): IndexDescription[] {
  const found = new Map<string, IndexDescription>();
  for (const { fields, unique } of Object.values(collection.indexes)) {
    const name = indexName(fields, false);
    found.set(name, {
      name,
      // The id comes last, so that a page can begin after any one of several equals.
      key: new Map<string, 1>([["w", 1], ...fields.map((field): [string, 1] => [`x.${field}`, 1]), ["_id", 1]]),
      partialFilterExpression: Object.fromEntries(fields.map((field) => [`x.${field}`, { $exists: true }])),
    });
    if (!unique) continue;
    const refusing = indexName(fields, true);
    // Over one field and sparse: every server leaves documents out that lack it, and not all keep to a partial filter.
    found.set(refusing, { name: refusing, key: { [`u.${uniqueName(fields)}`]: 1 }, unique: true, sparse: true });
  }
  return [...found.values()];
}

/** What to ask MongoDB for a list: a filter over one index, and the order that this index has. */
export interface ListQuery {
  filter: Document;
  sort: [string, 1 | -1][];
}

/** Numbers come before texts, and a comparison with one leaves the other out: these open the other's whole range. */
const ALL_TEXTS = { $gte: "" };
const ALL_NUMBERS = { $lte: Infinity };

/** Compiles a checked list; null where nothing can match. Values stand only where MongoDB takes plain values. */
export function listQuery(workspace: string, list: CheckedList): ListQuery | null {
  const { fields, equals, from, to, descending } = list;
  const prefix = idPrefix(workspace);
  const conditions: Document[] = [];
  const paths = fields.map((field) => `x.${field}`);
  paths.forEach((path, i) =>
    conditions.push(i < equals.length ? { [path]: { $eq: equals[i] } } : { [path]: { $exists: true } })
  );

  const ranged = paths[equals.length] ?? "_id";
  for (const [operator, bound] of [["$gte", from], ["$lte", to]] as const) {
    if (bound === undefined) continue;
    if (ranged === "_id" && typeof bound === "number") return null;
    conditions.push({ [ranged]: { [operator]: ranged === "_id" ? prefix + bound : bound } });
  }
  // "0" follows "/": what begins with the prefix lies between the two.
  if (fields.length === 0) conditions.push({ _id: { $gte: prefix, $lt: `${prefix.slice(0, -1)}0` } });
  else conditions.unshift({ w: { $eq: workspace } });

  const order = [...paths.slice(equals.length), "_id"];
  if (list.cursor !== undefined) {
    const after = decodeCursor(list.cursor, list.name, descending, order.length);
    const id = after.at(-1);
    if (typeof id !== "string") return null;
    conditions.push(afterValues(order, [...after.slice(0, -1), prefix + id], descending));
  }
  return {
    filter: { $and: conditions },
    sort: order.map((path) => [path, descending ? -1 : 1]),
  };
}

/** What follows a row of values in an order over several fields. */
function afterValues(order: string[], after: IndexValue[], descending: boolean): Document {
  const branches = order.flatMap((path, i) => {
    const same = order.slice(0, i).map((before, j) => ({ [before]: { $eq: after[j] } }));
    return beyond(path, after[i]!, descending).map((range) => ({ $and: [...same, { [path]: range }] }));
  });
  return { $or: branches };
}

function beyond(path: string, value: IndexValue, descending: boolean): Document[] {
  const next = descending ? { $lt: value } : { $gt: value };
  // An id is always a text.
  if (path === "_id" || typeof value === (descending ? "number" : "string")) return [next];
  return [next, descending ? ALL_NUMBERS : ALL_TEXTS];
}
