import { getDataset } from "@/lib/dataset/datasets.ts";
import { importsCollection } from "@/lib/ingest/imports.ts";
import { todayIn } from "@/lib/ingest/today_in.ts";
import { sumCounts } from "@/lib/ingest/publish_parts.ts";
import { type Dataset, type ImportJob, rulesOf, type Viewer } from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";
import { coverageCalendar } from "./calendar.ts";
import { readCompleteness } from "./completeness.ts";
import { daysBetween } from "./days.ts";
import { importHistory } from "./import_history.ts";
import { lookAt } from "./look.ts";
import { findOutliers } from "./outliers.ts";
import type { Quality } from "./quality.ts";
import { scoreOf } from "./score.ts";

type Outside = Pick<Services, "documents" | "warehouse" | "cache" | "clock">;

/** The imports that are looked at, and the ledger's entries among which they are looked for. */
const MOST_IMPORTS = 60;
const MOST_ENTRIES = 1_000;
/** Where no rule says how old data may be. */
const ALLOWED_DAYS = 7;
const MOST_LISTED = 50;

/** How far the numbers of a dataset can be relied on. Throws `NotFoundError`. */
export async function loadQuality(services: Outside, viewer: Viewer, datasetId: string): Promise<Quality> {
  const { workspace } = viewer;
  const dataset = await getDataset(services, workspace, datasetId);
  const state = await services.warehouse.state({ workspace, dataset });
  const jobs = await importsOf(services, workspace, dataset.id);
  const today = todayIn(dataset.timeZone, services.clock.now());
  // An import that is over changes nothing more; the newest change stands for all of them.
  const changed = jobs.reduce((latest, { updatedAt }) => updatedAt > latest ? updatedAt : latest, "");
  const key = ["quality", workspace, dataset.id, state.version, dataset.definitionVersion, today, jobs.length, changed];
  const { value } = await services.cache.through(key.join(" "), async () => {
    const look = lookAt(workspace, dataset, state, today);
    const { warehouse } = services;
    const [completeness, search, coverage] = await Promise.all([
      readCompleteness(warehouse, look),
      findOutliers(warehouse, look),
      look.range ? warehouse.coverage(look.ref, look.range) : [],
    ]);
    const calendar = look.range
      ? coverageCalendar(coverage, look.range, today)
      : { days: [], gaps: [], sources: [], expected: 0, present: 0 };
    const history = importHistory(jobs);
    const { score, parts } = scoreOf({
      completeness,
      ...search,
      ...history,
      gaps: calendar.gaps,
      imports: jobs.length,
      daysOld: look.range ? daysBetween(look.range.to, today) : null,
      allowedDays: allowedDays(dataset),
      expectedDays: calendar.expected,
      presentDays: calendar.present,
      lookedAtDays: search.days,
    });
    const quality: Quality = {
      dataset: dataset.id,
      version: state.version,
      rows: state.rows,
      range: look.range,
      score: state.rows > 0 ? score : null,
      parts,
      completeness,
      brokenRules: history.brokenRules,
      sources: calendar.sources,
      calendar: calendar.days,
      gaps: calendar.gaps.slice(0, MOST_LISTED),
      outliers: search.outliers.slice(0, MOST_LISTED),
      reconciliation: history.reconciliation,
      history: history.imports,
    };
    return JSON.stringify(quality);
  });
  return JSON.parse(value);
}

function allowedDays(dataset: Dataset): number {
  const days = rulesOf(dataset).flatMap((rule) => rule.kind === "fresh" ? [rule.days] : []);
  return days.length ? Math.min(...days) : ALLOWED_DAYS;
}

/** The latest imports whose rows count, newest first. */
async function importsOf(
  { documents }: Pick<Services, "documents">,
  workspace: string,
  dataset: string,
): Promise<ImportJob[]> {
  const page = await documents.list(importsCollection, workspace, {
    index: "byCreated",
    direction: "descending",
    limit: MOST_ENTRIES,
  });
  return page.items.flatMap(({ doc }) => {
    const parts = doc.parts.filter((part) => part.dataset === dataset);
    if (doc.state !== "published" || parts.length === 0) return [];
    // A file of several tables may bring rows to several datasets: only those of this one count here.
    if (parts.length === doc.parts.length) return [doc];
    const isOurs = (one: { dataset?: string }) => one.dataset === undefined || one.dataset === dataset;
    return [{
      ...doc,
      counts: sumCounts(parts),
      rules: doc.rules.filter(isOurs),
      findings: doc.findings.filter(isOurs),
    }];
  }).slice(0, MOST_IMPORTS);
}
