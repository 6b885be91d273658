/** Reads what names a version. */

/** Why a text names none. */
export const NO_VERSION = "it is neither a version, nor an import's id, nor a moment (ISO 8601)";

/** What a text names a version by: its number, or a moment; anything else may be an import's id. */
export function parseAsOf(asOf: string): { version: number } | { moment: string | null } {
  if (/^\d{1,9}$/.test(asOf)) return { version: Number(asOf) };
  const moment = /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:?\d{2})?)?$/.test(asOf) ? Date.parse(asOf) : NaN;
  return { moment: Number.isNaN(moment) ? null : new Date(moment).toISOString() };
}
