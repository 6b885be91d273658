/** Whose report a table is, in which language its headers are, and which dataset it goes to. Pure. */
import { type Dataset, headerKey, timeColumn } from "@/lib/model/mod.ts";
import { type LanguageCode, languages } from "@/lib/model/languages/mod.ts";
import type { Source, SourceReport } from "@/lib/source/mod.ts";
import { isWord, languageOf, meaningsIn } from "./header_words.ts";
import { type HeaderMatch, matchColumns } from "./match_columns.ts";
import { timeHeaders } from "./time_headers.ts";

/** A report that fits, or a dataset of somebody's own whose columns do: that has neither source nor report. */
export interface ReportMatch {
  source: Source | null;
  report: SourceReport | null;
  dataset: Dataset;
  /** The language of the headers. */
  language: LanguageCode;
  /** Which headers and lines decided it. */
  evidence: string;
  /** Other datasets that the headers fit as well: only a person knows which is meant. */
  rivals: DatasetRival[];
}

/** A dataset that a table may belong to, and what speaks for it. */
export interface DatasetRival {
  dataset: string;
  title: string;
  evidence: string;
  /** Headers with the columns that they would be, most telling first. */
  headers: { header: string; column: string }[];
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
  const above = preamble.map((line) => line.replace(/^[#\s"]+|[",;\t\s]+$/g, "").toLowerCase());
  const plain = new Map(headers.map((header) => [headerKey(header), header]));
  let best: (Omit<ReportMatch, "rivals"> & { score: number }) | null = null;
  for (const source of sources) {
    const reports = source.reports.filter((report) => !report.fallback);
    if (reports.length === 0) continue;
    const words = headers.filter((header) => isWord(header, source));
    for (const { code } of languages) {
      const meant = new Map<string, string>();
      for (const header of words) for (const key of meaningsIn(header, source, code)) meant.set(key, header);
      const keys: HeaderKeys = {
        has: (key) => meant.has(key) || plain.has(key),
        get: (key) => meant.get(key) ?? plain.get(key),
      };
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
  return { ...match, rivals: [] };
}

/** The headers of a table by what they mean. */
type HeaderKeys = Pick<ReadonlyMap<string, string>, "has" | "get">;

function fitOf(
  report: SourceReport,
  keys: HeaderKeys,
  above: string[],
): { score: number; evidence: string } | null {
  const there = (header: string) => keys.has(headerKey(header));
  if (!report.headers.every(there)) return null;
  if (report.noneOf?.some(there)) return null;
  const any = (report.anyOf ?? []).filter(there);
  if (report.anyOf && any.length === 0) return null;
  const titles = (report.preamble ?? []).filter((title) => above.some((line) => line.includes(title.toLowerCase())));
  if (report.preamble && titles.length === 0) return null;
  titles.push(...above.filter((line) => report.titles?.some((title) => isTitle(line, title))).slice(0, 1));
  if (report.titles && titles.length === 0) return null;
  const known = new Set(Object.keys(report.columns ?? {}).filter(there).map(headerKey)).size;
  const named = [...report.headers, ...any].map((header) => `"${keys.get(headerKey(header))}"`);
  const shown = [...new Set(named)].slice(0, 6).join(", ");
  const title = titles.length ? `, and above them stands "${titles[0]}"` : "";
  return {
    score: report.headers.length * 2 + any.length * 3 + titles.length * 6 + known,
    evidence: shown ? `its ${report.name} report has ${shown}${title}` : `above the header stands "${titles[0]}"`,
  };
}

/** Whether a line is a title: each is made into a pattern once. */
function isTitle(line: string, title: string): boolean {
  let pattern = PATTERNS.get(title);
  if (!pattern) PATTERNS.set(title, pattern = new RegExp(`^(?:${title})$`, "iu"));
  return pattern.test(line);
}
const PATTERNS = new Map<string, RegExp>();

/** A dataset that the headers may belong to, and how well they do. */
interface Candidate {
  source: Source | null;
  report: SourceReport | null;
  dataset: Dataset;
  language: LanguageCode;
  score: number;
  matches: HeaderMatch[];
  measures: number;
  /** Headers of the measures that tell what a file is about. */
  core: string[];
}

function fallbackReport(search: ReportSearch): ReportMatch | null {
  const { chosen, several } = search;
  const found = candidates(search);
  const preferred = ({ dataset, measures }: Candidate) =>
    dataset.id !== chosen ? 0 : measures > 0 && !several ? 1_000 : 0.5;
  const worth = (candidate: Candidate) => candidate.score + preferred(candidate);
  const best = found.reduce<Candidate | null>((a, b) => a && worth(a) >= worth(b) ? a : b, null);
  if (!best) return null;
  const { source, report, dataset, language } = best;
  const kept = preferred(best) > 1;
  const evidence = kept
    ? "no platform's own report fits; the dataset was chosen"
    : `no platform's own report fits; ${evidenceFor(best)}`;
  const others = chosen === undefined ? found.filter((other) => rivals(best, other)) : [];
  const open = others.length > 0 ? [best, ...others].map(rivalOf) : [];
  return { source, report, dataset, language, evidence, rivals: open };
}

function candidates({ headers, datasets, sources, chosen }: ReportSearch): Candidate[] {
  const found: Candidate[] = [];
  for (const source of sources) {
    const language = languageOf(headers, source);
    for (const report of source.reports) {
      const dataset = datasets.find((d) => d.id === report.dataset);
      if (!report.fallback || !dataset) continue;
      if (report.timed && chosen !== dataset.id && !hasTime(headers, { source, language }, dataset)) continue;
      found.push(candidate(headers, { source, report, dataset, language }, report.anyOf ?? []));
    }
  }
  const language = languageOf(headers, null);
  const spoken = new Set(sources.flatMap(({ reports }) => reports.map((report) => report.dataset)));
  for (const dataset of datasets) {
    if (spoken.has(dataset.id)) continue;
    // Every measure of a dataset of somebody's own tells that a file is about it, where its name stands there as it is.
    const measures = dataset.columns.filter(({ role }) => role === "measure").map(({ name }) => name);
    const own = candidate(headers, { source: null, report: null, dataset, language }, measures);
    if (own.core.length > 0 && own.matches.length > 1) found.push(own);
  }
  return found;
}

/** Whether the headers fit both alike: as well by what counts, or more of them where fewer tell. */
function rivals(best: Candidate, other: Candidate): boolean {
  if (other === best || other.dataset.id === best.dataset.id || other.measures === 0) return false;
  if (other.score === best.score) return true;
  const tells = other.core.length > 0 || other.measures >= best.measures;
  return tells && other.matches.length > best.matches.length;
}

function evidenceFor({ core, dataset }: Candidate): string {
  const named = core.slice(0, 4).map((header) => `"${header}"`).join(", ");
  return named ? `${named} belong to "${dataset.title}"` : "nothing tells it apart";
}

function rivalOf(candidate: Candidate): DatasetRival {
  const { dataset, matches, core } = candidate;
  const titleOf = (name: string) => dataset.columns.find((column) => column.name === name)!.title;
  const told = matches.toSorted((a, b) => Number(core.includes(b.header)) - Number(core.includes(a.header)));
  return {
    dataset: dataset.id,
    title: dataset.title,
    evidence: evidenceFor(candidate),
    headers: told.map(({ header, column }) => ({ header, column: titleOf(column!) })),
  };
}

function hasTime(headers: string[], context: { source: Source; language: LanguageCode }, dataset: Dataset): boolean {
  const keys = new Set(["date", ...timeColumn(dataset).synonyms].map(headerKey));
  return timeHeaders(headers, context).size > 0 ||
    headers.some((header) => meaningsIn(header, context.source, context.language).some((key) => keys.has(key)));
}

/** Measures tell most; a dataset without any of its telling columns is taken only where nothing else fits. */
function candidate(
  headers: string[],
  about: Pick<Candidate, "source" | "report" | "dataset" | "language">,
  tellingColumns: readonly string[],
): Candidate {
  const { source, report, dataset, language } = about;
  const matches = matchColumns(dataset, headers, { source, report, language }, {}).filter((match) => match.column);
  const roleOf = (name: string) => dataset.columns.find((c) => c.name === name)?.role;
  const measures = matches.filter((match) => roleOf(match.column!) === "measure");
  const telling = new Set(tellingColumns.map(headerKey));
  const core = measures.filter((match) => telling.has(headerKey(match.column!)));
  const score = measures.length * 2 + (matches.length - measures.length) + core.length * 3;
  return { ...about, score, matches, measures: measures.length, core: core.map((match) => match.header) };
}
