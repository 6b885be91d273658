/**
 * From profiles and answers to a plan, or to questions. Pure: the same file, answers and state decide the same.
 * It never guesses: what the file does not say is asked.
 */
import { type Column, type Dataset, type Finding, type ImportQuestion, timeColumn } from "@/lib/model/mod.ts";
import type { ColumnProfile, ColumnReading, ProfileWant, StagingPlan } from "@/lib/staging/mod.ts";
import { columnNameFor, mayIdentify } from "./column_names.ts";
import { asNumber, asText, isRounded } from "./column_readings.ts";
import { decideConversions } from "./decide_conversions.ts";
import { decideNumbers } from "./decide_numbers.ts";
import type { KnownAccount } from "./decide_origin.ts";
import { decideOriginOf } from "./decide_origin_of.ts";
import { decideTime } from "./decide_time.ts";
import { fillDown } from "./fill_down.ts";
import {
  levelFinding,
  matchFinding,
  nothingFits,
  roundedIds,
  shortenedFinding,
  unusedFinding,
} from "./describe_columns.ts";
import { mapQuestions } from "./map_questions.ts";
import { type HeaderMatch, matchColumns } from "./match_columns.ts";
import { keyHeaders, planOf } from "./plan_of.ts";
import type { DayRange } from "./preamble.ts";
import type { TableRecognition } from "./recognise/mod.ts";
import { timeHeaders } from "./time_headers.ts";
import { unnamedColumns } from "./unnamed_columns.ts";

/** Everything that decides. */
export interface DecideInput {
  importId: string;
  dataset: Dataset;
  recognition: TableRecognition;
  profiles: ColumnProfile[];
  answers: Record<string, string>;
  /** What stands in the dataset. */
  state: { accounts: KnownAccount[]; currencies: string[] };
  workspaceCurrency: string | null;
  /** The day that it is: reports do not speak of days to come. */
  today?: string;
  /** Whether two columns are equal in every record; asked once the pair is known. */
  sameDay?: (a: string, b: string) => boolean;
}

/** A plan, or what must be answered first. */
export interface Decision {
  plan: StagingPlan;
  questions: ImportQuestion[];
  findings: Finding[];
  /** What each header of the file became. */
  matches: HeaderMatch[];
  /** Headers that may separate rows and are not used: whether they do is for the text to say. */
  unused: string[];
  /** Headers whose cells make the key. */
  keyHeaders: string[];
  /** The days that the file covers, as far as they are known before its rows are read. */
  range: DayRange | null;
  /** Nothing of this dataset is in the file: why, and what was looked for. */
  impossible: string | null;
}

/** Decides how a file becomes rows. */
export function decide(input: DecideInput): Decision {
  const { dataset, recognition, profiles, answers } = input;
  const found = matchColumns(dataset, profiles.map(({ header }) => header), recognition, answers);
  const time = timeColumn(dataset);
  const decidedTime = decideTime(input, found, time.name);
  const isTime = (header: string) => decidedTime.headers.includes(header);
  const times = timeHeaders(profiles.map(({ header }) => header), recognition);
  const matches = found.map((match): HeaderMatch => {
    if (isTime(match.header)) return timeMatch(match, time.name);
    if (/_id$/.test(match.column ?? "") && isRounded(profileOf(profiles, match.header))) {
      return { ...match, column: null };
    }
    // Another header of time than the one that counts: a report's range beside its days.
    return match.column === undefined && times.has(match.header) &&
        input.answers[`separates:${match.header}`] === undefined
      ? { ...match, column: null }
      : match;
  });
  const read = readColumns(input, matches, time.name);
  const columns: Record<string, ColumnReading> = decidedTime.reading
    ? { [time.name]: decidedTime.reading, ...read.columns }
    : read.columns;
  const hour = decidedTime.reading && decideHour(input, decidedTime.headers[0], columns);
  if (hour) columns.hour = hour;
  const conversions = decideConversions(input, matches, columns);
  if (conversions.reading) columns.conversions = conversions.reading;
  const origin = decideOriginOf(input, columns);
  for (const [name, value] of Object.entries(recognition.report?.constants ?? {})) {
    columns[name] ??= { from: "constant", value };
  }
  const filled = fillDown(input, columns, decidedTime.headers[0]);
  Object.assign(columns, filled.columns);
  const unnamed = recognition.headerLines.length === 0 ? unnamedColumns(dataset, profiles, answers) : [];
  const unused = matches.filter(({ header, column }) =>
    column === undefined && mayIdentify(profileOf(profiles, header))
  )
    .map(({ header }) => header).filter((header) => answers[`separates:${header}`] !== "ignore");
  const keep = unused.filter((header) => answers[`separates:${header}`] === "keep");
  for (const header of keep) {
    const name = columnNameFor(header);
    if (dataset.columns.some((c) => c.name === name)) columns[name] = asText(profileOf(profiles, header));
  }
  return {
    plan: planOf(input, columns, { time: decidedTime, matches }),
    // What the columns hold comes first: everything else that could be asked follows from it.
    questions: unnamed.length > 0 ? unnamed : [
      ...decidedTime.questions,
      ...filled.questions,
      ...read.questions,
      ...conversions.question ? [conversions.question] : [],
      ...origin.questions,
    ],
    findings: [
      ...decidedTime.findings,
      ...filled.findings,
      ...read.findings,
      ...origin.findings,
      ...columnFindings(input, matches, columns),
    ],
    matches,
    unused: unnamed.length > 0 ? [] : unused.filter((header) => !keep.includes(header)),
    keyHeaders: keyHeaders(dataset, columns, decidedTime.headers),
    range: decidedTime.range ?? recognition.range,
    impossible: recognition.report?.refuse ??
      (read.measures > 0 || read.mapped > 1 || unnamed.length > 0 ? null : nothingFits(dataset, profiles)),
  };
}

/** The hour out of the time of day that stands beside the date, where the hours of a day stand in rows of their own. */
function decideHour(
  { dataset, profiles }: DecideInput,
  header: string | undefined,
  columns: Record<string, ColumnReading>,
): ColumnReading | null {
  if (!header || columns.hour || !dataset.columns.some((c) => c.name === "hour")) return null;
  const { samples } = profileOf(profiles, header);
  const hours = samples.map((cell) => /\|\s*\d{1,2}\s*$|[T ](?!0?0[:.]00)\d{1,2}[:.]00(?!\d)/.test(cell));
  // Midnight alone is how a date is written with a time of day.
  return samples.length > 0 && hours.filter(Boolean).length > samples.length / 2 &&
      samples.every((cell) => !/\b12:00:00 AM$/.test(cell))
    ? { from: "header", header, as: "hour" }
    : null;
}

/** What is wanted of each column of the file. */
export function profileWants(
  dataset: Dataset,
  headers: string[],
  recognition: TableRecognition,
  answers: Record<string, string>,
): Record<string, ProfileWant> {
  const wants: Record<string, ProfileWant> = {};
  const times = timeHeaders(headers, recognition);
  for (const match of matchColumns(dataset, headers, recognition, answers)) {
    const column = dataset.columns.find((c) => c.name === match.column);
    if (!column) wants[match.header] = times.has(match.header) ? "date" : "any";
    else wants[match.header] = column.role === "time" ? "date" : column.role === "measure" ? "number" : "text";
  }
  return wants;
}

function profileOf(profiles: ColumnProfile[], header: string): ColumnProfile {
  return profiles.find((profile) => profile.header === header)!;
}

/** A header of time that no dataset knows is known by the code that decides about time. */
function timeMatch(match: HeaderMatch, column: string): HeaderMatch {
  return { ...match, column, by: match.by === "none" ? "synonym" : match.by };
}

/** Every column but time: its cells, and the decimal sign that all numbers share. */
function readColumns(
  { dataset, recognition, profiles, answers }: DecideInput,
  matches: HeaderMatch[],
  time: string,
): {
  columns: Record<string, ColumnReading>;
  measures: number;
  /** Measures of which it is asked which header they are. */
  mapped: number;
  findings: Finding[];
  questions: ImportQuestion[];
} {
  const column = (name: string): Column => dataset.columns.find((c) => c.name === name)!;
  const used = matches.filter((match) => match.column && match.column !== time);
  const measures = used.filter((match) => column(match.column!).role === "measure");
  const others = matches.filter((match) => !match.column).map((match) => profileOf(profiles, match.header));
  const numbers = decideNumbers(
    measures.map((match) => ({ profile: profileOf(profiles, match.header), column: column(match.column!) })),
    answers.numbers,
    others,
  );
  const findings: Finding[] = numbers.finding ? [numbers.finding] : [];
  const mapped = mapQuestions(dataset, recognition, profiles, { matches, answers });
  const questions = [...numbers.question ? [numbers.question] : [], ...mapped];
  const columns: Record<string, ColumnReading> = {};
  for (const match of used) {
    const profile = profileOf(profiles, match.header);
    if (column(match.column!).role !== "measure") {
      columns[match.column!] = asText(profile);
      continue;
    }
    const strange = noNumbers(profile, column(match.column!));
    if (strange) {
      findings.push(strange);
      continue;
    }
    const { reading, finding } = asNumber(profile, column(match.column!), {
      match,
      decimal: numbers.decimal,
      report: recognition.report,
    });
    columns[match.column!] = reading;
    if (finding) findings.push(finding);
    if (profile.shortened > 0) findings.push(shortenedFinding(profile));
  }
  return { columns, measures: measures.length, mapped: mapped.length, findings, questions };
}

/**
 * A column taken for a measure whose cells are (nearly all) no numbers would set every row aside: it is left out, and said
 * so. Where more of them are numbers, the others are mistakes in rows.
 */
function noNumbers(profile: ColumnProfile, column: Column): Finding | null {
  const { filled, numbers, masked, samples, header } = profile;
  const fit = Math.max(numbers.dot, numbers.comma) + masked;
  if (column.required || column.unit === "seconds" || filled === 0 || fit > filled / 10) return null;
  const cells = samples.slice(0, 3).map((cell) => `"${cell}"`).join(", ");
  return {
    topic: `column:${header}`,
    finding: `not read as ${column.title}`,
    evidence: `its cells are no numbers: ${cells}`,
  };
}

function columnFindings(
  { dataset, recognition, profiles }: DecideInput,
  matches: HeaderMatch[],
  columns: Record<string, ColumnReading>,
): Finding[] {
  const findings: Finding[] = roundedIds(profiles, matches);
  const level = levelFinding(dataset, columns);
  if (level) findings.push(level);
  if (dataset.columns.some((c) => c.name === "clicks_all") && columns.clicks_all && !columns.clicks) {
    findings.push({
      topic: "clicks",
      finding: "only clicks of any kind",
      evidence: "the file has no link or destination clicks, so those stay empty",
    });
  }
  const window = columns.attribution_setting;
  if (window) {
    const finding = window.from === "constant" ? window.value : "as each row says";
    const evidence = window.from === "header" ? `column "${window.header}"` : "this report's own headers";
    findings.push({ topic: "attribution", finding, evidence });
  }
  for (const match of matches) {
    const column = dataset.columns.find((c) => c.name === match.column && columns[c.name]);
    const title = recognition.report?.fallback ? null : recognition.source?.title ?? null;
    if (column && column.role !== "time") findings.push(matchFinding(match, column, title));
  }
  const unused = unusedFinding(matches, dataset);
  if (unused) findings.push(unused);
  return findings;
}
