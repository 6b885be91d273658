/** Words about what the headers became: why, at which level, what is not used, and what a file seems to be. Pure. */
import { type Column, type Dataset, type Finding, headerKey } from "@/lib/model/mod.ts";
import type { ColumnProfile, ColumnReading } from "@/lib/staging/mod.ts";
import { isRounded } from "./column_readings.ts";
import type { HeaderMatch } from "./match_columns.ts";
import { cellKind } from "./recognise/cell_kind.ts";

/** Why a header became its column. */
export function matchFinding(match: HeaderMatch, column: Column, reportTitle: string | null): Finding {
  const meaning = match.meaning ? `, which is "${match.meaning}"` : "";
  const evidence: Record<HeaderMatch["by"], string> = {
    answer: "answered",
    report: `what ${reportTitle ?? "this report"} means by it${meaning}`,
    name: "the column's own name",
    synonym: `a known word for it${meaning}`,
    words: `the words "${match.meaning}" in it`,
    none: "",
  };
  return { topic: `column:${match.header}`, finding: column.title, evidence: evidence[match.by] };
}

/** Columns of ids in which different ones look alike. */
export function roundedIds(profiles: ColumnProfile[], matches: HeaderMatch[]): Finding[] {
  return profiles.filter((profile) =>
    isRounded(profile) && matches.some((m) => m.header === profile.header && !m.column)
  )
    .map(({ header, samples }) => ({
      topic: `column:${header}`,
      finding: "left out",
      evidence: `a spreadsheet has rounded its cells ("${samples[0]}"): different ids look alike`,
    }));
}

/** Numbers that the file itself has rounded: they are read, and their sums are no truer than that. */
export function shortenedFinding({ header, shortened, filled, samples }: ColumnProfile): Finding {
  const cell = samples.find((sample) => /[^0-9.,%]$/.test(sample.trim())) ?? samples[0];
  return {
    topic: `shortened:${header}`,
    finding: "numbers rounded in the file",
    evidence: `${shortened.toLocaleString("en")} of its ${
      filled.toLocaleString("en")
    } cells are shortened, such as "${cell}"`,
  };
}

/** Headers that are not used, in one finding. */
export function unusedFinding(matches: HeaderMatch[], dataset: Dataset): Finding | null {
  const headers = matches.filter(({ column }) => column === undefined || column === null);
  if (headers.length === 0) return null;
  const titleOf = (name: string) => dataset.columns.find((column) => column.name === name)?.title ?? name;
  const words = headers.slice(0, 40).map(({ header, column, instead }) =>
    instead
      ? `"${header}" (another column is ${titleOf(instead)})`
      : column === null
      ? `"${header}" (computed, or a setting)`
      : `"${header}"`
  );
  return {
    topic: "unused",
    finding: `${headers.length} ${headers.length === 1 ? "column is" : "columns are"} not used`,
    evidence: words.join(", ") + (headers.length > words.length ? " …" : ""),
  };
}

/** Says that answers given to an earlier file of the same shape decided something. */
export function mappingFinding(ids: string[]): Finding {
  return {
    topic: "mapping",
    finding: `${ids.length} ${ids.length === 1 ? "answer" : "answers"} of an earlier file with the same headers used`,
    evidence: ids.sort().join(", "),
  };
}

const LEVELS: [string, string[]][] = [
  ["ad", ["ad_id", "ad"]],
  ["ad group (ad set)", ["ad_group_id", "ad_group"]],
  ["campaign", ["campaign_id", "campaign"]],
];
const NAMES = new Set(["platform", "account", "account_id", ...LEVELS.flatMap(([, names]) => names)]);

/** At which level of the platform's hierarchy the rows stand, and by what else they are broken down. */
export function levelFinding(dataset: Dataset, columns: Record<string, ColumnReading>): Finding | null {
  const fromFile = (name: string) => columns[name]?.from === "header";
  const breakdowns = dataset.columns.filter((c) => c.identity && !c.labels && !NAMES.has(c.name) && fromFile(c.name));
  const level = LEVELS.find(([, names]) => names.some(fromFile))?.[0] ?? "account";
  if (dataset.id !== "ads") return null;
  const by = breakdowns.map(({ title }) => title.toLowerCase());
  const used = [...LEVELS.flatMap(([, names]) => names), ...breakdowns.map((c) => c.name)].flatMap((name) => {
    const from = columns[name];
    return from?.from === "header" ? [`"${from.header}"`] : [];
  });
  return {
    topic: "level",
    finding: by.length ? `${level}, by ${by.join(" and ")}` : level,
    evidence: used.length ? used.join(", ") : "no column names a campaign or anything below it",
  };
}

/** What headers look like that are no report: kinds of files that land here by mistake. */
const KINDS: [string, RegExp][] = [
  [
    "a list of customers or contacts",
    /birth|marital|income|customer|e ?mail|first name|last name|phone|education|kidhome/,
  ],
  ["a calendar", /holiday|weekday|\bds\b|is weekend|fiscal/],
  ["a list of products", /\bsku\b|\bbarcode\b|inventory|variant|\bhandle\b/],
  [
    "an upload sheet of campaign settings",
    /bid strategy|max cpc|final url|ad strength|headline \d|description \d|row type/,
  ],
  ["a survey", /question|respondent|answer|score/],
];

const DAY = /\d[-/.年]\s?\d{1,2}|\p{L}{3}.*\d|\d.*\p{L}{3}/u;

/** Why nothing of a dataset is in a file: what is missing, what was found, and what the file seems to be. */
export function nothingFits(dataset: Dataset, profiles: ColumnProfile[]): string {
  const wanted = dataset.columns.filter((c) => c.role === "measure").slice(0, 6).map((c) => c.title).join(", ");
  const headers = profiles.map(({ header }) => header);
  if (headers.length === 1 && headers[0]!.trim().split(/ {2,}/).length > 2) {
    return "its columns are held apart by blanks of different length, which cannot be told from blanks in names. " +
      "Save it as CSV, with a sign between the columns";
  }
  const days = headers.filter((header) => cellKind(header) === "value" && DAY.test(header));
  if (days.length > 2) {
    return `its columns are days ("${days[0]}" to "${days.at(-1)}"), and nothing says what is counted in them. ` +
      "Export the report with one row for each day and a column for each measure";
  }
  const seen = headers.slice(0, 6).map((header) => `"${header}"`).join(", ");
  const keys = headers.map(headerKey);
  const best = KINDS.map(([what, pattern]) => ({ what, hits: keys.filter((key) => pattern.test(key)).length }))
    .reduce((a, b) => (b.hits > a.hits ? b : a));
  const seems = best.hits > 0 ? `; it seems to be ${best.what}` : "";
  return `none of its ${headers.length} columns (${seen}${headers.length > 6 ? " …" : ""}) is a measure of ` +
    `"${dataset.title}" (${wanted} …)${seems}. Choose another dataset, or export the report with such a column`;
}
