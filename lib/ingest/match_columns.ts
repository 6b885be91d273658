/** Which column of the dataset a header means. Pure. */
import { type Dataset, headerKey } from "@/lib/model/mod.ts";
import { type LanguageCode, languages } from "@/lib/model/languages/mod.ts";
import type { Source, SourceColumn, SourceReport } from "@/lib/source/mod.ts";
import { languageOf, meaningsOf } from "./header_words.ts";

/** What a header of the file became. */
export interface HeaderMatch {
  header: string;
  /** The dataset's column; null: known and not needed; undefined: not known. */
  column: string | null | undefined;
  divisor: 1 | 100 | 1_000_000;
  when?: { header: string; oneOf: readonly string[] };
  /** Smaller is surer. */
  rank: number;
  /** What decided it. */
  by: "answer" | "report" | "name" | "synonym" | "words" | "none";
  /** The English header that it was taken for, where it is another one. */
  meaning?: string;
  /** The column that it would be, had a surer header not taken it. */
  instead?: string;
  /** The header that stands there twice, of which this is the second. */
  twin?: string;
}

/** Whose report the headers stand in. */
export interface HeaderContext {
  source: Source | null;
  report: SourceReport | null;
  /** @default the one most of the headers are in */
  language?: LanguageCode;
}

/** Ranks: what was answered, what the report says, then names and synonyms by their place, then words in a header. */
const RANK = { answer: -2, report: -1, words: 100 };

/** Every header under which a dataset's columns are known, with its place in the list: the first is the surest. */
export function headerIndex(dataset: Dataset): Map<string, { column: string; rank: number }> {
  const index = new Map<string, { column: string; rank: number }>();
  for (const column of dataset.columns) {
    [column.name, column.title, ...column.synonyms].forEach((header, rank) => {
      const key = headerKey(header);
      const present = index.get(key);
      if (!present || present.rank > rank) index.set(key, { column: column.name, rank });
    });
  }
  return index;
}

/** Matches headers to columns. Each column is taken once, by the surest header; the others become "not needed". */
export function matchColumns(
  dataset: Dataset,
  headers: string[],
  context: HeaderContext,
  answers: Record<string, string>,
): HeaderMatch[] {
  const language = context.language ?? languageOf(headers, context.source);
  const index = headerIndex(dataset);
  const special = new Map(
    Object.entries(context.report?.columns ?? {}).map(([header, column]) => [headerKey(header), column]),
  );
  const look = { dataset, index, special, source: context.source, language };
  const matches = headers.map((header) => matchHeader(header, look, answers));
  for (const match of matches) addTwin(match, matches, dataset);
  const taken = new Map<string, HeaderMatch>();
  const take = (match: HeaderMatch) => {
    if (!match.column) return;
    const chosen = answers[`map:${match.column}`];
    if (chosen !== undefined && headers.includes(chosen) && chosen !== match.header) {
      [match.instead, match.column] = [match.column, null];
      return;
    }
    const present = taken.get(match.column);
    if (!present || match.rank < present.rank) {
      if (present) [present.instead, present.column] = [present.column ?? undefined, null];
      taken.set(match.column, match);
    } else [match.instead, match.column] = [match.column, null];
  };
  for (const match of matches) take(match);
  // What a whole header does not say, its words may: only for columns that nothing else is.
  for (const match of matches) {
    if (match.by !== "none") continue;
    const found = wordsOf(match.header, index, language);
    if (!found || taken.has(found.column)) continue;
    Object.assign(match, { column: found.column, rank: RANK.words, by: "words", meaning: found.words });
  }
  return oneHeaderEach(matches, taken);
}

/** Words name a column only where one header has them; where several do, nobody knows which is meant. */
function oneHeaderEach(matches: HeaderMatch[], taken: ReadonlyMap<string, HeaderMatch>): HeaderMatch[] {
  const byWords = matches.filter((match) => match.by === "words");
  for (const match of byWords) {
    const rivals = byWords.filter((other) => other.column === match.column);
    if (rivals.length > 1 || taken.has(match.column!)) match.rank = Infinity;
  }
  for (const match of byWords) {
    if (match.rank === Infinity) {
      Object.assign(match, { column: undefined, by: "none", meaning: undefined, instead: match.column });
    }
  }
  return matches;
}

/** The column that a header was answered to be. */
function mappedTo(header: string, answers: Record<string, string>): string | undefined {
  const prefix = "map:";
  const [id] = Object.entries(answers).find(([id, value]) => id.startsWith(prefix) && value === header) ?? [];
  return id?.slice(prefix.length);
}

/** A second column of the same name is the same measure, or another one: nobody knows which of the two is meant. */
function addTwin(match: HeaderMatch, matches: HeaderMatch[], dataset: Dataset): void {
  const name = /^(.+)_\d+$/.exec(match.header)?.[1];
  const first = name === undefined || match.by !== "none" ? undefined : matches.find(({ header }) => header === name);
  const column = dataset.columns.find((c) => c.name === first?.column);
  if (!first || column?.role !== "measure") return;
  Object.assign(match, { column: column.name, by: first.by, rank: first.rank + 1, divisor: first.divisor, twin: name });
}

interface Look {
  dataset: Dataset;
  index: ReadonlyMap<string, { column: string; rank: number }>;
  special: ReadonlyMap<string, SourceColumn>;
  source: Source | null;
  language: LanguageCode;
}

function matchHeader(header: string, look: Look, answers: Record<string, string>): HeaderMatch {
  const { dataset, index, special } = look;
  const answer = answers[`column:${header}`] ?? mappedTo(header, answers);
  if (answer !== undefined) {
    const column = dataset.columns.some((c) => c.name === answer) ? answer : null;
    return { header, column, divisor: 1, rank: RANK.answer, by: "answer" };
  }
  const key = headerKey(header);
  const meanings = meaningsOf(header, look.source, look.language);
  for (const meaning of meanings) {
    if (!special.has(meaning)) continue;
    const entry = special.get(meaning)!;
    const base = { header, rank: RANK.report, by: "report" as const, ...(meaning === key ? {} : { meaning }) };
    if (entry === null || typeof entry === "string") return { ...base, column: entry, divisor: 1 };
    return { ...base, column: entry.column, divisor: entry.divisor ?? 1, when: entry.when };
  }
  for (const meaning of meanings) {
    const known = index.get(meaning);
    if (!known) continue;
    const by = known.rank === 0 && meaning === key ? "name" : "synonym";
    return { header, column: known.column, divisor: 1, rank: known.rank, by, ...(meaning === key ? {} : { meaning }) };
  }
  return { header, column: undefined, divisor: 1, rank: Infinity, by: "none" };
}

/** Codes that stand in headers beside what is counted: `cost_usd`. */
const CURRENCIES = new Set(
  "usd eur gbp jpy cad aud chf sek nok dkk pln brl mxn inr cny hkd sgd nzd zar krw idr php aed".split(" "),
);
/** Platforms, and what is said of an advertisement anyway. */
const ABOUT = new Set(
  "facebook fb meta google adwords bing microsoft linkedin tiktok pinterest snapchat twitter amazon ad ads campaign paid media marketing daily"
    .split(" "),
);

/** Words that add nothing, by language: those of English count in any. */
const NOISE = new Map(languages.map(({ code }) => [
  code,
  new Set(languages.filter((l) => l.code === "en" || l.code === code).flatMap((l) => l.noise.map(headerKey))),
]));

/** The column whose name stands in a header among words that add nothing to it. */
function wordsOf(
  header: string,
  index: ReadonlyMap<string, { column: string; rank: number }>,
  language: LanguageCode,
): { column: string; words: string } | null {
  const noise = NOISE.get(language)!;
  const words = headerKey(header).split(" ");
  const without = (drop: (word: string) => boolean) => words.filter((word) => !drop(word));
  const tries = [
    without((word) => noise.has(word) || CURRENCIES.has(word)),
    without((word) => noise.has(word) || CURRENCIES.has(word) || ABOUT.has(word)),
  ];
  for (const rest of tries) {
    if (rest.length === 0 || rest.length === words.length) continue;
    const text = rest.join(" ");
    for (const meaning of meaningsOf(text, null, language)) {
      const known = index.get(meaning);
      if (known) return { column: known.column, words: text };
    }
  }
  return null;
}
