/**
 * Sums that are exact whatever their size. MongoDB answers a sum past 64 bits as a rounded double, and some servers of its
 * protocol as a wrong integer: either is noticed, and the question asked again with each number in two halves.
 */
import type { Document } from "@/lib/mongo/mongo.ts";
import { fieldsOf, type GroupPlan, HALF, isByValue } from "./mongo_query_plan.ts";

/** The first number that 64 bits do not hold. */
const PAST = 2n ** 63n;

/** Whether every sum of a group is exact; those in halves always are. */
export function areSumsExact(plan: GroupPlan, group: Document): boolean {
  if (plan.halves) return true;
  return plan.query.aggregates.every((aggregate) => {
    if (aggregate.fn !== "sum" || aggregate.column === undefined || isByValue(plan, aggregate)) return true;
    const field = fieldsOf(plan.known, aggregate.column);
    if (typeof group[field.s] !== "bigint" && !Number.isSafeInteger(group[field.s])) return false;
    if (!plan.wraps) return true;
    const [largest, smallest] = [integer(group[field.x]) ?? 0n, integer(group[field.i]) ?? 0n];
    const bound = largest > -smallest ? largest : -smallest;
    return bound * (integer(group.n) ?? 0n) < PAST;
  });
}

/** The sum of a column in a group; null where no row has a value. */
export function readSum(plan: GroupPlan, group: Document, column: string): bigint | null {
  const field = fieldsOf(plan.known, column);
  const anything = plan.rollup ? integer(group[field.c]) : integer(group[field.x]);
  if (anything === null || (plan.rollup && anything === 0n)) return null;
  if (!plan.halves) return integer(group[field.s]) ?? 0n;
  return (integer(group[field.hi]) ?? 0n) * HALF + (integer(group[field.lo]) ?? 0n);
}

/** A number of the answer as an exact integer; null where there is none. */
export function integer(value: unknown): bigint | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "bigint") return value;
  if (typeof value === "number" && Number.isInteger(value)) return BigInt(value);
  throw new TypeError(`Cannot read a whole number from MongoDB: it answered ${typeof value} ${String(value)}`);
}
