/** What an import did to the numbers, in a few words. Pure. */
import type { ImportChanges, ImportJob } from "@/lib/model/mod.ts";

/** Sums that people look for first; the rest in the order of the dataset. */
const FIRST = ["spend", "revenue", "sessions", "clicks", "conversions", "impressions"];

/** Measures, those that people look for first coming first. */
export function byInterest(measures: ImportChanges["measures"]): ImportChanges["measures"] {
  const place = (column: string) => FIRST.includes(column) ? FIRST.indexOf(column) : FIRST.length;
  return measures.toSorted((a, b) => place(a.column) - place(b.column));
}

/** The difference in a line: "14 days changed, spend +2.1%"; empty where nothing changed. */
export function changeWords(changes: ImportChanges | undefined, locale: string): string {
  if (!changes || changes.days === 0) return "";
  const number = new Intl.NumberFormat(locale);
  const days = `${number.format(changes.days)} ${changes.days === 1 ? "day" : "days"}`;
  const told = byInterest(changes.measures).find(({ before, after }) => before !== after);
  if (!told) return `${days} changed`;
  const { title, before, after } = told;
  const word = /^.\p{Lu}/u.test(title) ? title : title.charAt(0).toLowerCase() + title.slice(1);
  if (!before) return `${days} new, ${word} ${compact(after ?? 0, locale)}`;
  return `${days} changed, ${word} ${relative(before, after ?? 0, locale)}`;
}

/** A change in percent, signed; "0%" only where nothing moved. */
export function relative(before: number, after: number, locale: string): string {
  const share = (after - before) / Math.abs(before);
  const digits = share !== 0 && Math.abs(share) < 0.0005 ? 4 : 1;
  return new Intl.NumberFormat(locale, {
    style: "percent",
    maximumFractionDigits: digits,
    signDisplay: "exceptZero",
  }).format(share);
}

function compact(value: number, locale: string): string {
  return new Intl.NumberFormat(locale, { maximumSignificantDigits: 4, notation: "compact" }).format(value);
}

/** The days that an import holds, over all its parts; null before that is known. */
export function importRange(job: Pick<ImportJob, "parts">): { from: string; to: string } | null {
  const days = job.parts.flatMap(({ range }) => range ? [range.from, range.to] : []).sort();
  const [from, to] = [days[0], days.at(-1)];
  return from !== undefined && to !== undefined ? { from, to } : null;
}

/** The platform that the file comes from, as it was recognised; null where it is none that is known. */
export function importPlatform(job: Pick<ImportJob, "findings">): string | null {
  const found = job.findings.find(({ topic }) => topic === "platform")?.finding ?? null;
  return found === "Other" ? null : found;
}

const ACTORS: Record<string, string> = { local: "you", inbox: "the inbox", demo: "the demo" };

/** Who brought it in, in a sentence. */
export function actorWord(actor: string): string {
  return ACTORS[actor] ?? actor;
}
