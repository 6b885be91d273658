/** What an act did, as text to be kept: exact sums are written as text. */
import type { ImportDiff, PublishResult } from "./mod.ts";

/** Writes it. */
export function writeResult(result: PublishResult): string {
  return JSON.stringify(result, (_key, value) => typeof value === "bigint" ? String(value) : value);
}

/** Reads what `writeResult` wrote. */
export function readResult(text: string): PublishResult {
  const stored = JSON.parse(text) as PublishResult & {
    perMeasure: Record<string, { before: string | null; after: string | null }>;
  };
  const exact = (value: string | null) => value === null ? null : BigInt(value);
  const perMeasure: ImportDiff["perMeasure"] = Object.fromEntries(
    Object.entries(stored.perMeasure).map(([name, sums]) => [
      name,
      { before: exact(sums.before), after: exact(sums.after) },
    ]),
  );
  // What an earlier program wrote lacks it.
  return { ...stored, missing: stored.missing ?? 0, perMeasure };
}
