import type { Filter } from "@/lib/model/mod.ts";

/**
 * Whether something that is written down lies within a filter, by its values of fields. A field that it does not name
 * (undefined or null) leaves it out.
 */
export function filterHolds(filter: Filter, valueOf: (field: string) => string | null | undefined): boolean {
  if ("and" in filter) return filter.and.every((part) => filterHolds(part, valueOf));
  if ("or" in filter) return filter.or.some((part) => filterHolds(part, valueOf));
  const { field, op, value } = filter;
  const own = valueOf(field);
  if (own === undefined || own === null) return false;
  if (op === "equals") return own === value;
  if (op === "in") return (value as (string | number)[]).includes(own);
  if (op === "not") return own !== value;
  if (op === "not-in") return !(value as (string | number)[]).includes(own);
  const text = own.toLowerCase();
  const part = String(value ?? "").toLowerCase();
  if (op === "contains") return text.includes(part);
  if (op === "not-contains") return !text.includes(part);
  if (op === "starts-with") return text.startsWith(part);
  if (op === "ends-with") return text.endsWith(part);
  return op === "is-not-empty";
}
