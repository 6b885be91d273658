/** A column whose cells name whole periods without their days (`date_range_0`, `Last year`): the days are asked. Pure. */
import { headerKey, type ImportQuestion } from "@/lib/model/mod.ts";
import type { ColumnProfile } from "@/lib/staging/mod.ts";
import type { TimeDecision } from "./decide_time.ts";
import { meaningsOf } from "./header_words.ts";
import type { DayRange } from "./preamble.ts";
import type { TableRecognition } from "./recognise/mod.ts";
import { rangeAnswer, rangeQuestion } from "./time_questions.ts";

const HEADERS = new Set(
  ["Date range", "Date comparison", "Period", "Time period", "Comparison period", "Reporting period", "Range"]
    .map(headerKey),
);
/** Rows that compare two periods. */
const CHANGE = /%|change|δ|diff|veränderung|variation|variación|variazione|variação|verschil|変化/iu;
const MOST = 8;

/** Takes the days that were answered for each period; asks for those that were not. Null where no column is one. */
export function namedPeriods(
  profiles: ColumnProfile[],
  { source, language }: Pick<TableRecognition, "source" | "language">,
  answers: Record<string, string>,
): TimeDecision | null {
  const profile = profiles.find(({ header, distinct, samples, dates, filled }) =>
    meaningsOf(header, source, language).some((meaning) => HEADERS.has(meaning)) &&
    dates === 0 && filled > 0 && distinct <= Math.min(MOST, samples.length)
  );
  const names = profile?.samples.filter((cell) => !CHANGE.test(cell)) ?? [];
  // One name says no more than the report as a whole.
  if (!profile || names.length < 2) return null;
  const days = new Map<string, DayRange>();
  const questions: ImportQuestion[] = [];
  for (const name of names) {
    const id = `range:${name}`;
    const range = rangeAnswer(answers[id]);
    if (range) days.set(name, range);
    else questions.push(rangeQuestion(answers[id], undefined, name));
  }
  const { header } = profile;
  const findings = [
    { topic: "time", finding: `"${header}"`, evidence: `names ${names.length} periods: ${names.join(", ")}` },
    { topic: "grain", finding: "one whole period a row", evidence: `"${header}" names periods, no days` },
  ];
  if (questions.length > 0) return { grain: "range", headers: [header], findings, questions };
  const formats = (which: "from" | "to") => [...days].map(([name, range]) => `=${name}@${range[which]}`);
  const reading = (which: "from" | "to") => ({ from: "header", header, as: "date", formats: formats(which) }) as const;
  const ranges = [...days.values()];
  return {
    grain: "range",
    reading: reading("from"),
    until: reading("to"),
    range: { from: ranges.map(({ from }) => from).sort()[0]!, to: ranges.map(({ to }) => to).sort().at(-1)! },
    headers: [header],
    findings,
    questions,
  };
}
