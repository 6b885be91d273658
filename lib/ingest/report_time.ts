/** What the time of a report means for its rows: which days were not over, which numbers may still change. Pure. */
import type { Dataset, Finding } from "@/lib/model/mod.ts";
import { maturityOf, type Source } from "@/lib/source/mod.ts";
import type { PreambleFacts } from "./preamble.ts";

/** The first day that was not over, or not complete, when the report was made; `today` where it does not say. */
export function provisionalFrom({ made, completeUntil, incomplete, range }: PreambleFacts, today: string): string {
  const days = [today];
  if (made && made < today) days.push(made);
  if (completeUntil) days.push(addDays(completeUntil, 1));
  else if (incomplete && range) days.push(range.to);
  return days.sort()[0]!;
}

/** A day so many days later; earlier where `days` is negative. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Says which days of a report are not over, and which of its numbers the platform may still change. */
export function reportTimeFindings(
  { facts, source, dataset, measures, to }: {
    facts: PreambleFacts;
    source: Source | null;
    dataset: Dataset;
    /** Measures of the dataset that the file has. */
    measures: string[];
    /** Its last day. */
    to: string | null;
  },
  today: string,
): Finding[] {
  if (!to) return [];
  const findings: Finding[] = [];
  const from = provisionalFrom(facts, today);
  if (to >= from) {
    const evidence = facts.completeUntil
      ? `it says that days are complete until ${facts.completeUntil}`
      : facts.incomplete
      ? "it says that its numbers may be incomplete"
      : facts.made
      ? `it was made on ${facts.made}`
      : `it is imported on ${today}`;
    findings.push({ topic: "provisional", finding: `days from ${from} on were not over`, evidence });
  }
  const made = facts.made ?? today;
  const open = new Map<number, string[]>();
  for (const name of measures) {
    const days = maturityOf(source ?? undefined, name);
    if (to <= addDays(made, -days)) continue;
    const title = dataset.columns.find((column) => column.name === name)!.title;
    open.set(days, [...open.get(days) ?? [], title.toLowerCase()]);
  }
  if (open.size > 0) {
    const words = [...open].sort(([a], [b]) => a - b)
      .map(([days, titles]) => `${titles.join(", ")} of days after ${addDays(made, -days)}`);
    findings.push({
      topic: "maturity",
      finding: "some numbers may still change; import these days again later",
      evidence: words.join("; "),
    });
  }
  return findings;
}
