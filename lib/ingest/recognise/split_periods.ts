/** Tables that hold their measures once for each of several periods, side by side: each period becomes a table. Pure. */
import { rangeIn } from "../preamble.ts";
import { cellKind } from "./cell_kind.ts";
import type { FoundTable, TablePeriod } from "./recognition.ts";

/** Periods that are named by where they lie, in the languages whose reports do so. */
const RELATIVE = [
  "(?:last|previous|preceding|prior|past|current|this|selected|comparison) (?:\\d+ )?(?:days?|weeks?|months?|quarters?|years?|period|range)",
  "(?:letzte|vorherige|vorige|aktuelle)[rsn]? (?:\\d+ )?(?:tage?n?|wochen?|monate?|jahre?|zeitraum)",
  "(?:\\d+ )?(?:derniers|dernières) (?:jours|semaines|mois)|(?:\\d+ )?(?:jours|semaines|mois) précédente?s|période (?:précédente|actuelle)",
  "(?:últim[oa]s) \\d+ (?:días|dias|meses|semanas)|\\d+ (?:días|dias) anteriores|per[ií]odo (?:anterior|actual|atual)",
  "ultimi \\d+ giorni|\\d+ giorni precedenti|periodo (?:precedente|attuale)",
  "(?:laatste|vorige|afgelopen) (?:\\d+ )?(?:dagen|weken|maanden)|vorige periode",
  "過去 ?\\d+ ?日間|前の ?\\d+ ?日間|前の期間",
].join("|");
const NAMED = new RegExp(`^(?:${RELATIVE})$`, "iu");
/** What a header says of two periods together. */
const CHANGE =
  /change|difference|diff\b|%|δ|Δ|differenz|veränderung|variation|variación|diferencia|differenza|verschil|差/iu;
const DAY = /^\d{4}-\d{1,2}-\d{1,2}|^\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|^\d{8}$|\p{L}{3,}\.? \d{1,2},? \d{4}/u;
/** Two days take more signs than most headers have: those need no closer look. */
const SHORTEST_RANGE = 8;
/** A header of more words is a sentence. */
const MOST_WORDS = 14;

interface PeriodHeader {
  at: number;
  period: string;
  measure: string;
}

/** One table for each period that its headers name; the table itself where they name none. */
export function splitPeriods(table: FoundTable): FoundTable[] {
  const found = table.headers.flatMap((header, at) => {
    const named = periodOf(header);
    return named && !CHANGE.test(named.measure) ? [{ at, ...named }] : [];
  });
  const periods = [...new Set(found.map(({ period }) => period))];
  const shared = found.some(({ measure, period }) => found.some((h) => h.measure === measure && h.period !== period));
  if (periods.length < 2 || !shared) return [table];
  const ranges = rangesOf(periods);
  const days = table.headers.findIndex((_, at) => found.every((h) => h.at !== at) && holdsDays(table, at));
  // Days stand once, and are those of the first period; the other's are not named.
  const told = days < 0 ? periods : periods.slice(0, 1);
  return told.map((name, n) => {
    const own = found.filter(({ period }) => period === name);
    const rest = days < 0 ? "" : `; "${table.headers[days]}" names the days of this one only, so others are left out`;
    return ofPeriod(table, own, { name, range: ranges[n] ?? null }, rest);
  });
}

function ofPeriod(table: FoundTable, own: PeriodHeader[], period: TablePeriod, rest: string): FoundTable {
  const renamed = (headers: string[]) =>
    headers.map((header, at) => own.find((header) => header.at === at)?.measure ?? header);
  const finding = {
    topic: "period",
    finding: period.name,
    evidence: `headers such as "${table.headers[own[0]!.at]}"${rest}`,
  };
  return {
    ...table,
    title: table.title ? `${table.title} (${period.name})` : period.name,
    headers: renamed(table.headers),
    dialect: { ...table.dialect, headers: renamed(table.dialect.headers ?? table.headers) },
    period,
    findings: [...table.findings, finding],
  };
}

/** The period and the measure in a header, whichever stands first: `9/1/26 - 9/30/26 Clicks`, `Clicks (last 28 days)`. */
function periodOf(header: string): { period: string; measure: string } | null {
  const words = header.trim().split(/\s+/);
  if (words.length < 2 || words.length > MOST_WORDS || !/\d|\p{L}{4}/u.test(header)) return null;
  for (let at = words.length - 1; at > 0; at--) {
    const [first, last] = [words.slice(0, at).join(" "), words.slice(at).join(" ")];
    for (const [text, measure] of [[first, last], [last, first]] as const) {
      const period = text.replace(/^[([:–-]\s*|\s*[)\]:]$/g, "").trim();
      const name = measure.replace(/[:–-]$/, "").trim();
      if (/\p{L}/u.test(name) && !/\d/.test(name) && isPeriod(period)) return { period, measure: name };
    }
  }
  return null;
}

function isPeriod(text: string): boolean {
  if (NAMED.test(text)) return true;
  return text.length >= SHORTEST_RANGE && /\d/.test(text) &&
    (rangeIn(text, "month-first") ?? rangeIn(text, "day-first")) !== null;
}

/** The days of each; null where they can be read in two ways, or not at all. Periods side by side are as long. */
function rangesOf(periods: string[]) {
  const certain = periods.map((period) => rangeIn(period));
  if (certain.every((range) => range !== null)) return certain;
  const orders = (["month-first", "day-first"] as const).map((order) => periods.map((p) => rangeIn(p, order)));
  const length = ({ from, to }: { from: string; to: string }) => Date.parse(to) - Date.parse(from);
  const fitting = orders.filter((ranges) => {
    const [first] = ranges;
    return first && ranges.every((range, n) =>
      range && Math.abs(length(range) - length(first)) < 4 * 86_400_000 &&
      (certain[n] === null || certain[n]!.from === range.from)
    );
  });
  return fitting.length === 1 ? fitting[0]! : certain;
}

function holdsDays({ rows }: FoundTable, at: number): boolean {
  const cells = rows.map(({ cells }) => cells[at] ?? "").filter((cell) => cell !== "");
  return cells.length > 0 && cells.every((cell) => cellKind(cell) === "value" && DAY.test(cell.trim()));
}
