/** Which days a file's rows cover: a day column, a week or month column, a pair of dates, or the range above. Pure. */
import type { Finding, ImportQuestion } from "@/lib/model/mod.ts";
import { languages } from "@/lib/model/languages/mod.ts";
import type { ColumnProfile, ColumnReading, RowGrain } from "@/lib/staging/mod.ts";
import { lacksYear } from "@/lib/staging/read_date.ts";
import type { DecideInput } from "./decide.ts";
import { type DayRange, rangeEvidence } from "./preamble.ts";
import { type DateHints, decideDates } from "./decide_dates.ts";
import type { HeaderMatch } from "./match_columns.ts";
import { namedPeriods } from "./named_periods.ts";
import { withGrain } from "./time_grain.ts";
import { GRAIN_OF, type TimeHeader, timeHeader } from "./time_headers.ts";
import { partsOfDate } from "./time_parts.ts";
import { rangeAnswer, rangeQuestion, timeQuestion, yearQuestion } from "./time_questions.ts";

/** What was decided; without reading and question the file has no time. */
export interface TimeDecision {
  grain: RowGrain;
  reading?: ColumnReading;
  until?: ColumnReading;
  /** The days that the file covers, as far as they are known before its rows are read. */
  range?: DayRange | null;
  /** Headers that are spoken for. */
  headers: string[];
  findings: Finding[];
  questions: ImportQuestion[];
}

/** Decides the time of the rows. */
export function decideTime(input: DecideInput, matches: HeaderMatch[], timeColumn: string): TimeDecision {
  const { profiles, answers } = input;
  const answered = answers.time ? profiles.find((profile) => profile.header === answers.time) : undefined;
  const named = answered ?? profiles.find((p) => matches.some((m) => m.header === p.header && m.column === timeColumn));
  // A start that an end stands beside says nothing alone.
  const start = profileOf(input, "start");
  const pair = named && named.header === start?.header ? fromPair(input) : null;
  // Where an end stands beside it that rows do not have, it says when a campaign begins.
  const lonely = named !== undefined && named.header === start?.header && !pair &&
    profileOf(input, "end") !== undefined;
  const own = lonely ? undefined : named;
  const decided = pair ?? (own && (partsDecision(input, own) ?? fromColumn(input, own, "day"))) ??
    (isWholeReport(input) ? fromPeriod(input) : null) ??
    fromPair(input) ??
    partsDecision(input) ??
    fromPeriod(input) ??
    fromNth(input) ??
    fromOnlyDates(input, matches) ??
    namedPeriods(profiles, input.recognition, answers);
  if (decided) return decided;
  return fromRange(input, own);
}

function profileOf({ profiles, recognition }: DecideInput, name: TimeHeader): ColumnProfile | undefined {
  const header = timeHeader(profiles.map((p) => p.header), name, recognition);
  return profiles.find((profile) => profile.header === header);
}

/** Whether the pair of headers says the same two days in every row: then it speaks of the report, and not of its rows. */
function isWholeReport(input: DecideInput): boolean {
  return (["start", "end"] as const).every((name) => profileOf(input, name)?.distinct === 1);
}

/** A pair of headers: one whole period a row, or one day where both say the same. */
function fromPair(input: DecideInput): TimeDecision | null {
  const from = profileOf(input, "start");
  const to = profileOf(input, "end");
  if (!from || !to) return null;
  const first = fromColumn(input, from, "range");
  const last = fromColumn(input, to, "range");
  if (!first || !last) return null;
  const days = input.sameDay?.(from.header, to.header) ?? false;
  // A period that ends at midnight ends with the day before.
  const midnight = [from, to].every(({ samples }) => samples.every((cell) => /[T ]0?0:00/.test(cell)));
  const until: ColumnReading | undefined = midnight && last.reading?.from === "header" && last.reading.as === "date"
    ? { ...last.reading, plusDays: -1 }
    : last.reading;
  return {
    grain: days ? "day" : "range",
    reading: first.reading,
    until: days ? undefined : until,
    headers: [from.header, to.header],
    range: first.range && last.range ? { from: first.range.from, to: last.range.to } : null,
    findings: [
      ...first.findings,
      {
        topic: "grain",
        finding: days ? "one day a row" : "one whole period a row",
        evidence: `"${from.header}" and "${to.header}" are ${days ? "equal in every row" : "different days"}`,
      },
    ],
    questions: [...first.questions, ...last.questions],
  };
}

/** Month, day and year in columns of their own. */
function partsDecision(input: DecideInput, named?: ColumnProfile): TimeDecision | null {
  const parts = partsOfDate(input.profiles, (name) => profileOf(input, name), named);
  if (!parts) return null;
  const { headers, between, format, grain } = parts;
  const [header, ...and] = headers;
  const reading = (formats: string[]): ColumnReading => ({
    from: "header",
    header: header!,
    and,
    between,
    as: "date",
    formats,
  });
  const finding = {
    topic: "time",
    finding: headers.map((h) => `"${h}"`).join(" and "),
    evidence: "together they are a date",
  };
  if (!lacksYear(format)) return { grain, reading: reading([format]), headers, findings: [finding], questions: [] };
  const year = yearOf(input);
  if (!year) return { grain, headers, findings: [finding], questions: [yearQuestion(headers[0]!, input.answers.year)] };
  const known = { topic: "year", finding: year.year, evidence: year.evidence };
  return { grain, reading: reading([`${format}@${year.year}`]), headers, findings: [finding, known], questions: [] };
}

/** A week, month, quarter or year column. */
function fromPeriod(input: DecideInput): TimeDecision | null {
  for (const name of ["week", "month", "quarter", "year"] as const) {
    const profile = profileOf(input, name);
    const decided = profile && fromColumn(input, profile, GRAIN_OF[name]!);
    if (decided) return decided;
  }
  return null;
}

/** Days counted from the report's first one. */
function fromNth(input: DecideInput): TimeDecision | null {
  const profile = profileOf(input, "nth");
  const start = rangeAnswer(input.answers.range)?.from ?? input.recognition.range?.from;
  if (!profile || !start) return null;
  return {
    grain: "day",
    reading: { from: "header", header: profile.header, as: "date", formats: [`%N@${start}`] },
    headers: [profile.header],
    findings: [{
      topic: "time",
      finding: `"${profile.header}", counted from ${start}`,
      evidence: input.recognition.facts.rangeLine ?? "answered",
    }],
    questions: [],
  };
}

/** No header speaks of time, but cells do. */
function fromOnlyDates(input: DecideInput, matches: HeaderMatch[]): TimeDecision | null {
  const free = input.profiles.filter((p) => matches.some((m) => m.header === p.header && m.column === undefined));
  const datelike = free.filter((profile) => profile.dates > 0 && profile.dates >= profile.filled * 0.9);
  if (datelike.length > 1) {
    return { grain: "day", headers: [], findings: [], questions: [timeQuestion(datelike)] };
  }
  const decided = datelike[0] && fromColumn(input, datelike[0], "day");
  if (!decided) return null;
  const finding = { topic: "time", finding: `"${datelike[0]!.header}"`, evidence: "the only column of dates" };
  return { ...decided, findings: [finding, ...decided.findings] };
}

/** The lines above the header, or the answer, for all rows alike. */
function fromRange(input: DecideInput, named: ColumnProfile | undefined): TimeDecision {
  const { recognition, answers } = input;
  const none: TimeDecision = { grain: "day", headers: [], findings: [], questions: [] };
  const { period } = recognition;
  const given = period ? answers[`range:${period.name}`] : answers.range;
  const answer = rangeAnswer(given);
  const range = answer ?? recognition.range;
  if (!range) return { ...none, questions: [rangeQuestion(given, named, period?.name)] };
  const evidence = answer ? "answered" : rangeEvidence(recognition.facts);
  const one = range.from === range.to;
  return {
    ...none,
    grain: one ? "day" : "range",
    range,
    reading: { from: "constant", value: range.from },
    until: one ? undefined : { from: "constant", value: range.to },
    findings: [
      { topic: "time", finding: `${range.from} to ${range.to}, as one period`, evidence },
      { topic: "grain", finding: one ? "one day" : "one whole period", evidence: "the file has no column of days" },
    ],
  };
}

/** The order of day and month that a report is known for holds in English only: in other languages it may differ. */
function hintsOf(input: DecideInput): DateHints {
  const { report, range, language, facts } = input.recognition;
  const order = language === "en" ? report?.dateOrder : undefined;
  const own = language === "en" || language === "ja" ? undefined : languages.find(({ code }) => code === language);
  return {
    order,
    range,
    ...(own ? { language: { title: own.title, order: "day-first" as const } } : {}),
    today: facts.made ?? input.today,
  };
}

/** How long before its dates' year stands in the answers, above the header, or nowhere. */
function yearOf({ answers, recognition }: DecideInput): { year: string; evidence: string } | null {
  if (/^(19|20)\d{2}$/.test(answers.year?.trim() ?? "")) return { year: answers.year!.trim(), evidence: "answered" };
  const { range, facts } = recognition;
  if (!range || range.from.slice(0, 4) !== range.to.slice(0, 4)) return null;
  return { year: range.from.slice(0, 4), evidence: rangeEvidence(facts) };
}

function fromColumn(input: DecideInput, profile: ColumnProfile, grain: RowGrain): TimeDecision | null {
  const { header } = profile;
  const dates = decideDates(profile, { ...hintsOf(input), weeks: grain === "week" }, input.answers[`dates:${header}`]);
  if (dates.question) return { grain, headers: [header], findings: [], questions: [dates.question] };
  if (dates.formats.length === 0) return null;
  const seen = dates.formats.flatMap((format) => profile.dateStats[format] ?? []);
  const range = seen.length === 0 ? null : {
    from: seen.map(({ from }) => from).sort()[0]!,
    to: seen.map(({ to }) => to).sort().at(-1)!,
  };
  const findings = dates.finding ? [dates.finding] : [];
  let formats = dates.formats;
  if (formats.some(lacksYear)) {
    const year = yearOf(input);
    if (!year) return { grain, headers: [header], findings, questions: [yearQuestion(header, input.answers.year)] };
    formats = formats.map((format) => lacksYear(format) ? `${format}@${year.year}` : format);
    findings.push({ topic: "year", finding: year.year, evidence: year.evidence });
  }
  const reading: ColumnReading = {
    from: "header",
    header,
    as: "date",
    formats,
    ...(profile.nothing === 0 ? { cells: "filled" as const } : {}),
  };
  return {
    headers: [header],
    range,
    questions: [],
    ...withGrain(input, { profile, formats: dates.formats, grain, reading, findings }),
  };
}
