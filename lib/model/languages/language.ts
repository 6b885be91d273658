/** A language's short name, as BCP 47 has it. */
export type LanguageCode = "en" | "de" | "fr" | "es" | "pt" | "it" | "nl" | "ja";

/** The words of a language that tables are written in. */
export interface Language {
  readonly code: LanguageCode;
  /** Its name in English. */
  readonly title: string;
  /** English header → what it is called here; compared by `headerKey()`. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  /** Regular expressions of what a total line is called, matched as a whole, case-insensitively. */
  readonly totals: readonly string[];
  /** What stands between the two days of a range, beside dashes. */
  readonly between: readonly string[];
  /** Words before a range's first and its last day: `Start date: …`. */
  readonly starts: readonly string[];
  readonly ends: readonly string[];
  /** Words around a measure's name that add nothing to it: `number of clicks`. */
  readonly noise: readonly string[];
}
