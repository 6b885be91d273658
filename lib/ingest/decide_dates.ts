/** Which date format a column has: over the whole column, or by asking. Pure. */
import type { Finding, ImportQuestion } from "@/lib/model/mod.ts";
import type { SourceReport } from "@/lib/source/mod.ts";
import type { ColumnProfile } from "@/lib/staging/mod.ts";
import { swappedFormat } from "@/lib/staging/read_date.ts";
import { readAs } from "./read_as.ts";

/** What was decided; `formats` is empty where the column holds no dates. */
export interface DateDecision {
  formats: string[];
  finding?: Finding;
  question?: ImportQuestion;
}

const SPOKEN: Record<string, string> = {
  "%m/%d/%Y": "month/day/year",
  "%d/%m/%Y": "day/month/year",
  "%m-%d-%Y": "month-day-year",
  "%d-%m-%Y": "day-month-year",
  "%m.%d.%Y": "month.day.year",
  "%d.%m.%Y": "day.month.year",
  "%Y-%m-%d": "year-month-day",
};

/** A format in words. */
export function spoken(format: string): string {
  return SPOKEN[format] ?? format.replaceAll("%", "");
}

/** Decides how one column of dates is read. */
export function decideDates(
  profile: ColumnProfile,
  report: SourceReport | null,
  answer: string | undefined,
): DateDecision {
  const { dateFormats, dateOnly, dates, filled, header } = profile;
  const topic = `dates:${header}`;
  // Total lines and a few broken cells do not make a column of dates something else.
  if (dates === 0 || dates < filled / 2) return { formats: [] };
  if (answer && dateFormats[answer]) {
    return { formats: [answer], finding: { topic, finding: spoken(answer), evidence: "answered" } };
  }
  const whole = Object.keys(dateFormats).filter((format) => dateFormats[format] === dates);
  if (whole.length === 1) {
    const other = swappedFormat(whole[0]!);
    const against = other === null ? 0 : dates - (dateFormats[other] ?? 0);
    const evidence = other !== null
      ? `${against.toLocaleString("en")} of ${dates.toLocaleString("en")} dates fit no other order`
      : `fits all ${dates.toLocaleString("en")} dates`;
    return { formats: whole, finding: { topic, finding: spoken(whole[0]!), evidence } };
  }
  if (whole.length > 1) {
    const order = report?.dateOrder;
    const byReport = order && whole.find((format) => format.startsWith(order === "month-first" ? "%m" : "%d"));
    if (byReport) {
      return {
        formats: [byReport],
        finding: { topic, finding: spoken(byReport), evidence: "this report's own order" },
      };
    }
    const readings = new Set(whole.map((format) => profile.samples.map((cell) => readAs(cell, format)).join()));
    if (readings.size === 1 && profile.distinct <= profile.samples.length) {
      return { formats: [whole[0]!], finding: { topic, finding: spoken(whole[0]!), evidence: "both orders agree" } };
    }
    return { formats: [], question: orderQuestion(profile, whole) };
  }
  // Several forms in one column: taken together where none can be mistaken for another.
  const needed = Object.keys(dateOnly).filter((format) => dateOnly[format]! > 0);
  const best = Object.keys(dateFormats).reduce((a, b) => (dateFormats[b]! > dateFormats[a]! ? b : a));
  const formats = needed.length > 0 ? needed : [best];
  const clash = formats.some((format) => formats.includes(swappedFormat(format) ?? ""));
  const open = Object.keys(dateFormats).filter((format) => !formats.includes(format)).some((format) => {
    const swapped = swappedFormat(format);
    return swapped !== null && !formats.includes(swapped) && dateFormats[swapped] !== undefined;
  });
  if (clash || open) return { formats: [], question: orderQuestion(profile, Object.keys(dateFormats)) };
  const words = formats.map(spoken).join(" and ");
  return { formats, finding: { topic, finding: words, evidence: `together they fit ${dates} of ${filled} cells` } };
}

function orderQuestion(profile: ColumnProfile, formats: string[]): ImportQuestion {
  return {
    id: `dates:${profile.header}`,
    kind: "date-order",
    title: `How are the dates in "${profile.header}" written?`,
    detail: "Every date in this column could be read in more than one way",
    column: profile.header,
    choices: formats.map((format) => ({
      value: format,
      title: spoken(format),
      preview: profile.samples.slice(0, 3).map((raw) => ({ raw, read: readAs(raw, format) ?? "not a date" })),
    })),
  };
}
