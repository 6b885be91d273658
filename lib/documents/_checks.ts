/** What every document store checks before it asks its engine, so that all refuse the same things in the same words. */
import { Buffer } from "node:buffer";
import { InputError } from "@/lib/errors.ts";
import type { Collection, ListOptions, Stored } from "./mod.ts";

/** What an index holds. */
export type IndexValue = string | number;

const MAX_LIMIT = 1_000;

/** A text that is not empty. Anything else, an object with operators above all, is refused. */
export function textValue(what: string, value: unknown): string {
  if (typeof value === "string" && value !== "" && !value.includes("\0")) return value;
  throw new InputError("bad-value", `The ${what} must be a text that is not empty, not ${show(value)}`, {}, 400);
}

function indexValue(what: string, value: unknown): IndexValue {
  if (typeof value === "string" || (typeof value === "number" && Number.isFinite(value))) return value;
  throw new InputError("bad-value", `The ${what} must be a text or a number, not ${show(value)}`, {}, 400);
}

/** A version that a change begins with. */
export function versionValue(value: unknown): number {
  if (Number.isSafeInteger(value)) return value as number;
  throw new InputError("bad-value", `The expected version must be a whole number, not ${show(value)}`, {}, 400);
}

/** A document as it will be stored: parsed by its schema, its indexed fields fit for an index. */
export function checkedDocument<T extends { id: string }>(collection: Collection<T>, doc: T): T {
  const parsed = collection.schema.parse(doc);
  textValue("id", parsed.id);
  for (const { fields } of Object.values(collection.indexes)) {
    for (const field of fields) {
      const value = (parsed as Record<string, unknown>)[field];
      if (value !== undefined && value !== null) indexValue(`field "${field}" of ${collection.name}`, value);
    }
  }
  return parsed;
}

/** A document that comes from another store, with a version and a time that this one could have given it. */
export function checkedStored<T extends { id: string }>(collection: Collection<T>, stored: Stored<T>): Stored<T> {
  const doc = checkedDocument(collection, stored.doc);
  const version = versionValue(stored.version);
  const time = new Date(stored.updatedAt);
  if (version < 1 || !(time.getTime() >= 0) || time.toISOString() !== stored.updatedAt) {
    throw new TypeError(
      `Cannot bring ${collection.name} "${doc.id}": version ${version} of ${show(stored.updatedAt)} cannot be`,
    );
  }
  return { doc, version, updatedAt: stored.updatedAt };
}

/** A list that can be answered. */
export interface CheckedList {
  /** "" for the list by id. */
  name: string;
  fields: readonly string[];
  equals: readonly IndexValue[];
  from?: IndexValue;
  to?: IndexValue;
  descending: boolean;
  limit: number;
  cursor?: string;
}

/** Checks what to list against the declared indexes. */
export function checkedList<T extends { id: string }>(collection: Collection<T>, options: ListOptions): CheckedList {
  const { index = "", equals = [], from, to, direction = "ascending", limit = 100, cursor } = options;
  const fields = index === "" ? [] : collection.indexes[index]?.fields;
  if (!fields || (index !== "" && !Object.hasOwn(collection.indexes, index))) {
    throw new TypeError(`Cannot list ${collection.name} by "${index}": no such index is declared`);
  }
  if (!Array.isArray(equals) || equals.length > fields.length) {
    throw new TypeError(`Cannot list ${collection.name} by "${index}": it has ${fields.length} fields to compare`);
  }
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) {
    throw new InputError(
      "bad-limit",
      `The limit must be a whole number from 1 to ${MAX_LIMIT}, not ${show(limit)}`,
      {},
      400,
    );
  }
  if (from !== undefined && to !== undefined && typeof from !== typeof to) {
    throw new TypeError(`Cannot list ${collection.name} by "${index}": both bounds must be texts, or both numbers`);
  }
  if (direction !== "ascending" && direction !== "descending") {
    throw new InputError(
      "bad-direction",
      `The direction must be ascending or descending, not ${show(direction)}`,
      {},
      400,
    );
  }
  return {
    name: index,
    fields,
    equals: equals.map((value) => indexValue("value to compare with", value)),
    from: from === undefined ? undefined : indexValue("lower bound", from),
    to: to === undefined ? undefined : indexValue("upper bound", to),
    descending: direction === "descending",
    limit,
    cursor: cursor === undefined ? undefined : textValue("cursor", cursor),
  };
}

/** A page's end as text: what follows goes on after these values. */
export function encodeCursor(index: string, descending: boolean, after: readonly IndexValue[]): string {
  return Buffer.from(JSON.stringify([index, descending ? 1 : 0, ...after])).toString("base64url");
}

/** Throws `InputError` `bad-cursor` for anything but what `encodeCursor` made for the same list. */
export function decodeCursor(cursor: string, index: string, descending: boolean, length: number): IndexValue[] {
  try {
    const [name, direction, ...after] = JSON.parse(Buffer.from(cursor, "base64url").toString());
    if (name === index && direction === (descending ? 1 : 0) && after.length === length) {
      return after.map((value: unknown) => indexValue("cursor", value));
    }
  } catch {
    // Falls through: whatever it is, it is no cursor of ours.
  }
  throw new InputError("bad-cursor", `Cannot go on from the cursor ${show(cursor)}: begin again without one`, {}, 400);
}

function show(value: unknown): string {
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  return `"${text.slice(0, 80)}"`;
}
