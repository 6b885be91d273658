/** Whose report a table is, and which dataset its rows belong to. Pure. */
import { type Dataset, type Finding, headerKey } from "@/lib/model/mod.ts";
import type { Source, SourceReport } from "@/lib/source/mod.ts";
import { headerIndex } from "./match_columns.ts";
import { preambleRange } from "./preamble.ts";
import type { FoundTable, TableMeaning } from "./recognise/recognition.ts";

/** What a table is held against. */
export interface IdentifyContext {
  /** Every dataset of the workspace. */
  datasets: readonly Dataset[];
  /** Where the rows go that no report claims: the dataset that the user chose. */
  chosen: Dataset;
  sources: readonly Source[];
}

/** Headers that any dataset or report knows, by `headerKey()`: evidence for where a header row is. */
export function knownHeaders({ datasets, sources }: Pick<IdentifyContext, "datasets" | "sources">): Set<string> {
  const reports = sources.flatMap((source) => source.reports);
  return new Set([
    ...datasets.flatMap((dataset) => [...headerIndex(dataset).keys()]),
    ...reports.flatMap((r) => [...r.headers, ...(r.anyOf ?? []), ...Object.keys(r.columns ?? {})]).map(headerKey),
  ]);
}

/** Tells what a table means. A report of the chosen dataset wins; else one of any other dataset that is there. */
export function identifyTable(table: FoundTable, context: IdentifyContext): TableMeaning {
  const { chosen, datasets, sources } = context;
  const range = preambleRange(table.preamble);
  const findings: Finding[] = [];
  if (range) findings.push({ topic: "range", finding: `${range.from} to ${range.to}`, evidence: "above the header" });
  const there = new Set(datasets.map(({ id }) => id));
  const here = findReport(table, sources, (id) => id === chosen.id);
  const elsewhere = findReport(table, sources, (id) => id !== chosen.id && there.has(id));
  const found = here && !here.report.fallback ? here : elsewhere && !elsewhere.report.fallback ? elsewhere : here;
  if (found) {
    const headers = found.report.headers.map((h) => `"${h}"`).join(", ");
    findings.push({
      topic: "platform",
      finding: found.source.title,
      evidence: headers ? `its ${found.report.name} report has ${headers}` : "no platform's report fits",
    });
  }
  const dataset = found?.report.dataset ?? chosen.id;
  if (dataset !== chosen.id) {
    const title = datasets.find(({ id }) => id === dataset)!.title;
    findings.push({ topic: "dataset", finding: title, evidence: `${found!.source.title} ${found!.report.name}` });
  }
  return { dataset, source: found?.source ?? null, report: found?.report ?? null, range, findings };
}

/** The report that fits with most headers; a fallback only where none does. */
function findReport(
  { headers, preamble }: FoundTable,
  sources: readonly Source[],
  fits: (dataset: string) => boolean,
): { source: Source; report: SourceReport } | null {
  const keys = new Set(headers.map(headerKey));
  const above = preamble.join("\n").toLowerCase();
  let best: { source: Source; report: SourceReport; score: number } | null = null;
  for (const source of sources) {
    for (const report of source.reports) {
      if (!fits(report.dataset)) continue;
      if (!report.headers.every((header) => keys.has(headerKey(header)))) continue;
      const any = (report.anyOf ?? []).filter((header) => keys.has(headerKey(header))).length;
      if (report.anyOf && any === 0) continue;
      const titles = (report.preamble ?? []).filter((title) => above.includes(title.toLowerCase())).length;
      if (report.preamble && titles === 0) continue;
      const score = report.fallback ? -1 : report.headers.length * 2 + any + titles;
      if (!best || score > best.score) best = { source, report, score };
    }
  }
  return best;
}
