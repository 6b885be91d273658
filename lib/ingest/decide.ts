/**
 * From profiles and answers to a plan, or to questions. Pure: the same file, answers and state decide the same.
 * It never guesses: what the file does not say is asked.
 */
import {
  type Column,
  type Dataset,
  type Finding,
  headerKey,
  type ImportQuestion,
  slugSchema,
  timeColumn,
} from "@/lib/model/mod.ts";
import { languages } from "@/lib/model/languages/mod.ts";
import type { ColumnProfile, ColumnReading, ProfileWant, StagingPlan } from "@/lib/staging/mod.ts";
import { decideNumbers } from "./decide_numbers.ts";
import { decideAccount, decideCurrency, idsOfNames, type KnownAccount } from "./decide_origin.ts";
import { decideTime } from "./decide_time.ts";
import { timeHeaders } from "./time_headers.ts";
import { type HeaderMatch, matchColumns } from "./match_columns.ts";
import type { TableRecognition } from "./recognise/mod.ts";

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
  /** Nothing of this dataset is in the file: why, and what was looked for. */
  impossible: string | null;
}

/** Texts that mean "nothing here" in exports. */
export const NULL_TOKENS = ["-", "--", "—", "–", "n/a", "#n/a", "null", "nan", "(not set)", "#div/0!", "(null)"];

/** Regular expressions of what total lines of this file may be called. */
export function totalLabels({ report }: TableRecognition): string[] {
  return [...new Set([...report?.totals?.labels ?? [], ...languages.flatMap(({ totals }) => totals)])];
}

/** Decides how a file becomes rows. */
export function decide(input: DecideInput): Decision {
  const { dataset, recognition, profiles, answers } = input;
  const headers = profiles.map((profile) => profile.header);
  const matches = matchColumns(dataset, headers, recognition, answers);
  const time = timeColumn(dataset);
  const column = (name: string): Column | undefined => dataset.columns.find((c) => c.name === name);
  const profileOf = (header: string): ColumnProfile => profiles.find((profile) => profile.header === header)!;
  const findings: Finding[] = [];
  const questions: ImportQuestion[] = [];

  const used = matches.filter((match) => match.column && match.column !== time.name);
  const measures = used.filter((match) => column(match.column!)!.role === "measure");
  const decidedTime = decideTime(input, matches, time.name);
  const impossible = measures.length === 0 ? nothingFits(dataset, headers) : null;

  const columns: Record<string, ColumnReading> = {};
  if (decidedTime.reading) columns[time.name] = decidedTime.reading;
  findings.push(...decidedTime.findings);
  questions.push(...decidedTime.questions);

  const numbers = decideNumbers(
    measures.map((match) => ({ profile: profileOf(match.header), column: column(match.column!)! })),
    answers.numbers,
  );
  if (numbers.finding) findings.push(numbers.finding);
  if (numbers.question) questions.push(numbers.question);

  for (const match of used) {
    if (decidedTime.headers.includes(match.header)) continue;
    columns[match.column!] = column(match.column!)!.role === "measure"
      ? {
        from: "header",
        header: match.header,
        as: "number",
        decimal: numbers.decimal,
        divisor: match.divisor,
        ...knownCells(profileOf(match.header), numbers.decimal),
        ...(match.when ? { when: match.when } : {}),
      }
      : asText(profileOf(match.header));
  }
  decideConversions(input, matches, columns, questions);
  decideOrigin(input, columns, findings, questions);
  if (column("clicks_all") && columns.clicks_all && !columns.clicks) {
    findings.push({
      topic: "clicks",
      finding: "only clicks of any kind",
      evidence: "the file has no link or destination clicks, so those stay empty",
    });
  }
  for (const match of used) {
    findings.push({
      topic: `column:${match.header}`,
      finding: column(match.column!)!.title,
      evidence: match.by === "answer" ? "answered" : match.by === "report" ? "this report's own word" : match.by,
    });
  }
  const unused = matches.filter((match) =>
    match.column === undefined && !decidedTime.headers.includes(match.header) && mayIdentify(profileOf(match.header)) &&
    answers[`separates:${match.header}`] !== "ignore"
  ).map((match) => match.header);
  const keep = unused.filter((header) => answers[`separates:${header}`] === "keep");
  for (const header of keep) {
    const name = columnNameFor(header);
    if (column(name)) columns[name] = asText(profileOf(header));
  }
  return {
    plan: planOf(input, columns, decidedTime),
    questions,
    findings,
    matches: matches.map((match) =>
      decidedTime.headers.includes(match.header) ? { ...match, column: time.name, by: timeBy(match) } : match
    ),
    unused: unused.filter((header) => !keep.includes(header)),
    keyHeaders: keyHeaders(dataset, columns, decidedTime.headers),
    impossible,
  };
}

/** What is wanted of each column of the file; headers that are known and not needed are not there. */
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

/** A header of time that no dataset knows is known by the code that decides about time. */
function timeBy({ by }: HeaderMatch): HeaderMatch["by"] {
  return by === "none" ? "synonym" : by;
}

function asText(profile: ColumnProfile): ColumnReading {
  // Numbers are profiled as such, whatever stands around them.
  const plain = profile.nothing === 0 && profile.padded === 0 && profile.numbers.dot + profile.numbers.comma === 0;
  return { from: "header", header: profile.header, as: "text", ...(plain ? { asItStands: true } : {}) };
}

/** What holds for every cell of a number column, so that reading it need not try anything else. */
function knownCells({ numbers, filled, nothing }: ColumnProfile, decimal: "." | ","): { cells?: "digits" | "plain" } {
  if (nothing > 0) return {};
  if (numbers.digits === filled) return { cells: "digits" };
  return decimal === "." && numbers.plain === filled ? { cells: "plain" } : {};
}

/** The name of the column that a header becomes when it is kept. */
export function columnNameFor(header: string): string {
  const name = headerKey(header).normalize("NFKD").replace(/[^a-z0-9]+/g, "_").replace(/^[^a-z]+|_+$/g, "").slice(
    0,
    50,
  );
  // Headers in other scripts leave no letters: their code points tell them apart.
  const points = [...header].map((letter) => letter.codePointAt(0)!.toString(16)).join("").slice(0, 40);
  return slugSchema.safeParse(name).success ? name : `column_${name || points}`;
}

/** The question about a column that separates rows and is not used. */
export function separatesQuestion(profile: ColumnProfile): ImportQuestion {
  return {
    id: `separates:${profile.header}`,
    kind: "separates-rows",
    title: `What about "${profile.header}"?`,
    detail: "Rows that differ only in this column would become one row, their numbers added up",
    column: profile.header,
    choices: [
      {
        value: "keep",
        title: "Keep it as a column of its own",
        preview: profile.samples.slice(0, 3).map((raw) => ({ raw, read: raw })),
      },
      { value: "ignore", title: "Leave it out and add the numbers up", preview: [] },
    ],
  };
}

function planOf(
  input: DecideInput,
  columns: Record<string, ColumnReading>,
  time: ReturnType<typeof decideTime>,
): StagingPlan {
  const { dataset, recognition, profiles } = input;
  const { report } = recognition;
  const profileOf = (header: string) => profiles.find((profile) => profile.header === header)!;
  const texts = dataset.columns.flatMap((column) => {
    const from = columns[column.name];
    return column.role === "dimension" && from?.from === "header" ? [{ column, header: from.header }] : [];
  });
  const dimensions = texts.filter(({ column }) => column.identity).map(({ header }) => header);
  const withoutTime = report?.totals?.blankDimensions && dimensions.length > 0;
  const blank = withoutTime ? dimensions : time.headers.length ? [...time.headers, ...dimensions] : dimensions;
  const named = [...new Set([...texts.map(({ header }) => header), ...time.headers])];
  return {
    importId: input.importId,
    dataset,
    grain: time.grain,
    ...(time.until ? { until: time.until } : {}),
    columns,
    nullTokens: NULL_TOKENS,
    totals: {
      labels: totalLabels(recognition),
      // Where a column holds no such cell at all, no row need be asked.
      headers: named.filter((header) => profileOf(header).totals > 0),
      blankHeaders: blank.every((header) => profileOf(header).empty + profileOf(header).nothing > 0) ? blank : [],
    },
  };
}

function decideOrigin(
  input: DecideInput,
  columns: Record<string, ColumnReading>,
  findings: Finding[],
  questions: ImportQuestion[],
): void {
  const { dataset, recognition, profiles, answers, state } = input;
  const has = (name: string) => dataset.columns.some((c) => c.name === name);
  const profileOf = (name: string) => {
    const from = columns[name];
    return from?.from === "header" ? profiles.find((p) => p.header === from.header) : undefined;
  };
  const platform = recognition.source?.platform ?? "other";
  if (has("platform") && !columns.platform) {
    columns.platform = { from: "constant", value: answers.platform?.trim() || platform };
  }
  if (columns.platform?.from === "header") {
    const { header } = columns.platform;
    findings.push({ topic: "platform", finding: "as each row says", evidence: `column "${header}"` });
  }
  if (has("account") && !columns.account && !columns.account_id) {
    const column = profileOf("platform");
    const platforms = column ? platformsOf(column, state.accounts) : [String(answers.platform?.trim() || platform)];
    const decided = decideAccount(platforms, state.accounts, answers.account, { perPlatform: column !== undefined });
    if (decided.account) columns.account = decided.account;
    if (decided.accountId && has("account_id")) columns.account_id = decided.accountId;
    if (decided.finding) findings.push(decided.finding);
    if (decided.question) questions.push(decided.question);
  } else if (has("account_id") && columns.account && !columns.account_id && columns.platform) {
    const ids = idsOfNames(state.accounts);
    if (ids) columns.account_id = ids;
  }
  const money = dataset.columns.filter((c) => c.unit === "currency").flatMap((c) => profileOf(c.name) ?? []);
  if (has("currency") && !columns.currency && money.length > 0) {
    const decided = decideCurrency(money, {
      known: state.currencies,
      workspaceDefault: input.workspaceCurrency,
      answer: answers.currency,
    });
    if (decided.reading) columns.currency = decided.reading;
    if (decided.finding) findings.push(decided.finding);
    if (decided.question) questions.push(decided.question);
  }
}

/** The platforms that a file's own column names, where the sample shows all of them; else every one that is known. */
function platformsOf({ distinct, samples }: ColumnProfile, known: KnownAccount[]): string[] {
  return distinct <= samples.length ? samples.map((text) => text.trim()) : known.map((account) => account.platform);
}

/** Results are conversions only where the file says of which kind they are, and that kind is one. */
function decideConversions(
  input: DecideInput,
  matches: HeaderMatch[],
  columns: Record<string, ColumnReading>,
  questions: ImportQuestion[],
): void {
  const { recognition: { report }, answers } = input;
  const { results, result_type: type } = columns;
  if (!report?.conversionResults || columns.conversions || results?.from !== "header" || results.as !== "number") {
    return;
  }
  if (type?.from === "header") {
    columns.conversions = { ...results, when: { header: type.header, oneOf: report.conversionResults } };
    return;
  }
  const chosen = matches.find((match) => match.header === answers.conversions);
  if (chosen) columns.conversions = { ...results, header: chosen.header };
  else if (answers.conversions !== "none") {
    const offered = matches.filter((m) => ["results", "orders", "leads"].includes(m.column ?? ""));
    questions.push({
      id: "conversions",
      kind: "map-column",
      title: "Which column counts as conversions?",
      detail: `"${results.header}" mixes kinds of results, and the file does not say which`,
      choices: [
        ...offered.map((match) => ({ value: match.header, title: match.header, preview: [] })),
        { value: "none", title: "None of them", preview: [] },
      ],
    });
  }
}

function keyHeaders(dataset: Dataset, columns: Record<string, ColumnReading>, timeHeaders: string[]): string[] {
  const identity = dataset.columns.filter((c) => c.identity && !(c.labels && columns[c.labels]));
  const headers = identity.flatMap((c) => {
    const from = columns[c.name];
    return from?.from === "header" ? [from.header] : [];
  });
  return [...new Set([...timeHeaders, ...headers])];
}

/** Texts may, and so may numbers that are names: ids and codes. */
function mayIdentify(profile: ColumnProfile): boolean {
  if (profile.filled === 0 || profile.distinct <= 1) return false;
  const numeric = Math.max(profile.numbers.dot, profile.numbers.comma) + profile.masked >= profile.filled * 0.9;
  return !numeric || /(^|\s)(id|code|number|no|nr)$/.test(headerKey(profile.header));
}

function nothingFits(dataset: Dataset, headers: string[]): string {
  const wanted = dataset.columns.filter((c) => c.role === "measure").slice(0, 6).map((c) => c.title).join(", ");
  const seen = headers.slice(0, 6).map((header) => `"${header}"`).join(", ");
  return `none of its ${headers.length} columns (${seen}${headers.length > 6 ? " …" : ""}) is a measure of ` +
    `"${dataset.title}" (${wanted} …)`;
}
