/**
 * Sums that are exact whatever their size. MongoDB answers a sum past 64 bits as a rounded double, and some servers of its
 * protocol as a wrong integer: either is noticed, and the column is asked for number by number instead.
 */
import type { Document } from "@/lib/mongo/mongo.ts";
import { fieldsOf, type GroupPlan, isByValue } from "./mongo_query_plan.ts";

/** The first number that 64 bits do not hold. */
const PAST = 2n ** 63n;

/** The columns whose sums may be wrong in some group. */
export function doubtfulSums(plan: GroupPlan, groups: Document[]): string[] {
  const columns = plan.query.aggregates.flatMap((aggregate) =>
    aggregate.fn === "sum" && aggregate.column !== undefined && !isByValue(plan, aggregate) ? [aggregate.column] : []
  );
  return [...new Set(columns)].filter((column) => groups.some((group) => !isExact(plan, group, column)));
}

function isExact(plan: GroupPlan, group: Document, column: string): boolean {
  const field = fieldsOf(plan.known, column);
  if (typeof group[field.s] !== "bigint" && !Number.isSafeInteger(group[field.s])) return false;
  if (!plan.wraps) return true;
  const [largest, smallest] = [integer(group[field.x]) ?? 0n, integer(group[field.i]) ?? 0n];
  const bound = largest > -smallest ? largest : -smallest;
  return bound * (integer(group.n) ?? 0n) < PAST;
}

/** The sum of a column in a group; null where no row has a value. */
export function readSum(plan: GroupPlan, group: Document, column: string): bigint | null {
  const field = fieldsOf(plan.known, column);
  const isThere = plan.rollup ? (integer(group[field.c]) ?? 0n) > 0n : integer(group[field.x]) !== null;
  return isThere ? integer(group[field.s]) ?? 0n : null;
}

/** What one number of a column adds to a group's sum; null where it is none. */
export function readNumber({ _id, n }: Document): bigint | null {
  const number = integer(_id?.x);
  return number === null ? null : number * (integer(n) ?? 0n);
}

/** A number of the answer as an exact integer; null where there is none. */
export function integer(value: unknown): bigint | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "bigint") return value;
  if (typeof value === "number" && Number.isInteger(value)) return BigInt(value);
  throw new TypeError(`Cannot read a whole number from MongoDB: it answered ${typeof value} ${String(value)}`);
}
