import { createHash } from "node:crypto";

/**
 * The version of one part of a definition: it changes where the part does, and not where another part of the same dataset
 * is changed. Pure.
 */
export function partVersion(part: unknown): string {
  const text = JSON.stringify(
    part,
    (_name, value) =>
      value !== null && typeof value === "object" && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => a < b ? -1 : 1))
        : value,
  );
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
