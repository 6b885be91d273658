import type { Dataset, MetricFormat, ResultRow, Viewer } from "@/lib/model/mod.ts";
import { runMetricQuery } from "@/lib/query/run_metric_query.ts";
import type { Services } from "@/lib/services.ts";
import { listImports } from "./imports.ts";

const MOST_METRICS = 6;
const MOST_MOMENTS = 30;

/** Sums of a dataset now, and as they stood at an earlier moment. */
export interface NumbersThen {
  /** After which imports the numbers can be seen, newest first. */
  moments: { at: string; filename: string }[];
  /** One line per metric, and per currency where there are several; null: nothing stood. `then` only where asked. */
  lines: { title: string; format: MetricFormat; currency: string | null; now: number | null; then?: number | null }[];
}

/** Sums over all days. Throws `InputError` `unknown-as-of` for a moment that is none, or no longer known. */
export async function numbersThen(
  services: Pick<Services, "documents" | "warehouse" | "cache" | "clock" | "sources">,
  viewer: Viewer,
  dataset: Dataset,
  asOf: string | null,
): Promise<NumbersThen> {
  const sums = dataset.metrics.filter(({ formula }) => /^sum\(\w+\)$/.test(formula));
  const money = sums.filter(({ format }) => format === "currency");
  const metrics = [...money, ...sums.filter((one) => !money.includes(one))].slice(0, MOST_METRICS);
  const ask = async (more: { asOf?: string }): Promise<ResultRow[]> =>
    metrics.length === 0 ? [] : (await runMetricQuery(services, viewer, {
      dataset: dataset.id,
      metrics: metrics.map(({ name }) => name),
      range: { all: true },
      ...more,
    })).rows;
  const [{ imports }, now, then] = await Promise.all([
    listImports(services, viewer, { dataset: dataset.id, state: "published", limit: MOST_MOMENTS }),
    ask({}),
    asOf === null ? null : ask({ asOf }),
  ]);
  const currencyOf = ({ currency = null }: ResultRow) => currency as string | null;
  const currencies = [...new Set([...now, ...then ?? []].map(currencyOf))];
  const find = (rows: ResultRow[], currency: string | null, name: string) =>
    (rows.find((row) => currencyOf(row) === currency)?.[name] ?? null) as number | null;
  const lines = metrics.flatMap(({ name, title, format }) =>
    currencies.map((currency) => ({
      title,
      format,
      currency,
      now: find(now, currency, name),
      ...then ? { then: find(then, currency, name) } : {},
    }))
  ).filter((line) => line.now !== null || (line.then ?? null) !== null);
  const moments = imports.flatMap(({ publishedAt, filename }) => publishedAt ? [{ at: publishedAt, filename }] : []);
  return { moments, lines };
}
