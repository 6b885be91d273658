import { getDataset } from "@/lib/dataset/datasets.ts";
import { InputError } from "@/lib/errors.ts";
import type { ImportJob, ResultRow, Viewer } from "@/lib/model/mod.ts";
import { runMetricQuery } from "@/lib/query/run_metric_query.ts";
import type { Services } from "@/lib/services.ts";

/** Measures that are told apart by day; the others stand in the import's sums. */
const MOST_METRICS = 3;

/** What one import did to the numbers, day by day. */
export interface DayChanges {
  metrics: { name: string; title: string }[];
  /** Days on which a number moved. `currency` where amounts stand in several. Values by metric; null: nothing stood. */
  days: { day: string; currency: string | null; values: { before: number | null; after: number | null }[] }[];
}

/**
 * The numbers of each day before and after an import: those of the version it made, and of the one before. Null where
 * that is not known any more, or no version was made. `wanted` names measures in the order of interest.
 */
export async function dayChanges(
  services: Pick<Services, "documents" | "warehouse" | "cache" | "clock">,
  viewer: Viewer,
  job: Pick<ImportJob, "dataset" | "version" | "parts">,
  wanted: string[],
): Promise<DayChanges | null> {
  const days = job.parts.filter(({ dataset }) => dataset === job.dataset)
    .flatMap(({ range }) => range ? [range.from, range.to] : []).sort();
  const [from, to] = [days[0], days.at(-1)];
  if (job.version === undefined || from === undefined || to === undefined) return null;
  const dataset = await getDataset(services, viewer.workspace, job.dataset);
  const metrics = wanted.flatMap((name) => dataset.metrics.find((metric) => metric.name === name) ?? [])
    .slice(0, MOST_METRICS).map(({ name, title }) => ({ name, title }));
  if (metrics.length === 0) return null;
  const names = metrics.map(({ name }) => name);
  const ask = async (asOf: number) =>
    (await runMetricQuery(services, viewer, {
      dataset: job.dataset,
      metrics: names,
      grain: "day",
      range: { from, to },
      asOf,
    })).rows;
  try {
    const [before, after] = await Promise.all([ask(job.version - 1), ask(job.version)]);
    return { metrics, days: compared(before, after, names) };
  } catch (error) {
    if (error instanceof InputError && error.code === "unknown-as-of") return null; // dropped after the keeping time
    throw error;
  }
}

function compared(before: ResultRow[], after: ResultRow[], names: string[]): DayChanges["days"] {
  const keyOf = (row: ResultRow) => JSON.stringify([row.period, row.currency ?? null]);
  const [then, now] = [before, after].map((rows) => new Map(rows.map((row) => [keyOf(row), row])));
  return [...new Set([...then!.keys(), ...now!.keys()])].sort().flatMap((key) => {
    const [day, currency] = JSON.parse(key) as [string, string | null];
    const value = (rows: Map<string, ResultRow>, name: string) => (rows.get(key)?.[name] ?? null) as number | null;
    const values = names.map((name) => ({ before: value(then!, name), after: value(now!, name) }));
    return values.some((one) => one.before !== one.after) ? [{ day, currency, values }] : [];
  });
}
