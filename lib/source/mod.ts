/**
 * Source: a plugin that says what a platform's files look like. Data only: fingerprints, headers that mean something
 * special there, quirks, maturity. Nothing here reads a file; `lib/ingest` does, and lays these beside it.
 */
import type { LanguageCode } from "@/lib/model/languages/language.ts";

/** What a header of this platform means, where it differs from the dataset's own synonyms. */
export type SourceColumn =
  /** A column of the dataset. */
  | string
  /** A column of the dataset, with a divisor (`cost_micros`: 1,000,000), or only where another header's cell is listed. */
  | { column: string; divisor?: 100 | 1_000_000; when?: { header: string; oneOf: readonly string[] } }
  /** Known and not needed: a ratio that is computed from its parts, a setting, a status. */
  | null;

/** One kind of report of a platform. Headers are written in English; `labels` says what they are called elsewhere. */
export interface SourceReport {
  /** Stable name, kebab-case. */
  readonly name: string;
  readonly dataset: string;
  /** Headers that must all be there, compared by `headerKey()`, in any one language. */
  readonly headers: readonly string[];
  /** At least one of these must be there too. */
  readonly anyOf?: readonly string[];
  /** Headers none of which may be there: they belong to another report. */
  readonly noneOf?: readonly string[];
  /** Texts one of which must stand in the lines before the header, compared case-insensitively. */
  readonly preamble?: readonly string[];
  /** Regular expressions one of which a line before the header must match as a whole, case-insensitively. */
  readonly titles?: readonly string[];
  readonly columns?: Readonly<Record<string, SourceColumn>>;
  /** What this report says by itself: column of the dataset → text (`attribution_setting`: `14 days`). */
  readonly constants?: Readonly<Record<string, string>>;
  /** How total lines show themselves, beside the words of the languages. */
  readonly totals?: {
    /** Regular expressions one of which a label must match as a whole, case-insensitively. */
    readonly labels?: readonly string[];
    /** Lines whose dimensions are all empty are totals, even where a date stands in them. */
    readonly blankDimensions?: boolean;
  };
  /** How this platform writes dates that could be read in two ways. */
  readonly dateOrder?: "day-first" | "month-first";
  /** Whether shares and rates without a `%` are written as 12.5 or as 0.125. */
  readonly shares?: "percent" | "fraction";
  /** Values of `result_type` whose results are conversions; results of any other kind are not. */
  readonly conversionResults?: readonly string[];
  /** Why rows of this report must not be imported, and what to export instead: "it is …". */
  readonly refuse?: string;
  /** Taken only where a column of time is there. */
  readonly timed?: boolean;
  /** Taken only where no report of any platform fits. */
  readonly fallback?: boolean;
}

/** What a platform calls its headers in one language: English header → headers. */
export type SourceLabels = Readonly<Record<string, readonly string[]>>;

/** What the files of one platform look like. */
export interface Source {
  /** The value that stands in the column `platform`: `google_ads`. */
  readonly platform: string;
  readonly title: string;
  readonly reports: readonly SourceReport[];
  /** This platform's own words by language, beside those that every file may use (`lib/model/languages`). */
  readonly labels?: Readonly<Partial<Record<LanguageCode, SourceLabels>>>;
  /** What the days of this platform's files are counted in, where it is always the same. */
  readonly timeZone?: string;
  /** After how many days a measure of this platform counts as final, where that is known. */
  readonly maturityDays?: Readonly<Record<string, number>>;
}

/** The sources a server knows. */
export interface SourceRegistry {
  list(): readonly Source[];
  get(platform: string): Source | undefined;
}

/** Days after which a number counts as final where nothing better is known: attribution windows, and late corrections. */
const MATURITY = { conversions: 28, others: 3 };
/** Measures that platforms attribute to an earlier day. */
const ATTRIBUTED = /conversion|result|lead|order|install|revenue|purchase|key_events|value/;

/** After how many days a measure of a platform counts as final. */
export function maturityOf(source: Source | undefined, measure: string): number {
  return source?.maturityDays?.[measure] ?? (ATTRIBUTED.test(measure) ? MATURITY.conversions : MATURITY.others);
}

/** Declares a source. */
export function defineSource(source: Source): Source {
  if (!/^[a-z][a-z0-9_]{0,62}$/.test(source.platform)) {
    throw new TypeError(`Cannot define the source "${source.platform}": its platform must be a snake_case name`);
  }
  for (const report of source.reports) {
    if (report.headers.length === 0 && !report.fallback && !report.preamble && !report.titles) {
      throw new TypeError(`Cannot define the report "${report.name}" of "${source.platform}": name its headers`);
    }
  }
  return source;
}

/** Makes the registry of a list. Throws where a platform is there twice. */
export function sourceRegistry(sources: readonly Source[]): SourceRegistry {
  const byPlatform = new Map<string, Source>();
  for (const source of sources) {
    if (byPlatform.has(source.platform)) {
      throw new TypeError(`Cannot register the source "${source.platform}": it is there already`);
    }
    byPlatform.set(source.platform, source);
  }
  return { list: () => sources, get: (platform) => byPlatform.get(platform) };
}
