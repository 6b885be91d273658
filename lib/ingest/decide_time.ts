/** Which days a file's rows cover: a day column, a week or month column, a pair of dates, or the range above. Pure. */
import { type Finding, headerKey, type ImportQuestion } from "@/lib/model/mod.ts";
import type { ColumnProfile, ColumnReading, RowGrain } from "@/lib/staging/mod.ts";
import { daySchema } from "@/lib/model/mod.ts";
import { decideDates } from "./decide_dates.ts";
import type { DecideInput } from "./decide.ts";
import type { HeaderMatch } from "./match_columns.ts";

/** What was decided; without reading and question the file has no time. */
export interface TimeDecision {
  grain: RowGrain;
  reading?: ColumnReading;
  until?: ColumnReading;
  /** Headers that are spoken for. */
  headers: string[];
  findings: Finding[];
  questions: ImportQuestion[];
}

/** Pairs of headers that say from when to when a row counts. */
const PAIRS: [string, string][] = [
  ["reporting starts", "reporting ends"],
  ["report start", "report end"],
  ["start date", "end date"],
  ["from", "to"],
];
const PERIODS: Record<string, RowGrain> = {
  week: "week",
  "week start": "week",
  month: "month",
  "month start": "month",
  quarter: "quarter",
};

/** Decides the time of the rows. */
export function decideTime(input: DecideInput, matches: HeaderMatch[], timeColumn: string): TimeDecision {
  const { profiles, recognition, answers } = input;
  const none: TimeDecision = { grain: "day", headers: [], findings: [], questions: [] };

  const answered = answers.time ? profiles.find((profile) => profile.header === answers.time) : undefined;
  const named = answered ?? profiles.find((p) => matches.some((m) => m.header === p.header && m.column === timeColumn));
  if (named) {
    const decided = fromColumn(input, named, "day");
    if (decided) return decided;
  }
  for (const [start, end] of PAIRS) {
    const from = profiles.find((profile) => headerKey(profile.header) === start);
    const to = profiles.find((profile) => headerKey(profile.header) === end);
    if (!from || !to) continue;
    const first = fromColumn(input, from, "range");
    const last = fromColumn(input, to, "range");
    if (!first || !last) continue;
    const days = input.sameDay?.(from.header, to.header) ?? false;
    return {
      grain: days ? "day" : "range",
      reading: first.reading,
      until: days ? undefined : last.reading,
      headers: [from.header, to.header],
      findings: [
        ...first.findings,
        {
          topic: "time",
          finding: days ? "one day a row" : "one whole period a row",
          evidence: `"${from.header}" and "${to.header}" are ${days ? "equal in every row" : "different days"}`,
        },
      ],
      questions: [...first.questions, ...last.questions],
    };
  }
  for (const profile of profiles) {
    const grain = PERIODS[headerKey(profile.header)];
    const decided = grain && fromColumn(input, profile, grain);
    if (decided) return decided;
  }

  const free = profiles.filter((p) => matches.some((m) => m.header === p.header && m.column === undefined));
  const datelike = free.filter((profile) => profile.dates > 0 && profile.dates >= profile.filled * 0.9);
  if (datelike.length === 1) {
    const decided = fromColumn(input, datelike[0]!, "day");
    if (decided) {
      const finding = { topic: "time", finding: `"${datelike[0]!.header}"`, evidence: "the only column of dates" };
      return { ...decided, findings: [finding, ...decided.findings] };
    }
  }
  if (datelike.length > 1) {
    return { ...none, questions: [timeQuestion(datelike)] };
  }
  const range = rangeAnswer(answers.range) ?? recognition.range;
  if (range) {
    const evidence = rangeAnswer(answers.range) ? "answered" : "the lines above the header";
    return {
      ...none,
      grain: range.from === range.to ? "day" : "range",
      reading: { from: "constant", value: range.from },
      until: range.from === range.to ? undefined : { from: "constant", value: range.to },
      findings: [{ topic: "time", finding: `${range.from} to ${range.to}, as one period`, evidence }],
    };
  }
  return { ...none, questions: [rangeQuestion(answers.range)] };
}

function fromColumn(input: DecideInput, profile: ColumnProfile, grain: RowGrain): TimeDecision | null {
  const dates = decideDates(profile, input.recognition.report, input.answers[`dates:${profile.header}`]);
  if (dates.question) {
    return { grain, headers: [profile.header], findings: [], questions: [dates.question] };
  }
  if (dates.formats.length === 0) return null;
  return {
    grain,
    reading: {
      from: "header",
      header: profile.header,
      as: "date",
      formats: dates.formats,
      ...(profile.nothing === 0 ? { cells: "filled" } : {}),
    },
    headers: [profile.header],
    findings: dates.finding ? [dates.finding] : [],
    questions: [],
  };
}

function rangeAnswer(answer: string | undefined): { from: string; to: string } | null {
  const [from, to, more] = (answer ?? "").split("..").map((part) => part.trim());
  if (!from || !to || more !== undefined) return null;
  return daySchema.safeParse(from).success && daySchema.safeParse(to).success && from <= to ? { from, to } : null;
}

function timeQuestion(profiles: ColumnProfile[]): ImportQuestion {
  return {
    id: "time",
    kind: "map-column",
    title: "Which column holds the day?",
    choices: profiles.map((profile) => ({
      value: profile.header,
      title: profile.header,
      preview: profile.samples.slice(0, 3).map((raw) => ({ raw, read: raw })),
    })),
  };
}

function rangeQuestion(answer: string | undefined): ImportQuestion {
  const wrong = answer ? `"${answer}" is no range. ` : "";
  return {
    id: "range",
    kind: "range",
    title: "Which days does this file cover?",
    detail:
      `${wrong}It has no column of dates, so all of it counts as one period. Answer with the first and the last ` +
      "day, as in 2026-01-01..2026-01-31",
    choices: [],
  };
}
