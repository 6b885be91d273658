import type { Filter } from "@/lib/model/mod.ts";

/** The platforms that a filter asks for by name; null where it does not say. */
export function platformsNamed(filter: Filter | undefined): Set<string> | null {
  if (!filter) return null;
  if ("and" in filter) return filter.and.map(platformsNamed).find((one) => one !== null) ?? null;
  if ("or" in filter || filter.field !== "platform") return null;
  if (filter.op === "equals") return new Set([String(filter.value)]);
  return filter.op === "in" ? new Set(filter.value.map(String)) : null;
}
