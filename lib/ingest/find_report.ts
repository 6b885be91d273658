/** Whose report a table is, in which language its headers are, and which dataset it goes to. Pure. */
import { type Dataset, headerKey, timeColumn } from "@/lib/model/mod.ts";
import { type LanguageCode, languages } from "@/lib/model/languages/mod.ts";
import type { Source, SourceReport } from "@/lib/source/mod.ts";
import { languageOf, meaningsIn } from "./header_words.ts";
import { matchColumns } from "./match_columns.ts";
import { timeHeaders } from "./time_headers.ts";

/** A report that fits. */
export interface ReportMatch {
  source: Source;
  report: SourceReport;
  dataset: Dataset;
  /** The language of the headers. */
  language: LanguageCode;
  /** Which headers and lines decided it. */
  evidence: string;
}

/** What a table shows of itself. */
export interface ReportSearch {
  headers: string[];
  /** The lines above the header. */
  preamble: string[];
  datasets: readonly Dataset[];
  sources: readonly Source[];
  /** The dataset that somebody chose: taken where no platform's report fits. */
  chosen?: string;
  /** Other tables stand in the file: what was chosen for all of them decides only between datasets that fit alike. */
  several?: boolean;
}

/** The report that fits best; where none does, the dataset most of whose columns are there. Null: not even that. */
export function findReport(search: ReportSearch): ReportMatch | null {
  return platformReport(search) ?? fallbackReport(search);
}

function platformReport({ headers, preamble, datasets, sources }: ReportSearch): ReportMatch | null {
  const above = preamble.join("\n").toLowerCase();
  let best: (ReportMatch & { score: number }) | null = null;
  for (const source of sources) {
    const reports = source.reports.filter((report) => !report.fallback);
    if (reports.length === 0) continue;
    for (const { code } of languages) {
      const keys = new Map<string, string>();
      for (const header of headers) for (const key of meaningsIn(header, source, code)) keys.set(key, header);
      for (const report of reports) {
        const dataset = datasets.find((d) => d.id === report.dataset);
        const fit = dataset && fitOf(report, keys, above);
        if (!fit) continue;
        // Words that two languages share are English ones.
        const score = fit.score - (code === "en" ? 0 : 0.5);
        if (!best || score > best.score) {
          best = { source, report, dataset, language: code, score, evidence: fit.evidence };
        }
      }
    }
  }
  if (!best) return null;
  const { score: _, ...match } = best;
  return match;
}

function fitOf(
  report: SourceReport,
  keys: ReadonlyMap<string, string>,
  above: string,
): { score: number; evidence: string } | null {
  const there = (header: string) => keys.has(headerKey(header));
  if (!report.headers.every(there)) return null;
  if (report.noneOf?.some(there)) return null;
  const any = (report.anyOf ?? []).filter(there);
  if (report.anyOf && any.length === 0) return null;
  const titles = (report.preamble ?? []).filter((title) => above.includes(title.toLowerCase()));
  if (report.preamble && titles.length === 0) return null;
  const known = new Set(Object.keys(report.columns ?? {}).filter(there).map(headerKey)).size;
  const named = [...report.headers, ...any].map((header) => `"${keys.get(headerKey(header))}"`);
  const shown = [...new Set(named)].slice(0, 6).join(", ");
  const title = titles.length ? `, and above them stands "${titles[0]}"` : "";
  return {
    score: report.headers.length * 2 + any.length * 3 + titles.length * 6 + known,
    evidence: shown ? `its ${report.name} report has ${shown}${title}` : `above the header stands "${titles[0]}"`,
  };
}

function fallbackReport({ headers, datasets, sources, chosen, several }: ReportSearch): ReportMatch | null {
  let best: (ReportMatch & { score: number }) | null = null;
  for (const source of sources) {
    const language = languageOf(headers, source);
    for (const report of source.reports) {
      const dataset = datasets.find((d) => d.id === report.dataset);
      if (!report.fallback || !dataset) continue;
      if (report.timed && chosen !== dataset.id && !hasTime(headers, { source, language }, dataset)) continue;
      const { score, measures, core } = fallbackScore(headers, { source, report, dataset, language });
      const kept = chosen === dataset.id && measures > 0 && !several;
      const preferred = kept ? 1_000 : chosen === dataset.id ? 0.5 : 0;
      if (best && score + preferred <= best.score) continue;
      const named = core.slice(0, 4).map((header) => `"${header}"`).join(", ");
      const evidence = kept
        ? "no platform's own report fits; the dataset was chosen"
        : `no platform's own report fits; ${
          named ? `${named} belong to "${dataset.title}"` : "nothing tells it apart"
        }`;
      best = { source, report, dataset, language, score: score + preferred, evidence };
    }
  }
  if (!best) return null;
  const { score: _, ...match } = best;
  return match;
}

function hasTime(headers: string[], context: { source: Source; language: LanguageCode }, dataset: Dataset): boolean {
  const keys = new Set(["date", ...timeColumn(dataset).synonyms].map(headerKey));
  return timeHeaders(headers, context).size > 0 ||
    headers.some((header) => meaningsIn(header, context.source, context.language).some((key) => keys.has(key)));
}

/** Measures tell most; a dataset without any of its telling headers (`anyOf`) is taken only where nothing else fits. */
function fallbackScore(
  headers: string[],
  { source, report, dataset, language }: Omit<ReportMatch, "evidence">,
): { score: number; measures: number; core: string[] } {
  const matches = matchColumns(dataset, headers, { source, report, language }, {}).filter((match) => match.column);
  const roleOf = (name: string) => dataset.columns.find((c) => c.name === name)?.role;
  const measures = matches.filter((match) => roleOf(match.column!) === "measure");
  const telling = new Set((report.anyOf ?? []).map(headerKey));
  const core = measures.filter((match) => telling.has(headerKey(match.column!)));
  const score = measures.length * 2 + (matches.length - measures.length) + core.length * 3;
  return { score, measures: measures.length, core: core.map((match) => match.header) };
}
