/** Asks which of several headers a measure is, where none of them is its own name. Pure. */
import { type Column, type Dataset, headerKey, type ImportQuestion } from "@/lib/model/mod.ts";
import type { LanguageCode } from "@/lib/model/languages/mod.ts";
import type { ColumnProfile } from "@/lib/staging/mod.ts";
import { meaningsOf } from "./header_words.ts";
import { headerIndex, type HeaderMatch } from "./match_columns.ts";
import type { TableRecognition } from "./recognise/mod.ts";

/** A column's own name and title stand first among its words; whoever has one of them needs no question. */
const OWN_WORDS = 1;

/** What a report is read for: where no header is one of these, words in a header are worth asking about. */
const MAIN = ["impressions", "clicks", "spend", "sessions", "revenue", "sent"];

/**
 * Questions about measures that several headers may be. A platform's own report says what its headers mean; elsewhere
 * `Revenue` beside `Sales amount` could both be meant.
 */
export function mapQuestions(
  dataset: Dataset,
  { report, language }: Pick<TableRecognition, "report" | "language">,
  profiles: ColumnProfile[],
  { matches, answers }: { matches: HeaderMatch[]; answers: Record<string, string> },
): ImportQuestion[] {
  const measures = dataset.columns.filter((column) => column.role === "measure");
  return measures.flatMap((column): ImportQuestion[] => {
    if (answers[`map:${column.name}`] !== undefined) return [];
    const taken = matches.find((match) => match.column === column.name);
    const holds = ({ header }: HeaderMatch) => holdsNumbers(profiles, header);
    const twins = matches.filter((match) =>
      match.instead === column.name && match.twin !== undefined && holds(match) && differ(profiles, match)
    );
    const sure = !report?.fallback || (taken !== undefined && taken.rank <= OWN_WORDS);
    const rivals = sure
      ? twins
      : taken || !MAIN.includes(column.name)
      ? matches.filter((match) => match.instead === column.name && match.twin === undefined && holds(match))
      : matches.filter((match) => mayBe(match, column, { dataset, language }) && holds(match));
    if (rivals.length === 0) return [];
    const headers = [...taken ? [taken.header] : [], ...rivals.map((match) => match.header)];
    return [{
      id: `map:${column.name}`,
      kind: "map-column",
      title: `Which column is ${column.title}?`,
      detail: headers.length === 1
        ? `No header says so, but "${headers[0]}" has a word of it`
        : `${headers.map((header) => `"${header}"`).join(" and ")} may each be it`,
      choices: [
        ...headers.map((header) => ({
          value: header,
          title: header,
          preview: samplesOf(profiles, header).map((raw) => ({ raw, read: raw })),
        })),
        ...taken ? [] : [{ value: "none", title: "None of them", preview: [] }],
      ],
    }];
  });
}

/** Whether the second column of a name holds other numbers than the first. */
function differ(profiles: ColumnProfile[], { header, twin }: HeaderMatch): boolean {
  const [one, other] = [header, twin].map((name) => profiles.find((profile) => profile.header === name));
  return one !== undefined && other !== undefined &&
    (one.filled !== other.filled || one.samples.join("\n") !== other.samples.join("\n"));
}

/** What is no amount or count itself: what one costs, a share, a limit. */
const RATIO = new RegExp(
  "[%/]|\\b(?:per|pro|par|por|avg|average|mean|rate|ratio|share|percent|pct|budget|bid|cap|limit|target|goal|remaining|" +
    "durchschn\\p{L}*|rate|quote|anteil|moyenne?|taux|promedio|medio|tasa|taxa|tasso|gem|gemiddelde?|cp[acilmvo]|" +
    "acquisition|conversion|result|lead|click|install|goods|sales?|shipping|order|customer|unit|tax)\\b",
  "u",
);

/** Whether a header that nobody knows has a word of this measure among others: `Net cost excl. fees`. */
function mayBe(
  match: HeaderMatch,
  column: Column,
  { dataset, language }: { dataset: Dataset; language: LanguageCode },
): boolean {
  if (match.column !== undefined || match.twin !== undefined) return match.instead === column.name;
  const key = headerKey(match.header);
  if (RATIO.test(key)) return false;
  const index = headerIndex(dataset);
  const words = key.split(" ");
  return words.length > 1 &&
    words.some((word) =>
      meaningsOf(word, null, language).some((meaning) => index.get(meaning)?.column === column.name)
    );
}

function samplesOf(profiles: ColumnProfile[], header: string): string[] {
  return profiles.find((profile) => profile.header === header)?.samples.slice(0, 3) ?? [];
}

function holdsNumbers(profiles: ColumnProfile[], header: string): boolean {
  const profile = profiles.find((p) => p.header === header);
  if (!profile || profile.filled === 0) return false;
  return Math.max(profile.numbers.dot, profile.numbers.comma) >= profile.filled * 0.8;
}
