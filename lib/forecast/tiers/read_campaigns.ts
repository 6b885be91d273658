/** What each campaign did in every fortnight with final numbers, from the metric layer. */
import { InputError } from "@/lib/errors.ts";
import { addDays, daysBetween } from "@/lib/model/calendar.ts";
import { type Dataset, forecastQuerySchema, type Viewer } from "@/lib/model/mod.ts";
import { runMetricQuery } from "@/lib/query/run_metric_query.ts";
import { readSeries, type SeriesServices } from "../read_series.ts";
import { medianOf } from "../anomalies/level.ts";
import type { CampaignHalves, HalfSums } from "./examples.ts";

/** Days of half a period. */
export const HALF_DAYS = 14;
/** Two years of fortnights: older ones say little of today. */
const MOST_HALVES = 52;
/** Campaigns of one fortnight, those with the most spend. */
const MOST_CAMPAIGNS = 400;
/** What results are counted in, the first that came to anything. */
const RESULTS = ["conversion_value", "conversions", "clicks"] as const;
const MEASURES = ["impressions", ...RESULTS] as const;

/** A campaign by its names. */
export interface CampaignNames {
  campaign: string;
  platform: string;
  currency: string | null;
}

/** Campaigns with their fortnights, the newest of which ends at `to`. */
export interface ReadCampaigns {
  campaigns: CampaignHalves[];
  halves: number;
  to: string;
  result: string;
  names: Map<string, CampaignNames>;
  /** What one unit of an amount is, by currency: amounts are kept in the usual fortnight of their currency. */
  units: Map<string | null, number>;
}

type Row = HalfSums & { key: string; half: number; values: Record<string, number> };

/** Reads them; null where a dataset has no campaigns with spend, or no days with final numbers. */
export async function readCampaigns(
  services: SeriesServices,
  viewer: Viewer,
  dataset: Dataset,
  signal: AbortSignal,
): Promise<ReadCampaigns | null> {
  try {
    return await readFortnights(services, viewer, dataset, signal);
  } catch (error) {
    // A dataset of one's own may have a metric of such a name that cannot be split by campaign.
    if (error instanceof InputError) return null;
    throw error;
  }
}

async function readFortnights(
  services: SeriesServices,
  viewer: Viewer,
  dataset: Dataset,
  signal: AbortSignal,
): Promise<ReadCampaigns | null> {
  const has = (name: string) => dataset.metrics.some((metric) => metric.name === name);
  const platform = dataset.columns.some(({ name }) => name === "platform");
  if (!has("spend") || !has("clicks") || !dataset.columns.some(({ name }) => name === "campaign")) return null;
  const span = await finalDays(services, viewer, dataset.id, has("conversions") ? "conversions" : "clicks");
  if (!span) return null;
  const halves = Math.min(MOST_HALVES, Math.floor((daysBetween(span.from, span.to) + 1) / HALF_DAYS));
  const metrics = ["spend", ...MEASURES.filter(has)];
  const names = new Map<string, CampaignNames>();
  const rows: Row[] = [];
  for (let half = 0; half < halves; half++) {
    signal.throwIfAborted();
    const to = addDays(span.to, -HALF_DAYS * (halves - 1 - half));
    const { rows: found, meta } = await runMetricQuery(services, viewer, {
      dataset: dataset.id,
      metrics,
      dimensions: platform ? ["platform", "campaign"] : ["campaign"],
      range: { from: addDays(to, 1 - HALF_DAYS), to },
      order: [{ by: "spend", direction: "desc" }],
      limit: MOST_CAMPAIGNS,
    });
    for (const row of found) {
      const { campaign, platform = "", currency = meta.currency } = row;
      const value = (name: string) => typeof row[name] === "number" ? row[name] : 0;
      if (typeof campaign !== "string" || campaign === "" || !(value("spend") > 0)) continue;
      const one = { campaign, platform: String(platform ?? ""), currency: currency === null ? null : String(currency) };
      const key = JSON.stringify([one.platform, one.campaign, one.currency]);
      names.set(key, one);
      const values = Object.fromEntries(metrics.map((name) => [name, value(name)]));
      const { spend = 0, impressions = 0, clicks = 0, conversions = 0 } = values;
      rows.push({ key, half, values, spend, impressions, clicks, conversions, result: 0 });
    }
  }
  return rows.length > 0 ? laidOut(rows, { halves, to: span.to, names }) : null;
}

/** Rows by campaign, amounts in units of their currency. */
function laidOut(
  rows: readonly Row[],
  { halves, to, names }: Pick<ReadCampaigns, "halves" | "to" | "names">,
): ReadCampaigns {
  const result = RESULTS.find((name) => rows.some(({ values }) => (values[name] ?? 0) > 0)) ?? "clicks";
  const currencyOf = (key: string) => names.get(key)?.currency ?? null;
  const units = new Map(
    [...Map.groupBy(rows, ({ key }) => currencyOf(key))].map(([currency, own]) =>
      [currency, medianOf(own.map(({ spend }) => spend))] as const
    ),
  );
  const byKey = new Map<string, (HalfSums | null)[]>();
  for (const { key, half, values, spend, impressions, clicks, conversions } of rows) {
    const unit = units.get(currencyOf(key)) ?? 1;
    const own = byKey.get(key) ?? Array.from({ length: halves }, () => null);
    byKey.set(key, own);
    const came = (values[result] ?? 0) / (result === "conversion_value" ? unit : 1);
    own[half] = { spend: spend / unit, impressions, clicks, conversions, result: came };
  }
  const campaigns = [...byKey].map(([key, halves]) => ({ key, halves })).toSorted((a, b) => a.key < b.key ? -1 : 1);
  return { campaigns, halves, to, result, names, units };
}

/** First and last day whose numbers no platform corrects any more. */
async function finalDays(
  services: SeriesServices,
  viewer: Viewer,
  dataset: string,
  metric: string,
): Promise<{ from: string; to: string } | null> {
  const { periods } = await readSeries(services, viewer, forecastQuerySchema.parse({ dataset, metrics: [metric] }));
  const [from, to] = [periods[0], periods.at(-1)];
  return from !== undefined && to !== undefined ? { from, to } : null;
}
