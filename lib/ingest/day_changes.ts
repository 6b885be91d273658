import { getDataset } from "@/lib/dataset/datasets.ts";
import { InputError } from "@/lib/errors.ts";
import type { Dataset, ImportJob, ResultRow, Viewer } from "@/lib/model/mod.ts";
import { runMetricQuery } from "@/lib/query/run_metric_query.ts";
import type { Services } from "@/lib/services.ts";

/** Measures that are told apart by day; the others stand in the import's sums. */
const MOST_METRICS = 3;

/** What one import did to the numbers of one dataset, day by day. */
export interface DayChanges {
  dataset: string;
  metrics: { name: string; title: string }[];
  /** Days on which a number moved. `currency` where amounts stand in several. Values by metric; null: nothing stood. */
  days: { day: string; currency: string | null; values: { before: number | null; after: number | null }[] }[];
}

type Needed = Pick<Services, "documents" | "warehouse" | "cache" | "clock" | "sources">;

/**
 * The numbers of each day before and after an import, for each dataset that it went to: those of the versions it made,
 * and of the one before. Left out is what is not known any more, and a dataset in which no version was made.
 */
export async function dayChanges(
  services: Needed,
  viewer: Viewer,
  job: Pick<ImportJob, "version" | "parts" | "changes">,
): Promise<DayChanges[]> {
  const whole = job.parts.map((part, place) => ({
    ...part,
    version: part.version ?? (place === 0 ? job.version : undefined),
    changes: part.changes ?? (place === 0 ? job.changes : undefined),
  }));
  const all = [...Map.groupBy(whole, ({ dataset }) => dataset)].map(([dataset, parts]) =>
    changesIn(services, viewer, dataset, parts)
  );
  return (await Promise.all(all)).filter((one) => one !== null);
}

async function changesIn(
  services: Needed,
  viewer: Viewer,
  id: string,
  parts: ImportJob["parts"],
): Promise<DayChanges | null> {
  const days = parts.flatMap(({ range }) => range ? [range.from, range.to] : []).sort();
  const [from, to] = [days[0], days.at(-1)];
  const versions = parts.flatMap(({ version }) => version ?? []);
  if (versions.length === 0 || from === undefined || to === undefined) return null;
  const dataset = await getDataset(services, viewer.workspace, id);
  const metrics = movedMetrics(dataset, parts);
  if (metrics.length === 0) return null;
  const names = metrics.map(({ name }) => name);
  const ask = async (asOf: number) =>
    (await runMetricQuery(services, viewer, {
      dataset: id,
      metrics: names,
      grain: "day",
      range: { from, to },
      asOf,
    })).rows;
  try {
    const [before, after] = await Promise.all([ask(Math.min(...versions) - 1), ask(Math.max(...versions))]);
    return { dataset: id, metrics, days: compared(before, after, names) };
  } catch (error) {
    if (error instanceof InputError && error.code === "unknown-as-of") return null; // dropped after the keeping time
    throw error;
  }
}

/** Metrics that are the sum of a measure which moved; amounts first. */
function movedMetrics(dataset: Dataset, parts: ImportJob["parts"]): DayChanges["metrics"] {
  const moved = new Set(
    parts.flatMap(({ changes }) => changes?.measures ?? [])
      .flatMap(({ column, before, after }) => before === after ? [] : [column]),
  );
  const sums = dataset.metrics.filter(({ name, formula }) => moved.has(name) && formula === `sum(${name})`);
  const isMoney = ({ format }: Dataset["metrics"][number]) => Number(format !== "currency");
  return sums.toSorted((a, b) => isMoney(a) - isMoney(b)).slice(0, MOST_METRICS)
    .map(({ name, title }) => ({ name, title }));
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
