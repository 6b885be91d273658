/** How a value moved against what it is compared with, in words, and whether that is good news. */
import type { MetricFormat } from "@/lib/model/mod.ts";
import { formatMetric } from "./numbers.ts";

/** A change as text, and how it is to be taken. */
export interface Change {
  text: string;
  direction: "up" | "down" | "flat";
  /** From the metric's better direction, never from the sign. */
  tone: "good" | "bad" | "neutral";
}

/**
 * The change from `previous` to `current`: relative for amounts and counts ("+7.4%"), absolute for ratios ("+0.16"), in
 * points for percentages ("+0.4 pp"). Null where one side is missing.
 */
export function formatChange(
  current: number | null | undefined,
  previous: number | null | undefined,
  column: { format: MetricFormat | string; better?: "up" | "down" | "none" },
  { locale }: { locale: string },
): Change | null {
  if (typeof current !== "number" || typeof previous !== "number") return null;
  const difference = current - previous;
  if (column.format === "ratio") {
    const text = formatMetric(difference, "ratio", { locale, sign: true, unit: false });
    return change(text, difference, column.better);
  }
  if (column.format === "percent") {
    const points = formatMetric(difference, "percent", { locale, sign: true, unit: false });
    return change(`${points}\u00a0pp`, difference, column.better);
  }
  if (previous === 0) return current === 0 ? change("0%", 0, column.better) : change("new", difference, column.better);
  return change(formatRelative(difference / Math.abs(previous), locale), difference, column.better);
}

function formatRelative(share: number, locale: string): string {
  // One decimal says enough; past 100 % none does.
  const rounded = Math.abs(share) < 0.9995 ? Math.round(share * 1000) / 1000 : Math.round(share * 100) / 100;
  return formatMetric(rounded, "percent", { locale, sign: true, compact: true });
}

function change(text: string, difference: number, better: "up" | "down" | "none" = "none"): Change {
  const flat = difference === 0 || !/[1-9]|new/.test(text);
  const direction = flat ? "flat" : difference > 0 ? "up" : "down";
  const tone = flat || better === "none" ? "neutral" : direction === better ? "good" : "bad";
  return { text, direction, tone };
}
