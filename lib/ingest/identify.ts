/** Whose report a table is, which dataset its rows belong to, and what the lines above it say. Pure. */
import type { Dataset, Finding } from "@/lib/model/mod.ts";
import { languages } from "@/lib/model/languages/mod.ts";
import type { Source } from "@/lib/source/mod.ts";
import { type DatasetRival, findReport } from "./find_report.ts";
import { knownHeaders as headersOf } from "./header_words.ts";
import { IN_HEADERS, type PreambleFacts, preambleFacts, rangeEvidence } from "./preamble.ts";
import type { FoundTable, TableMeaning } from "./recognise/recognition.ts";

/** What a table is held against. */
export interface IdentifyContext {
  /** Every dataset of the workspace. */
  datasets: readonly Dataset[];
  /** Where the rows go that no report claims: the dataset that the user chose. Without it the headers decide. */
  chosen?: Dataset;
  sources: readonly Source[];
  /** Other tables stand in the file: each goes where it fits, whatever was chosen for the file. @default false */
  several?: boolean;
}

/** Headers that any dataset, report or language knows, by `headerKey()`: evidence for where a header row is. */
export function knownHeaders(
  { datasets, sources }: Pick<IdentifyContext, "datasets" | "sources">,
): ReadonlySet<string> {
  return headersOf(datasets, sources);
}

/** Tells what a table means. A platform's own report wins; else the chosen dataset; else the one that fits best. */
export function identifyTable(table: FoundTable, context: IdentifyContext): TableMeaning {
  const { chosen, datasets, sources, several } = context;
  const fitting = findReport({
    headers: table.headers,
    preamble: table.preamble,
    datasets,
    sources,
    chosen: chosen?.id,
    several,
  });
  // No fallback speaks for a dataset of somebody's own: where it was chosen, only a platform's report knows better.
  const own = chosen && !sources.some(({ reports }) => reports.some((r) => r.fallback && r.dataset === chosen.id));
  const found = own && (!fitting?.report || fitting.report.fallback) ? null : fitting;
  const facts = {
    ...preambleFacts([...table.preamble, ...table.footer], found?.report?.dateOrder),
    ...periodOf(table),
  };
  const findings: Finding[] = [];
  if (facts.range) {
    const { from, to } = facts.range;
    findings.push({ topic: "range", finding: `${from} to ${to}`, evidence: rangeEvidence(facts) });
  }
  const dataset = found?.dataset.id ?? chosen?.id ?? datasets[0]!.id;
  const language = found?.language ?? "en";
  if (found) {
    const { source, report, evidence } = found;
    if (source) findings.push({ topic: "platform", finding: source.title, evidence });
    if (report && !report.fallback) findings.push({ topic: "report", finding: report.name, evidence });
    if (language !== "en") {
      const title = languages.find(({ code }) => code === language)!.title;
      findings.push({ topic: "language", finding: title, evidence: "its headers are words of it" });
    }
    // Silence would look as if the choice had been taken.
    const elsewhere = chosen && chosen.id !== dataset ? `; "${chosen.title}" was chosen for the file` : "";
    findings.push({ topic: "dataset", finding: found.dataset.title, evidence: evidence + elsewhere });
  }
  const zone = facts.timeZone ?? found?.source?.timeZone;
  if (zone) {
    const evidence = facts.timeZone ? "above the header" : `${found!.source!.title} counts its days so`;
    findings.push({ topic: "time-zone", finding: zone, evidence });
  }
  if (facts.account) findings.push({ topic: "account-above", finding: facts.account, evidence: "above the header" });
  return {
    dataset,
    source: found?.source ?? null,
    report: found?.report ?? null,
    language,
    range: facts.range,
    facts,
    rivals: chosen ? [] : rivalsOf(table, found?.rivals ?? [], datasets),
    findings,
  };
}

/** Days that the headers name say more than a line above them, which is of all periods together. */
function periodOf({ period }: FoundTable): Partial<PreambleFacts> {
  return period ? { range: period.range, rangeLine: period.range && `${IN_HEADERS}${period.name}` } : {};
}

/** Datasets between which somebody must choose: those that fit alike; all of them where no header says anything. */
function rivalsOf({ headerLines }: FoundTable, rivals: DatasetRival[], datasets: readonly Dataset[]): DatasetRival[] {
  if (headerLines.length > 0) return rivals;
  return datasets.map(({ id, title, description }) => ({
    dataset: id,
    title,
    evidence: description ?? "",
    headers: [],
  }));
}
