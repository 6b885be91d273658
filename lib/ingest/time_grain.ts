/** What time a row covers whose days are known: a day, a week, a month, a period of its own. Pure. */
import type { Dataset, Finding } from "@/lib/model/mod.ts";
import type { ColumnProfile, ColumnReading, DateStats, RowGrain } from "@/lib/staging/mod.ts";
import { grainOfFormat } from "@/lib/staging/read_date.ts";
import type { DecideInput } from "./decide.ts";
import type { TimeDecision } from "./decide_time.ts";

/** A column of days, and what is known of it. */
export interface GrainInput {
  profile: ColumnProfile;
  formats: string[];
  grain: RowGrain;
  reading: ColumnReading & { from: "header"; as: "date" };
  findings: Finding[];
}

/** What time a row covers: as its dates are written, as its header says, as the gaps between its days show. */
export function withGrain(
  input: DecideInput,
  { profile, formats, grain, reading, findings }: GrainInput,
): Pick<TimeDecision, "grain" | "reading" | "until" | "findings"> {
  const { header } = profile;
  if (formats.every((format) => format.startsWith("<"))) return twoDays(profile, formats, reading, findings);
  const written = grainOfFormat(formats[0]!);
  const found = (
    is: RowGrain,
    evidence: string,
  ) => [...findings, { topic: "grain", finding: `one ${is} a row`, evidence }];
  if (grain === "range") return { grain, reading, findings };
  if (input.answers.grain === "day" && written === "day") {
    return { grain: "day", reading, findings: found("day", "answered") };
  }
  if (written !== "day") return { grain: written, reading, findings: found(written, `"${header}" names no days`) };
  const stats = formats.length === 1 ? profile.dateStats[formats[0]!] : undefined;
  const told = grain === "day" ? input.recognition.facts.grain : null;
  const gaps = told
    ? { grain: told, evidence: "the lines above the header say so" }
    : stats && (grain === "week" || hasSteps(input.dataset))
    ? stepsOf(stats)
    : null;
  const is = grain === "day" ? gaps?.grain ?? "day" : grain;
  if (is === "week" && stats?.weekday && stats.weekday !== 1) {
    const evidence = `${
      gaps?.evidence ?? `"${header}"`
    }; they begin on another day than Monday, so each is kept as a period`;
    return { grain: "range", reading, until: { ...reading, plusDays: 6 }, findings: found("week", evidence) };
  }
  if (is === "day") return { grain: is, reading, findings };
  return {
    grain: is,
    reading,
    findings: found(is, grain === "day" ? gaps!.evidence : `the column is called "${header}"`),
  };
}

/** Cells that name two days: a day where both are the same in every cell, else a period. */
function twoDays(
  { header, dateStats }: ColumnProfile,
  formats: string[],
  reading: GrainInput["reading"],
  findings: Finding[],
): Pick<TimeDecision, "grain" | "reading" | "until" | "findings"> {
  const single = formats.every((format) => dateStats[format]?.single);
  const evidence = `the two days in "${header}" are ${single ? "the same in every row" : "not the same"}`;
  const found = { topic: "grain", finding: single ? "one day a row" : "one whole period a row", evidence };
  const until: ColumnReading = { ...reading, formats: formats.map((format) => format.replace("<", ">")) };
  return { grain: single ? "day" : "range", reading, ...(single ? {} : { until }), findings: [...findings, found] };
}

/** Reports have steps. What happens on certain days only (an e-mail on Mondays, a rate at a month's end) has none. */
function hasSteps({ id }: Dataset): boolean {
  return id !== "email" && id !== "rates";
}

const DAY = 86_400_000;

/** Days of one weekday only, week after week, are weeks; firsts of the month, month after month, are months. */
function stepsOf({ from, to, days, weekday, firsts }: DateStats): { grain: "week" | "month"; evidence: string } | null {
  if (days < 4) return null;
  const [first, last] = [new Date(`${from}T00:00:00Z`), new Date(`${to}T00:00:00Z`)];
  const weeks = Math.round((last.getTime() - first.getTime()) / DAY / 7) + 1;
  if (weekday !== null && days >= weeks * 0.8) {
    return { grain: "week", evidence: `${days} days from ${from} to ${to}, each a week after the one before` };
  }
  const months = (last.getUTCFullYear() - first.getUTCFullYear()) * 12 + last.getUTCMonth() - first.getUTCMonth() + 1;
  if (firsts && days >= months * 0.8) {
    return { grain: "month", evidence: `${days} days from ${from} to ${to}, each the first of a month` };
  }
  return null;
}
