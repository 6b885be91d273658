/** A series of the metric layer: one metric by day, week or month, laid out for the models. */
import { createHash } from "node:crypto";
import { getDataset } from "@/lib/dataset/datasets.ts";
import { InputError } from "@/lib/errors.ts";
import { addDays, endOf, todayIn } from "@/lib/model/calendar.ts";
import {
  type ActualPoint,
  type Condition,
  type Dataset,
  type Filter,
  type ForecastQuery,
  type MetricResult,
  type Viewer,
} from "@/lib/model/mod.ts";
import { loadOthers } from "@/lib/query/load_others.ts";
import { parseMetricQuery } from "@/lib/query/parse_query.ts";
import { platformsNamed } from "@/lib/query/platforms_named.ts";
import { type PlannedMetric, planQuery } from "@/lib/query/plan_query.ts";
import { runMetricQuery } from "@/lib/query/run_metric_query.ts";
import type { Services } from "@/lib/services.ts";
import { maturityOf } from "@/lib/source/mod.ts";
import type { DatasetState } from "@/lib/warehouse/mod.ts";
import { type LaidOut, layOut, reportedPeriods } from "./lay_out.ts";
import { metricParts } from "./metric_parts.ts";

/** What reading a series takes of the outside. */
export type SeriesServices = Pick<Services, "documents" | "warehouse" | "cache" | "clock" | "sources">;

/** One metric by period, with what has to be known of it. */
export interface MetricSeries extends LaidOut {
  query: ForecastQuery;
  metric: PlannedMetric;
  /** Ids of the sums in `values`; null where the metric itself is the one series. */
  parts: string[] | null;
  /** Its values of days add up to that of a month. */
  addsUp: boolean;
  /** Tells one meaning of the metric from another. */
  definition: string;
  version: number;
  currency: string | null;
  /** Of the measures it is made of, those that are amounts of money. */
  amounts: string[];
  maturityDays: number;
  /** The last day that was over. */
  complete: string;
  /** Every whole period there is, also those that are too young for the models. */
  actuals: ActualPoint[];
  notices: MetricResult["meta"]["notices"];
}

/**
 * Reads a series through the metric layer. Throws `InputError`: `several-currencies`, `not-forecast` for a metric that
 * takes sums from another dataset, and what a question that cannot be answered throws.
 */
export async function readSeries(
  services: SeriesServices,
  viewer: Viewer,
  query: ForecastQuery,
): Promise<MetricSeries> {
  const { horizon: _horizon, total: _total, ...question } = query;
  const dataset = await getDataset(services, viewer.workspace, query.dataset);
  const ref = { workspace: viewer.workspace, dataset };
  await services.warehouse.ensure(ref);
  const [metric, state] = await Promise.all([
    planMetric(services, viewer, dataset, question),
    services.warehouse.state(ref),
  ]);
  const parts = metricParts(metric.formula, metric.aggregates);
  const inline = (parts.formulas ?? []).map(({ formula }, index) => ({ name: `part_${index + 1}`, formula }));
  const asked = { ...question, order: [{ by: "period", direction: "asc" as const }] };
  const count = [{ name: "reported_rows", formula: "count()" }];
  const source = { ...asked, metrics: count, filters: sourceFilter(query.filters), currency: undefined };
  const [values, days, periods] = await Promise.all([
    runMetricQuery(services, viewer, { ...asked, metrics: [...query.metrics, ...inline] }),
    runMetricQuery(services, viewer, { ...source, grain: "day" }),
    query.grain === "day" ? null : runMetricQuery(services, viewer, source),
  ]);
  refuseCurrencies(values, metric.name);
  const maturityDays = maturity(services, query, { dataset, state, columns: parts.columns });
  const over = new Set(periodsOf(days).filter((day) => !days.meta.provisional.includes(day)));
  const { complete, until } = lastDays(services, { dataset, state, query, over, maturityDays });
  const names = parts.formulas ? inline.map(({ name }) => name) : [metric.name];
  const reported = {
    grain: query.grain,
    rows: new Map(values.rows.map((row) => [String(row.period), names.map((name) => numberOf(row[name]))])),
    days: over,
    periods: new Set(periods ? periodsOf(periods) : []),
    from: [...over].sort()[0] ?? periodsOf(values)[0] ?? "",
  };
  const known = new Map(values.rows.map((row) => [String(row.period), numberOf(row[metric.name])]));
  const nothing = parts.addsUp && !parts.formulas ? 0 : null;
  return {
    ...layOut({ ...reported, until, parts: names.length, zeros: parts.addsUp }),
    query,
    metric,
    parts: parts.formulas?.map(({ id }) => id) ?? null,
    addsUp: parts.addsUp && !parts.formulas,
    definition: definitionOf(metric, dataset),
    version: values.meta.version,
    currency: values.meta.currency,
    amounts: parts.columns.filter((name) => dataset.columns.some((c) => c.name === name && c.unit === "currency")),
    maturityDays,
    complete,
    actuals: reportedPeriods({ ...reported, until: complete }).map((period) => ({
      period,
      value: known.has(period) ? known.get(period) ?? null : nothing,
      final: endOf(period, query.grain) <= until,
    })),
    notices: values.meta.notices,
  };
}

/** The metric of a question, taken apart. */
async function planMetric(
  services: Pick<Services, "documents">,
  { workspace }: Viewer,
  dataset: Dataset,
  question: Omit<ForecastQuery, "horizon">,
): Promise<PlannedMetric> {
  const query = parseMetricQuery(question);
  const plan = planQuery(dataset, query, await loadOthers(services, workspace, dataset, query));
  const [metric] = plan.metrics;
  if (!metric) throw new TypeError("Cannot forecast: the question has no metric");
  if (plan.others.length > 0) {
    const others = plan.others.map(({ id }) => `"${id}"`).join(", ");
    const message =
      `Cannot forecast "${metric.name}": it takes numbers from ${others}; forecast each dataset's own metric`;
    throw new InputError("not-forecast", message, { metric: metric.name });
  }
  return metric;
}

/** Of a filter, what says which source is asked: on its days without a row of the campaign, the campaign had zero. */
function sourceFilter(filter: Filter | undefined): Filter | undefined {
  if (!filter) return undefined;
  const all: Filter[] = "and" in filter ? filter.and : [filter];
  const kept = all.filter((one): one is Condition => "field" in one && ["platform", "account"].includes(one.field));
  return kept.length ? { and: kept } : undefined;
}

function refuseCurrencies({ meta: { notices } }: MetricResult, metric: string): void {
  const several = notices.find(({ code }) => code === "several-currencies");
  if (!several) return;
  const message = `Cannot forecast "${metric}": ${several.message.replace(/: .*/, "")}, which do not add up; ` +
    "filter one currency, or name the currency to convert to";
  throw new InputError("several-currencies", message, { metric });
}

/** How many days pass until the slowest measure of the slowest platform is final. */
function maturity(
  { sources }: Pick<Services, "sources">,
  { filters }: ForecastQuery,
  { dataset, state, columns }: { dataset: Dataset; state: DatasetState; columns: string[] },
): number {
  const named = platformsNamed(filters);
  const present = [...new Set(state.accounts.map(({ platform }) => platform))];
  const platforms = named ? present.filter((platform) => named.has(platform)) : present;
  const measures = columns.filter((name) => dataset.columns.some((c) => c.name === name && c.role === "measure"));
  const days = (platforms.length ? platforms : [""]).flatMap((platform) =>
    measures.map((measure) => maturityOf(sources.get(platform), measure))
  );
  return Math.max(0, ...days);
}

/** The last day that was over, and the last one whose numbers are final, judged by when the data last changed. */
function lastDays(
  { clock }: Pick<Services, "clock">,
  { dataset, state, query, over, maturityDays }: {
    dataset: Dataset;
    state: DatasetState;
    query: ForecastQuery;
    over: ReadonlySet<string>;
    maturityDays: number;
  },
): { complete: string; until: string } {
  const today = todayIn(dataset.timeZone, clock.now());
  const asOf = typeof query.asOf === "string" && /^\d{4}-\d\d/.test(query.asOf) ? query.asOf : state.asOf;
  const reported = [today, asOf?.slice(0, 10) ?? today].sort()[0]!;
  const last = [...over].sort().at(-1) ?? state.range?.to ?? today;
  const complete = [addDays(today, -1), last].sort()[0]!;
  return { complete, until: [complete, addDays(reported, -maturityDays)].sort()[0]! };
}

function definitionOf(metric: PlannedMetric, dataset: Dataset): string {
  const used = metric.aggregates.map(({ column }) => dataset.columns.find(({ name }) => name === column)?.unit ?? null);
  const text = JSON.stringify([metric.formula, metric.aggregates, used]);
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

function periodsOf({ rows }: MetricResult): string[] {
  return rows.map((row) => String(row.period));
}

function numberOf(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}
