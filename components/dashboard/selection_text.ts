/** What was chosen in a tile, in words. */
import { formatRange, valueLabel } from "@/lib/format/mod.ts";
import { PERIOD } from "@/lib/model/selections.ts";

/** A chosen value: its label, and days as a range. */
export function selectionText({ field, value }: { field: string; value: string }, locale: string): string {
  if (field !== PERIOD) return valueLabel(field, value, locale);
  const [from = "", to = from] = value.split("..");
  return formatRange(from, to, { locale });
}
