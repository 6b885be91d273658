/** What the lines above a header, and below the rows, say of the report. Pure. */
import { headerKey } from "@/lib/model/mod.ts";
import { languages } from "@/lib/model/languages/mod.ts";
import { type DateOrder, readDay, withoutTime } from "./read_day.ts";

/** A date range, both days included. */
export interface DayRange {
  from: string;
  to: string;
}

/** What a report says of itself. */
export interface PreambleFacts {
  range: DayRange | null;
  /** The line that names the range. */
  rangeLine: string | null;
  /** The zone in which its days are counted, as it is written. */
  timeZone: string | null;
  /** The day on which it was made. */
  made: string | null;
  /** The last day of which all numbers are there. */
  completeUntil: string | null;
  /** It says that its numbers may be incomplete. */
  incomplete: boolean;
  /** How many rows it says it has. */
  rows: number | null;
  /** Account or property. */
  account: string | null;
  /** What time it says that a row covers, where that is no day. */
  grain: "week" | "month" | "quarter" | "year" | null;
}

const KEYS = {
  made: ["date generated", "generated", "generated on", "report generated", "created", "created on", "export date"],
  zone: ["time zone", "timezone", "zeitzone", "fuseau horaire", "zona horaria", "fuso horario", "fuso orario"],
  complete: ["last completed available day"],
  rows: ["rows", "row count"],
  grain: [
    "report aggregation",
    "aggregation",
    "aggregated by",
    "granularity",
    "time granularity",
    "time unit",
    "unit of time",
  ],
  account: ["account", "account name", "property", "kontoname", "konto", "compte", "cuenta", "conta"],
  range: ["date range", "report time", "period", "time period", "reporting period", "zeitraum", "periode", "periodo"],
};

/** `Report Start: …, Report End: …` in one line. */
const TWO_FACTS = /,\s*(?=(?:report|reporting) (?:end|ends)\b|(?:end|to)(?: date)?\s*:)/i;
const STARTS = wordsOf("starts");
const ENDS = wordsOf("ends");
const BETWEEN = languages.flatMap(({ between }) => between).map((word) => headerKey(word) ? ` ${word} ` : word);

function wordsOf(name: "starts" | "ends"): ReadonlySet<string> {
  return new Set(languages.flatMap((language) => language[name]).map(headerKey));
}

/** Reads what the lines say. `order`: how this report writes days that could be read in two ways. */
export function preambleFacts(lines: string[], order?: DateOrder): PreambleFacts {
  const facts: PreambleFacts = {
    range: null,
    rangeLine: null,
    timeZone: null,
    made: null,
    completeUntil: null,
    incomplete: false,
    rows: null,
    account: null,
    grain: null,
  };
  let from: string | null = null;
  let to: string | null = null;
  for (const line of lines.flatMap((line) => line.split(TWO_FACTS))) {
    const text = line.replace(/^[#\s]+/, "").replaceAll('"', "").replace(/[,;\t]+$/, "").trim();
    const zone = /\((?:in )?((?:UTC|GMT)[^)]*)\)\s*$/i.exec(text);
    if (zone && !text.includes(":")) facts.timeZone ??= zone[1]!;
    const pair = /^([^:：,;\t]{1,40}?)\s*(?:[:：]\s*|[,;\t]\s*)(.*)$/.exec(text);
    const key = pair ? headerKey(pair[1]!.replace(/\([^)]*\)/g, "")) : "";
    const value = pair ? pair[2]!.trim() : "";
    if (pair && STARTS.has(key) && !facts.range) {
      from ??= readDay(withoutTime(value), order);
      if (from && !to) facts.rangeLine = text;
    } else if (pair && ENDS.has(key) && !facts.range) to ??= readDay(withoutTime(value), order);
    else if (KEYS.made.includes(key)) facts.made ??= readDay(withoutTime(value), order);
    else if (KEYS.zone.includes(key)) facts.timeZone ??= value || null;
    else if (KEYS.complete.includes(key)) facts.completeUntil ??= readDay(withoutTime(value), order ?? "month-first");
    else if (KEYS.rows.includes(key)) {
      facts.rows ??= /^[\d.,\s]+$/.test(value) ? Number(value.replace(/\D/g, "")) : null;
    } else if (key === "potential incomplete data") facts.incomplete ||= /^true$/i.test(value);
    else if (KEYS.account.includes(key)) facts.account ??= value || null;
    else if (KEYS.grain.includes(key)) facts.grain ??= grainNamed(value);
    if (facts.range) continue;
    const range = rangeIn(pair && KEYS.range.includes(key) ? value : text, order);
    if (range) [facts.range, facts.rangeLine] = [range, text];
  }
  if (!facts.range && from && to && from <= to) facts.range = { from, to };
  if (!facts.range) facts.rangeLine = null;
  return facts;
}

function grainNamed(value: string): PreambleFacts["grain"] {
  const [, word] = /^(week|month|quarter|year)(?:s|ly|wise)?\b/i.exec(value) ?? [];
  return (word?.toLowerCase() ?? null) as PreambleFacts["grain"];
}

/** How a `rangeLine` begins that is no line: the headers themselves name the days. */
export const IN_HEADERS = "in the headers: ";

/** Where a range was found, in words. */
export function rangeEvidence({ rangeLine }: Pick<PreambleFacts, "rangeLine">): string {
  return rangeLine?.startsWith(IN_HEADERS) ? rangeLine : `above the header: ${rangeLine}`;
}

/** The range that the lines above the header name; null where they name none. */
export function preambleRange(lines: string[], order?: DateOrder): DayRange | null {
  return preambleFacts(lines, order).range;
}

/** What stands between two days. */
const MARKS = [" - ", " – ", " — ", "–", "—", " ~ ", "~", "～", "〜", "..", ...BETWEEN].map((mark) =>
  mark.normalize("NFKC")
);

/** Both days in one line: with a dash or a word between them. Null where it names none, or could name others. */
export function rangeIn(line: string, order?: DateOrder): DayRange | null {
  const text = line.normalize("NFKC").replace(/^(?:from|du|del?|vom|von|van|dal|dates?:?)\s+(?=[\d\p{L}])/iu, "");
  const compact = /^(\d{8})\s*[-–—~]\s*(\d{8})$/.exec(text);
  const tries: string[][] = compact ? [[compact[1]!, compact[2]!]] : [];
  const lower = text.toLowerCase();
  for (const mark of MARKS) {
    const at = lower.indexOf(mark);
    if (at > 0) tries.push([text.slice(0, at), text.slice(at + mark.length)]);
  }
  const dashed = /^(\S+(?:\/|年)\S+?)-(\d\S+)$/.exec(text);
  if (dashed) tries.push([dashed[1]!, dashed[2]!]);
  for (const [first, last] of tries) {
    const range = rangeOf(withoutTime(first!), withoutTime(last!), order);
    if (range) return range;
  }
  return null;
}

/** Both days are read in one order; where both orders read them, and not alike, nobody knows. */
function rangeOf(first: string, last: string, order?: DateOrder): DayRange | null {
  const readings = (["day-first", "month-first"] as const).flatMap((asked): DayRange[] => {
    const [from, to] = [readDay(first, asked, { strict: true }), readDay(last, asked, { strict: true })];
    return from && to && from <= to ? [{ from, to }] : [];
  });
  const [one, other] = readings;
  if (one && (!other || (one.from === other.from && one.to === other.to))) return one;
  if (one && other) return order ? (order === "day-first" ? one : other) : null;
  // `September 1 - 30, 2026`, `Sep 1 - Oct 3, 2026`: the year stands once.
  const year = /(\d{4})$/.exec(last)?.[1];
  if (!year || /\d{4}/.test(first)) return null;
  const month = /^(\p{L}+)/u.exec(first)?.[1] ?? "";
  const from = readDay(`${first}, ${year}`);
  const to = readDay(last) ?? readDay(`${month} ${last}`);
  return from && to && from <= to ? { from, to } : null;
}
