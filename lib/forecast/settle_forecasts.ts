/** Holds kept forecasts against what came: once when a period is over, and again when its numbers are final. */
import { importsCollection } from "@/lib/ingest/collections.ts";
import { ConflictError, InputError } from "@/lib/errors.ts";
import { addDays, startOf } from "@/lib/model/calendar.ts";
import type { Dataset, ImportJob, Viewer } from "@/lib/model/mod.ts";
import type { Stored } from "@/lib/documents/mod.ts";
import { type MetricSeries, readSeries, type SeriesServices } from "./read_series.ts";
import { forecastsCollection, type SettledPeriod, type StoredForecast } from "./stored_forecast.ts";

/** Forecasts are kept so long; what is still open then had no actuals. */
const KEPT_DAYS = 200;
/** So long each single one is kept. */
const ALL_KEPT_DAYS = 35;
/** Imports of a state among which those that were taken back, or put in their place again, are looked for. */
const MOST_IMPORTS = 1_000;

/** What a run did. */
export interface SettlingReport {
  /** Forecasts that got actuals, or became settled. */
  settled: number;
  outdated: number;
  removed: number;
}

/** Settles, marks as outdated, and forgets. Every step may be repeated. */
export async function settleForecasts(
  services: SeriesServices,
  viewer: Viewer,
  dataset: Dataset,
  signal: AbortSignal,
): Promise<SettlingReport> {
  const { workspace } = viewer;
  const report: SettlingReport = { settled: 0, outdated: 0, removed: await forget(services, workspace, dataset.id) };
  const turned = await turnedImports(services, workspace, dataset.id);
  const bySeries = Map.groupBy(await openForecasts(services, workspace, dataset.id), ({ doc }) => doc.series);
  for (const stored of bySeries.values()) {
    signal.throwIfAborted();
    const series = await seriesOf(services, viewer, stored[0]!.doc);
    for (const one of stored) {
      const reason = reasonOutdated(one.doc, series, turned);
      const now = services.clock.now().toISOString();
      if (reason) {
        const outdated = { reason, at: now };
        if (await change(services, workspace, one, { ...one.doc, state: "outdated", outdated })) report.outdated++;
      } else if (series) {
        const doc = settledBy(one.doc, series, now);
        if (doc && await change(services, workspace, one, doc)) report.settled++;
      }
    }
  }
  return report;
}

/** A forecast with the actuals that came since; null where none did. Pure. */
export function settledBy(
  doc: StoredForecast,
  { actuals }: Pick<MetricSeries, "actuals">,
  now: string,
): StoredForecast | null {
  const came = new Map(actuals.map((actual) => [actual.period, actual]));
  let changed = false;
  const settled = doc.settled.map((one): SettledPeriod => {
    const actual = came.get(one.period);
    if (!actual || actual.value === null || one.final) return one;
    const next = {
      period: one.period,
      first: one.first ?? { value: actual.value, at: now },
      final: actual.final ? { value: actual.value, at: now } : null,
    };
    if (one.first && !next.final) return one;
    changed = true;
    return next;
  });
  if (!changed) return null;
  return { ...doc, settled, state: settled.every(({ final }) => final) ? "settled" : "open" };
}

/** Null where the series cannot be read any more: its metric or a column is gone. */
async function seriesOf(
  services: SeriesServices,
  viewer: Viewer,
  { question }: StoredForecast,
): Promise<MetricSeries | null> {
  try {
    return await readSeries(services, viewer, question);
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}

function reasonOutdated(
  { dataset, forecast: { definition, trained }, made }: StoredForecast,
  series: MetricSeries | null,
  turned: readonly ImportJob[],
): NonNullable<StoredForecast["outdated"]>["reason"] | null {
  if (!series || series.definition !== definition) return "formula";
  const changed = turned.find((job) => {
    const then = stateAt(job, made);
    return then !== null && then !== job.state &&
      job.parts.some(({ dataset: id, range }) =>
        id === dataset && (!range || range.from <= trained.to && range.to >= trained.from)
      );
  });
  return changed ? changed.state === "rolled-back" ? "rollback" : "restore" : null;
}

/** How an import stood at a moment; null before it was published. Pure. */
export function stateAt(
  { publishedAt, turns, state, updatedAt }: Pick<ImportJob, "publishedAt" | "turns" | "state" | "updatedAt">,
  moment: string,
): "published" | "rolled-back" | null {
  if (publishedAt === undefined || publishedAt > moment) return null;
  const turn = turns.findLast(({ at }) => at <= moment);
  if (turn) return turn.to;
  // One that was taken back before turns were remembered: that was its last change.
  if (turns.length === 0 && state === "rolled-back") return updatedAt > moment ? "published" : "rolled-back";
  return "published";
}

/** Imports of a dataset that were taken back, or put in their place again since. */
async function turnedImports(
  { documents }: Pick<SeriesServices, "documents">,
  workspace: string,
  dataset: string,
): Promise<ImportJob[]> {
  const found = await Promise.all(["rolled-back", "published"].map(async (state) => {
    const options = { index: "byState", equals: [state], direction: "descending", limit: MOST_IMPORTS } as const;
    return (await documents.list(importsCollection, workspace, options)).items.map(({ doc }) => doc);
  }));
  return found.flat().filter(({ state, turns, parts, rejectedForgotten }) =>
    parts.some((part) => part.dataset === dataset) &&
    // One whose rejected rows were forgotten is long over: that, not taking it back, was its last change.
    (turns.length > 0 || state === "rolled-back" && !rejectedForgotten)
  );
}

async function openForecasts(
  { documents }: Pick<SeriesServices, "documents">,
  workspace: string,
  dataset: string,
): Promise<Stored<StoredForecast>[]> {
  const found: Stored<StoredForecast>[] = [];
  let cursor: string | undefined;
  do {
    const options = { index: "byState", equals: [dataset, "open"], limit: 500, cursor };
    const page = await documents.list(forecastsCollection, workspace, options);
    found.push(...page.items);
    cursor = page.cursor ?? undefined;
  } while (cursor);
  return found;
}

async function forget(
  { documents, clock }: Pick<SeriesServices, "documents" | "clock">,
  workspace: string,
  dataset: string,
): Promise<number> {
  const today = clock.now().toISOString().slice(0, 10);
  const to = addDays(today, -KEPT_DAYS);
  let removed = await thin(documents, workspace, dataset, today);
  for (;;) {
    const options = { index: "byMade", equals: [dataset], to, limit: 500 };
    const { items } = await documents.list(forecastsCollection, workspace, options);
    for (const { doc } of items) removed += Number(await documents.delete(forecastsCollection, workspace, doc.id));
    if (items.length < 500) return removed;
  }
}

/** Of forecasts that are no longer new, the first of each week of each series is enough to look back at. */
async function thin(
  documents: SeriesServices["documents"],
  workspace: string,
  dataset: string,
  today: string,
): Promise<number> {
  // What lies further back was thinned by an earlier night.
  const window = { from: startOf(addDays(today, -ALL_KEPT_DAYS - 21), "week"), to: addDays(today, -ALL_KEPT_DAYS) };
  const { items } = await documents.list(forecastsCollection, workspace, {
    index: "byMade",
    equals: [dataset],
    ...window,
    limit: 1_000,
  });
  const seen = new Set<string>();
  let removed = 0;
  for (const { doc: { id, series, made } } of items) {
    const week = `${series} ${startOf(made.slice(0, 10), "week")}`;
    if (seen.has(week)) removed += Number(await documents.delete(forecastsCollection, workspace, id));
    seen.add(week);
  }
  return removed;
}

/** False where another run changed it first: it saw the same data. */
async function change(
  { documents }: Pick<SeriesServices, "documents">,
  workspace: string,
  { version }: Stored<StoredForecast>,
  doc: StoredForecast,
): Promise<boolean> {
  try {
    await documents.put(forecastsCollection, workspace, doc, version);
    return true;
  } catch (error) {
    if (error instanceof ConflictError) return false;
    throw error;
  }
}
