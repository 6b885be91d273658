/**
 * Dates out of text, as SQL. Formats look like strptime's, with some of our own: `%b` is a month's name in any language
 * that is known, `%q` a quarter, `%G` and `%V` an ISO week and its year, `%E` a spreadsheet's day number, and what stands
 * after `@` is given to every cell: a year (`%b %d@2026`), or the day that cells count from (`%N@2026-08-01`). Formats of
 * cells that name two days begin with `<` for the first and `>` for the last one. `=` is a name: `=Last year@2025-01-01`.
 */
import { monthNames } from "@/lib/model/month_names.ts";
import { literal } from "./names.ts";
import { partsOfRange, rangePart } from "./two_days.ts";

/** The formats that are tried on every column, most telling first. Day and month may lack a leading zero. */
export const DATE_FORMATS = [
  "%Y-%m-%d",
  "%Y/%m/%d",
  "%Y.%m.%d",
  "%Y%m%d",
  "%Y年%m月%d日",
  "%m/%d/%Y",
  "%d/%m/%Y",
  "%m-%d-%Y",
  "%d-%m-%Y",
  "%m.%d.%Y",
  "%d.%m.%Y",
  "%m/%d/%y",
  "%d/%m/%y",
  "%d.%m.%y",
  "%d-%m-%y",
  "%m-%d-%y",
  "%b %d, %Y",
  "%d %b %Y",
  "%d %b %y",
  "%b %Y",
  "%Y %b",
  "%Y-%m",
  "%YQ%q",
  "Q%q %Y",
  "%G-W%V",
  "%Y年%m月",
] as const;

/** Formats that numbers of any kind have too: tried only where a column is known to be of dates. */
export const LOOSE_DATE_FORMATS = [
  "%b %y",
  "%m/%Y",
  "%Y%m",
  "%Y",
  "%E",
  "%b %d",
  "%d %b",
  "%b",
  "W%V %G",
  "%G%V",
  "%d.%m.",
  "%s",
] as const;

/** A name for a day, and the day. */
function partsOfName(format: string): [string, string] {
  const at = format.lastIndexOf("@");
  return [format.slice(1, at), format.slice(at + 1)];
}

/** The time that a date of a format covers; formats that are not here name days. */
export function grainOfFormat(format: string): "day" | "week" | "month" | "quarter" | "year" {
  if (format.startsWith("=")) return "day";
  const [own] = format.replace(/^[<>]/, "").split("@");
  if (own!.includes("%q")) return "quarter";
  if (own!.includes("%V")) return "week";
  if (own!.includes("%d") || own === "%E" || own === "%N" || own === "%s") return "day";
  return own === "%Y" ? "year" : "month";
}

/** Formats without a year: the year must come from elsewhere. */
export function lacksYear(format: string): boolean {
  return !format.startsWith("=") && /%[bdm]/.test(format) && !/%[YyG]/.test(format) && !format.includes("@");
}

/** The format with day and month the other way round, where there is one. */
export function swappedFormat(format: string): string | null {
  const swapped = format.replace(/^([<>]?)%m([-/.])%d/, "$1%D$2%m").replace(/^([<>]?)%d([-/.])%m/, "$1%m$2%d")
    .replace("%D", "%d");
  return swapped === format ? null : swapped;
}

// A time of day after the date is let go: facts are days. So is the hour that some exports write after a bar.
const TIME = "(?:(?:[T ,|]| at )\\s*[0-9]{1,2}(?:[:.h][0-9]{2}(?:[:.][0-9]{2}(?:[.,][0-9]+)?)?)?" +
  "\\s*(?:[AaPp]\\.?\\s?[Mm]\\.?)?\\s*(?:Z|UTC|GMT|[A-Z]{3,4}|[-+][0-9]{2}:?[0-9]{2})?(?:\\s?\\([A-Z]{3,4}\\))?" +
  "(?:\\|[0-9]{1,2})?)?\\s*$";
const WEEKDAY = "(?:\\p{L}{2,12}\\.?,?\\s+)?";
const NAME = "(\\p{L}{3,12})\\.?";
const OF = "(?:\\s*(?:de|del|d')\\s+|[\\s/-]+)";

/** Patterns of formats with names or signs; what is read stands in groups, in the order of `groups`. */
const NAMED: Record<string, { pattern: string; groups: string }> = {
  "%b %d, %Y": {
    pattern: `${WEEKDAY}${NAME}[\\s-]+([0-3]?[0-9])(?:st|nd|rd|th)?,?[\\s-]+([12][0-9]{3})`,
    groups: "bdY",
  },
  "%d %b %Y": {
    pattern: `${WEEKDAY}([0-3]?[0-9])(?:er|st|nd|rd|th|[.ºª°])?${OF}${NAME},?${OF}([12][0-9]{3})`,
    groups: "dbY",
  },
  "%d %b %y": { pattern: `([0-3]?[0-9])[\\s-]${NAME}[\\s-]'?([0-9]{2})`, groups: "dby" },
  "%b %Y": { pattern: `${NAME}${OF}([12][0-9]{3})`, groups: "bY" },
  "%Y %b": { pattern: `([12][0-9]{3})[\\s-]+${NAME}`, groups: "Yb" },
  "%b %y": { pattern: `${NAME}[\\s-]+'?([0-9]{2})`, groups: "by" },
  "%b %d": { pattern: `${NAME}[\\s-]+([0-3]?[0-9])(?:st|nd|rd|th)?`, groups: "bd" },
  "%d %b": { pattern: `([0-3]?[0-9])(?:er|st|nd|rd|th|[.ºª°])?${OF}${NAME}`, groups: "db" },
  "%b": { pattern: NAME, groups: "b" },
  "%Y年%m月%d日": {
    pattern: "([12][0-9]{3})年\\s?([01]?[0-9])月\\s?([0-3]?[0-9])日(?:\\s?[(（]?[月火水木金土日][)）]?)?",
    groups: "Ymd",
  },
  "%Y年%m月": { pattern: "([12][0-9]{3})年\\s?([01]?[0-9])月", groups: "Ym" },
  "%Y-%m": { pattern: "([12][0-9]{3})[-/.]([01]?[0-9])", groups: "Ym" },
  "%m/%Y": { pattern: "([01]?[0-9])[-/.]([12][0-9]{3})", groups: "mY" },
  "%Y%m": { pattern: "((?:19|20)[0-9]{2})([01][0-9])", groups: "Ym" },
  "%Y": { pattern: "((?:19|20)[0-9]{2})", groups: "Y" },
  "%YQ%q": { pattern: "([12][0-9]{3})[\\s/-]*[QT]([1-4])", groups: "Yq" },
  "Q%q %Y": { pattern: "(?:[QT]|Quarter |Trimestre )([1-4])[\\s/-]*([12][0-9]{3})", groups: "qY" },
  "%G-W%V": { pattern: "([12][0-9]{3})[\\s-]*(?:W|KW|S)\\s?([0-5]?[0-9])", groups: "GV" },
  "W%V %G": {
    pattern: "(?:W|KW|S|Week |Woche |Semaine |Semana |Settimana )\\s?([0-5]?[0-9])[\\s/,-]+([12][0-9]{3})",
    groups: "VG",
  },
  "%G%V": { pattern: "((?:19|20)[0-9]{2})([0-5][0-9])", groups: "GV" },
  "%d.%m.": { pattern: "([0-3]?[0-9])\\.([01]?[0-9])\\.", groups: "dm" },
  "%s": { pattern: "(1[0-9]{9})(?:[0-9]{3})?", groups: "S" },
  "%E": { pattern: "([2-6][0-9]{4})(?:[.,][0-9]+)?", groups: "E" },
  "%N": { pattern: "([0-9]{1,4})", groups: "N" },
};

const PARTS: Record<string, string> = {
  "%Y": "[12][0-9]{3}",
  "%y": "[0-9]{2}",
  "%m": "[01]?[0-9]",
  "%d": "[0-3]?[0-9]",
};

/** How a format with names or signs looks, and what its groups are, in order; undefined for plain numeric formats. */
export function namedPattern(format: string): { pattern: string; groups: string } | undefined {
  return NAMED[format.split("@")[0]!];
}

/** The day of a cell under one format, a period's first day; null where it does not fit. */
export function dateExpression(text: string, format: string): string {
  if (format.startsWith("=")) {
    const [name, day] = partsOfName(format);
    return `case when trim(${text}) = ${literal(name)} then date ${literal(day)} end`;
  }
  if (/^[<>]/.test(format)) {
    return dateExpression(rangePart(text, format.startsWith("<") ? "first" : "last"), format.slice(1));
  }
  const [own, given] = format.split("@") as [string, string | undefined];
  if (NAMED[own]) return namedDate(text, NAMED[own], given);
  // Year first the engine reads by itself, eight times as fast. It knows words (`epoch`) too, so a digit must come first.
  return own === "%Y-%m-%d"
    ? `case when ${text} < ':' and contains(${text}, '-') and not contains(${text}, ' - ') then try_cast(${text} as date) end`
    : slowDate(text, own);
}

function slowDate(text: string, format: string): string {
  const day = `regexp_extract(trim(${text}), ${literal(`^${lead(format)}(${patternOf(format)})${TIME}`)}, 1)`;
  return `cast(try_strptime(nullif(${day}, ''), ${literal(format)}) as date)`;
}

/** A weekday may stand before the day, where letters cannot be anything else. */
function lead(format: string): string {
  return format === "%Y%m%d" ? "" : WEEKDAY;
}

/** `;name=month` for every name: one constant, which the engine plans much faster than a map of as many entries. */
const MONTHS = literal([...monthNames].map(([name, month]) => `;${name}=${String(month).padStart(2, "0")}`).join(""));

function monthOf(name: string): string {
  const key = `strip_accents(lower(${name}))`;
  return `substr(${MONTHS}, nullif(instr(${MONTHS}, ';' || ${key} || '='), 0) + length(${key}) + 2, 2)`;
}

function namedDate(text: string, { pattern, groups }: { pattern: string; groups: string }, given?: string): string {
  const whole = literal(`(?i)^\\s*${pattern}${groups.includes("d") ? TIME : "\\s*$"}`);
  const part = (name: string): string | null => {
    const at = groups.indexOf(name);
    return at < 0 ? null : `nullif(regexp_extract(${text}, ${whole}, ${at + 1}), '')`;
  };
  if (groups === "E") return `(date '1899-12-30' + try_cast(${part("E")} as integer))`;
  if (groups === "S") return `(date '1970-01-01' + (try_cast(${part("S")} as bigint) // 86400)::integer)`;
  if (groups === "N") return `(date ${literal(given ?? "")} + try_cast(${part("N")} as integer))`;
  if (groups.includes("V")) return weekDate(part("G")!, part("V")!);
  const year = given ? literal(given) : part("Y") ?? (part("y") ? `'20' || ${part("y")}` : "null::varchar");
  const month = groups.includes("q")
    ? `(try_cast(${part("q")} as integer) * 3 - 2)::varchar`
    : part("m") ?? (groups.includes("b") ? monthOf(part("b")!) : "'1'");
  return `try_cast(${year} || '-' || lpad(${month}, 2, '0') || '-' || lpad(${part("d") ?? "'1'"}, 2, '0') as date)`;
}

/** The hour of a cell as text, 0 to 23; null where it has none. */
export function hourExpression(text: string): string {
  const part = (pattern: string) => `regexp_extract(${text}, ${literal(pattern)}, 1)`;
  const bar = part("\\|\\s*([0-9]{1,2})\\s*$");
  const clock = part("[T ]([0-9]{1,2})[:.h][0-9]{2}");
  const half = `case when regexp_matches(${text}, '(?i)p\\.?m') then 12 else 0 end`;
  const hour = `try_cast(nullif(${clock}, '') as integer)`;
  const read = `case when regexp_matches(${text}, '(?i)[ap]\\.?m') then ${hour} % 12 + ${half} else ${hour} end`;
  return `coalesce(nullif(${bar}, ''), (${read})::varchar)`;
}

/** The Monday of an ISO week: the 4th of January is always in the first one. */
function weekDate(year: string, week: string): string {
  const first = `date_trunc('week', try_cast(${year} || '-01-04' as date))`;
  return `cast(${first} + to_days((try_cast(${week} as integer) - 1) * 7) as date)`;
}

function patternOf(format: string): string {
  return format === "%Y%m%d"
    ? "[12][0-9]{3}[01][0-9][0-3][0-9]"
    : format.replaceAll(".", "[.]").replace(/%[a-zA-Z]/g, (part) => PARTS[part] ?? part);
}

const MAY_BE = new Map(
  [...DATE_FORMATS, ...LOOSE_DATE_FORMATS].map((format) => {
    const named = NAMED[format]?.pattern;
    return [format, new RegExp(`^\\s*${named ? `${named}` : lead(format) + patternOf(format)}`, "iu")];
  }),
);

/** Whether a cell may be a date of a format: true for every one that is. */
export function mayBeDate(text: string, format: string): boolean {
  if (format.startsWith("<")) {
    const parts = partsOfRange(text);
    return parts !== null && mayBeDate(parts[0], format.slice(1));
  }
  return format === "%Y-%m-%d" ? text < ":" && text.includes("-") : MAY_BE.get(format as "%Y")!.test(text);
}
