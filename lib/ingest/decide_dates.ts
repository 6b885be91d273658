/** Which date format a column has: over the whole column, or by asking. Pure. */
import type { Finding, ImportQuestion } from "@/lib/model/mod.ts";
import type { ColumnProfile } from "@/lib/staging/mod.ts";
import { lacksYear, LOOSE_DATE_FORMATS, swappedFormat } from "@/lib/staging/read_date.ts";
import type { DayRange } from "./preamble.ts";
import { readAs } from "./read_as.ts";
import type { DateOrder } from "./read_day.ts";

/** What was decided; `formats` is empty where the column holds no dates. */
export interface DateDecision {
  formats: string[];
  finding?: Finding;
  question?: ImportQuestion;
}

/** What tells the order of day and month where the cells alone do not. */
export interface DateHints {
  /** How the report writes its dates. */
  order?: DateOrder;
  /** The days that the report says it covers. */
  range?: DayRange | null;
  /** The language of the headers, where it writes days in one order only. */
  language?: { title: string; order: DateOrder };
  /** The header says that its cells are weeks. */
  weeks?: boolean;
  /** The last day that a report can speak of. */
  today?: string;
}

const SPOKEN: Record<string, string> = {
  "%m/%d/%Y": "month/day/year",
  "%d/%m/%Y": "day/month/year",
  "%m/%d/%y": "month/day/year",
  "%d/%m/%y": "day/month/year",
  "%m-%d-%Y": "month-day-year",
  "%d-%m-%Y": "day-month-year",
  "%m-%d-%y": "month-day-year",
  "%d-%m-%y": "day-month-year",
  "%m.%d.%Y": "month.day.year",
  "%d.%m.%Y": "day.month.year",
  "%d.%m.%y": "day.month.year",
  "%Y-%m-%d": "year-month-day",
  "%Y/%m/%d": "year/month/day",
  "%Y.%m.%d": "year.month.day",
  "%Y%m%d": "yearmonthday",
  "%Y年%m月%d日": "year, month, day (年月日)",
  "%Y年%m月": "year, month (年月)",
  "%b %d, %Y": "month's name, day, year",
  "%d %b %Y": "day, month's name, year",
  "%d %b %y": "day, month's name, year of two digits",
  "%b %Y": "month's name and year",
  "%Y %b": "year and month's name",
  "%b %y": "month's name and year of two digits",
  "%b %d": "month's name and day",
  "%d %b": "day and month's name",
  "%b": "month's name",
  "%Y-%m": "year and month",
  "%m/%Y": "month and year",
  "%Y%m": "year and month",
  "%Y": "year",
  "%YQ%q": "year and quarter",
  "Q%q %Y": "quarter and year",
  "%G-W%V": "year and week",
  "W%V %G": "week and year",
  "%G%V": "year and week",
  "%d.%m.": "day.month.",
  "%E": "a spreadsheet's day numbers",
  "%s": "seconds or milliseconds since 1970, as days in UTC",
  "%N": "days counted from the first one",
};

/** A format in words. */
export function spoken(format: string): string {
  if (format.startsWith("<")) return `two days, each ${spoken(format.slice(1))}`;
  if (format.startsWith("=")) return `"${format.slice(1, format.lastIndexOf("@"))}"`;
  const [own, given] = format.split("@");
  return (SPOKEN[own!] ?? own!.replaceAll("%", "")) + (given ? ` (${own === "%N" ? "from" : "in"} ${given})` : "");
}

const YEAR_WEEK = "%G%V";

/** Decides how one column of dates is read. */
export function decideDates(profile: ColumnProfile, hints: DateHints, answer: string | undefined): DateDecision {
  const { dateFormats, dates, filled, header } = profile;
  const topic = `dates:${header}`;
  // Total lines and a few broken cells do not make a column of dates something else.
  if (dates === 0 || dates < filled / 2) return { formats: [] };
  if (answer && dateFormats[answer]) {
    return { formats: [answer], finding: { topic, finding: spoken(answer), evidence: "answered" } };
  }
  const fitting = Object.keys(dateFormats).filter((format) => dateFormats[format] === dates);
  // `202636` is a week where the header says so, and nothing else anywhere.
  const weeks = fitting.filter((format) => format === YEAR_WEEK);
  const whole = hints.weeks && weeks.length > 0 ? weeks : surest(fitting.filter((format) => format !== YEAR_WEEK));
  if (whole.length === 1) {
    const other = swappedFormat(whole[0]!);
    const against = other === null ? 0 : dates - (dateFormats[other] ?? 0);
    const evidence = other !== null
      ? `${against.toLocaleString("en")} of ${dates.toLocaleString("en")} dates fit no other order`
      : `fits all ${dates.toLocaleString("en")} dates`;
    return { formats: whole, finding: { topic, finding: spoken(whole[0]!), evidence } };
  }
  if (whole.length > 1) return decideOrder(profile, whole, hints);
  return decideMixed(profile, hints);
}

/** A loose format (four digits are a year) counts only where no telling one fits as well. */
function surest(formats: string[]): string[] {
  const loose: readonly string[] = LOOSE_DATE_FORMATS;
  const sure = formats.filter((format) => !loose.includes(format));
  return sure.length > 0 ? sure : formats.filter((format) => !lacksYear(format) || formats.every(lacksYear));
}

/** Every date fits several formats: what stands around the column may tell, else it is asked. */
function decideOrder(
  profile: ColumnProfile,
  formats: string[],
  { order, range, language, today }: DateHints,
): DateDecision {
  const topic = `dates:${profile.header}`;
  const take = (format: string, evidence: string): DateDecision => ({
    formats: [format],
    finding: { topic, finding: spoken(format), evidence },
  });
  const readings = new Set(formats.map((format) => profile.samples.map((cell) => readAs(cell, format)).join()));
  if (readings.size === 1 && profile.distinct <= profile.samples.length) return take(formats[0]!, "both orders agree");
  const stats = (format: string) => profile.dateStats[format];
  if (range) {
    const inside = formats.filter((format) => {
      const days = stats(format);
      return days && days.from >= range.from && days.to <= range.to;
    });
    if (inside.length === 1) return take(inside[0]!, `only so all days lie in ${range.from} to ${range.to}`);
  }
  const byReport = order &&
    formats.find((format) => format.replace("<", "").startsWith(order === "month-first" ? "%m" : "%d"));
  if (byReport) return take(byReport, "this report's own order");
  const dotted = formats.find((format) => format.replace("<", "").startsWith("%d.%m."));
  if (dotted) return take(dotted, "with dots the day comes first everywhere");
  if (language) {
    const own = formats.find((format) =>
      format.replace("<", "").startsWith(language.order === "month-first" ? "%m" : "%d")
    );
    if (own) return take(own, `the headers are ${language.title}, which writes the day first`);
  }
  if (today) {
    const past = formats.filter((format) => stats(format) && stats(format)!.to <= today);
    if (past.length === 1) return take(past[0]!, "read otherwise, some days are still to come");
  }
  return { formats: [], question: orderQuestion(profile, formats) };
}

/** Several forms in one column: taken together where none can be mistaken for another. */
function decideMixed(profile: ColumnProfile, hints: DateHints): DateDecision {
  const { dateFormats, dateOnly, dates, filled } = profile;
  const topic = `dates:${profile.header}`;
  const needed = Object.keys(dateOnly).filter((format) => dateOnly[format]! > 0);
  const best = Object.keys(dateFormats).reduce((a, b) => (dateFormats[b]! > dateFormats[a]! ? b : a));
  const formats = needed.length > 0 ? needed : [best];
  const clash = formats.some((format) => formats.includes(swappedFormat(format) ?? ""));
  const open = Object.keys(dateFormats).filter((format) => !formats.includes(format)).filter((format) => {
    const swapped = swappedFormat(format);
    return swapped !== null && !formats.includes(swapped) && dateFormats[swapped] !== undefined;
  });
  if (clash) return { formats: [], question: orderQuestion(profile, Object.keys(dateFormats)) };
  if (open.length > 0) {
    const decided = decideOrder(profile, open, hints);
    if (decided.question) return { formats: [], question: orderQuestion(profile, open) };
    formats.push(...decided.formats);
  }
  const words = formats.map(spoken).join(" and ");
  const fit = `together they fit ${dates.toLocaleString("en")} of ${filled.toLocaleString("en")} cells`;
  return { formats, finding: { topic, finding: words, evidence: fit } };
}

/** Asks, with what speaks for each reading and how the first cells would read. */
function orderQuestion(profile: ColumnProfile, formats: string[]): ImportQuestion {
  const { dateFormats, dateOnly, dateStats, dates } = profile;
  const evidence = (format: string): string => {
    const days = dateStats[format];
    const only = dateOnly[format] ?? 0;
    const reads = only > 0
      ? `${only.toLocaleString("en")} cells read only so`
      : `reads ${dateFormats[format]} of ${dates}`;
    return days ? `${reads}, from ${days.from} to ${days.to} on ${days.days} days` : reads;
  };
  const telling = formats.some((format) => (dateOnly[format] ?? 0) > 0);
  return {
    id: `dates:${profile.header}`,
    kind: "date-order",
    title: `How are the dates in "${profile.header}" written?`,
    detail: telling
      ? `Some dates in this column read only one way, others only the other. ${sides(formats, evidence)}`
      : `Every date in this column could be read in more than one way. ${sides(formats, evidence)}`,
    column: profile.header,
    choices: formats.map((format) => ({
      value: format,
      title: spoken(format),
      preview: profile.samples.slice(0, 3).map((raw) => ({ raw, read: readAs(raw, format) ?? "not a date" })),
    })),
  };
}

function sides(formats: string[], evidence: (format: string) => string): string {
  return formats.map((format) => `As ${spoken(format)}: ${evidence(format)}`).join(". ");
}
