/** Asks which of several headers a measure is, where none of them is its own name. Pure. */
import type { Dataset, ImportQuestion } from "@/lib/model/mod.ts";
import type { ColumnProfile } from "@/lib/staging/mod.ts";
import type { HeaderMatch } from "./match_columns.ts";
import type { TableRecognition } from "./recognise/mod.ts";

/** A column's own name and title stand first among its words; whoever has one of them needs no question. */
const OWN_WORDS = 1;

/**
 * Questions about measures that several headers may be. A platform's own report says what its headers mean; elsewhere
 * `Revenue` beside `Sales amount` could both be meant.
 */
export function mapQuestions(
  dataset: Dataset,
  { report }: Pick<TableRecognition, "report">,
  profiles: ColumnProfile[],
  { matches, answers }: { matches: HeaderMatch[]; answers: Record<string, string> },
): ImportQuestion[] {
  if (!report?.fallback) return [];
  const measures = dataset.columns.filter((column) => column.role === "measure");
  return measures.flatMap((column): ImportQuestion[] => {
    const taken = matches.find((match) => match.column === column.name);
    const rivals = matches.filter((match) => match.instead === column.name && holdsNumbers(profiles, match.header));
    if (answers[`map:${column.name}`] !== undefined || rivals.length === 0) return [];
    if (taken && taken.rank <= OWN_WORDS) return [];
    const headers = [...taken ? [taken.header] : [], ...rivals.map((match) => match.header)];
    return [{
      id: `map:${column.name}`,
      kind: "map-column",
      title: `Which column is ${column.title}?`,
      detail: `${headers.map((header) => `"${header}"`).join(" and ")} may each be it`,
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

function samplesOf(profiles: ColumnProfile[], header: string): string[] {
  return profiles.find((profile) => profile.header === header)?.samples.slice(0, 3) ?? [];
}

function holdsNumbers(profiles: ColumnProfile[], header: string): boolean {
  const profile = profiles.find((p) => p.header === header);
  if (!profile || profile.filled === 0) return false;
  return Math.max(profile.numbers.dot, profile.numbers.comma) >= profile.filled * 0.8;
}
