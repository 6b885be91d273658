/** What is asked about time. Pure. */
import { daySchema, type ImportQuestion } from "@/lib/model/mod.ts";
import type { ColumnProfile } from "@/lib/staging/mod.ts";
import type { DayRange } from "./preamble.ts";

/** The range that an answer names: `2026-01-01..2026-01-31`. */
export function rangeAnswer(answer: string | undefined): DayRange | null {
  const [from, to, more] = (answer ?? "").split("..").map((part) => part.trim());
  if (!from || !to || more !== undefined) return null;
  return daySchema.safeParse(from).success && daySchema.safeParse(to).success && from <= to ? { from, to } : null;
}

/** Several columns hold dates. */
export function timeQuestion(profiles: ColumnProfile[]): ImportQuestion {
  return {
    id: "time",
    kind: "map-column",
    title: "Which column holds the day?",
    detail: `${profiles.length} columns hold dates, and none of them is called as a day is`,
    choices: profiles.map((profile) => ({
      value: profile.header,
      title: profile.header,
      preview: profile.samples.slice(0, 3).map((raw) => ({ raw, read: raw })),
    })),
  };
}

/** No column says which days the rows cover; `period` is what the file calls them. */
export function rangeQuestion(
  answer: string | undefined,
  named: ColumnProfile | undefined,
  period?: string,
): ImportQuestion {
  const wrong = answer ? `"${answer}" is no range. ` : "";
  const cells = named?.samples.slice(0, 3).map((cell) => `"${cell}"`).join(", ");
  const why = named
    ? `No date can be read in "${named.header}" (${cells}), so all of it counts as one period.`
    : "It has no column of dates, so all of it counts as one period.";
  return {
    id: period === undefined ? "range" : `range:${period}`,
    kind: "range",
    title: period === undefined ? "Which days does this file cover?" : `Which days are "${period}"?`,
    detail: `${wrong}${why} Answer with the first and the last day, as in 2026-01-01..2026-01-31`,
    choices: [],
  };
}

/** Days without a year. */
export function yearQuestion(header: string, answer: string | undefined): ImportQuestion {
  const wrong = answer ? `"${answer}" is no year. ` : "";
  return {
    id: "year",
    kind: "year",
    title: "Which year are these days of?",
    detail: `${wrong}The dates that begin with "${header}" have no year, and nothing above the header names one. ` +
      "Answer with four digits, as in 2026",
    column: header,
    choices: [],
  };
}
