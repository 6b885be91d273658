/** Looks at one series of days: which lie outside what was expected of them, and from which on the level is another. */
import { createHash } from "node:crypto";
import { LRUCache } from "lru-cache";
import type { ForecastServices } from "../answer_forecast.ts";
import { ownValues } from "../forecast_metric.ts";
import { readSeries } from "../read_series.ts";
import type { MetricSeries } from "../read_series.ts";
import type { SeriesForecast, SeriesOptions } from "../models/mod.ts";
import { forecastsCollection, seriesKey } from "../stored_forecast.ts";
import { InputError } from "@/lib/errors.ts";
import { addDays, startOf } from "@/lib/model/calendar.ts";
import type { Anomaly, AnomalyEvidence, ForecastQuery, Viewer } from "@/lib/model/mod.ts";
import { type Detected, LEAST_DAYS, LEAST_SCORE } from "./detect.ts";

/** A day lies outside where it is a quarter further off than the 95 % band reaches: one in twenty lies beyond the band itself. */
export const LEAST_TIMES = 1.25;
/** Days that a look back goes ahead: from the end of the week before. */
const LOOK_AHEAD = 7;

/** A day that stands out. */
export interface Verdict {
  kind: Anomaly["kind"];
  day: string;
  actual: number;
  expected: number;
  evidence: AnomalyEvidence[];
}

/** A series that was looked at. */
export interface WatchedSeries {
  key: string;
  question: ForecastQuery;
  series: MetricSeries;
  /** The metric by day, as far as it is final and was not filled. */
  values: Map<string, number>;
  /** The metric by place, filled ones too. */
  own: number[];
  detected: Detected;
  verdicts: Verdict[];
}

type Band = Extract<AnomalyEvidence, { detector: "band" }>;

/** Looks at a series. Null where it cannot be read any more, or has no numbers to speak of. */
export async function watchSeries(
  services: ForecastServices,
  viewer: Viewer,
  question: ForecastQuery,
  kept: ReadonlyMap<string, Anomaly>,
): Promise<WatchedSeries | null> {
  const key = seriesKey(question);
  try {
    const series = await readSeries(services, viewer, question);
    const own = ownValues(series);
    const { filled, periods } = series;
    const isFilled = (day: string) => filled.some(({ from, to }) => day >= from && day <= to);
    const values = new Map(periods.flatMap((day, at) => isFilled(day) ? [] : [[day, own[at] as number]]));
    const detected = await services.forecasts.detect(own);
    const watched: WatchedSeries = { key, question, series, values, own, detected, verdicts: [] };
    await judgeDays(services, viewer, watched, kept);
    for (const { at, before, after } of detected.changes) {
      const evidence: AnomalyEvidence[] = [{ detector: "level", before, after }];
      watched.verdicts.push({ kind: "level", day: periods[at]!, actual: after, expected: before, evidence });
    }
    return watched;
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}

async function judgeDays(
  services: ForecastServices,
  viewer: Viewer,
  watched: WatchedSeries,
  kept: ReadonlyMap<string, Anomaly>,
): Promise<void> {
  const { series: { periods, definition }, values, detected, key } = watched;
  for (const { at, usual, score } of detected.suspects) {
    const day = periods[at]!;
    const actual = values.get(day);
    if (actual === undefined || score < LEAST_SCORE) continue;
    const before = kept.get(`${key}.${day}`);
    const band = (before?.definition === definition ? keptBand(before) : null) ??
      await storedBand(services, viewer, watched, day) ??
      await lookBack(services.forecasts, { own: watched.own, periods }, at);
    if (!band) continue;
    const times = timesOff(actual, band);
    if (times < LEAST_TIMES) continue;
    const evidence: AnomalyEvidence[] = [{ ...band, times }, { detector: "weeks", usual, score }];
    watched.verdicts.push({ kind: "day", day, actual, expected: band.expected, evidence });
  }
}

/** The band that an anomaly was judged by. */
export function keptBand({ evidence }: Pick<Anomaly, "evidence">): Band | null {
  return evidence.find((one) => one.detector === "band") ?? null;
}

/** How many times as far off as a band reaches on that side; a band without any width is passed by every difference. */
export function timesOff(
  actual: number,
  { expected, lower, upper }: Pick<Band, "expected" | "lower" | "upper">,
): number {
  const reach = actual > expected ? upper - expected : expected - lower;
  if (actual === expected) return 0;
  return reach > 0 ? Math.min(99, Math.abs(actual - expected) / reach) : 99;
}

/** What the newest kept forecast from before a day said of it. */
async function storedBand(
  { documents }: Pick<ForecastServices, "documents">,
  { workspace }: Viewer,
  { key, series: { definition } }: WatchedSeries,
  day: string,
): Promise<Band | null> {
  const page = await documents.list(forecastsCollection, workspace, {
    index: "bySeries",
    equals: [key],
    to: addDays(day, -1),
    direction: "descending",
    limit: 20,
  });
  const found = page.items.find(({ doc }) => doc.state !== "outdated" && doc.forecast.definition === definition);
  const point = found?.doc.forecast.points.find(({ period }) => period === day);
  if (!found || !point) return null;
  return {
    detector: "band",
    source: "forecast",
    trainedTo: found.doc.trainedTo,
    expected: point.value,
    lower: point.lower95,
    upper: point.upper95,
    times: 0,
  };
}

type Forecasting = {
  forecast(series: readonly number[], options: SeriesOptions): SeriesForecast | Promise<SeriesForecast>;
};
type Week = Pick<SeriesForecast, "path" | "bands95">;

/** Looks back of one forecasting: a look after the next import asks for nearly all of them again. */
const made = new WeakMap<Forecasting, LRUCache<string, Promise<Week>>>();
const MOST_MADE = 2_000;

/** What a forecast from the end of the week before would have said: the same each time as long as the numbers before stand. */
export async function lookBack(
  forecasts: Forecasting,
  { own, periods }: { own: readonly number[]; periods: readonly string[] },
  at: number,
): Promise<Band | null> {
  const monday = startOf(periods[at]!, "week");
  const origin = periods.indexOf(monday);
  if (origin < LEAST_DAYS) return null;
  const said = await weekAfter(forecasts, own.slice(0, origin));
  const ahead = at - origin;
  return {
    detector: "band",
    source: "look-back",
    trainedTo: periods[origin - 1]!,
    expected: said.path[ahead]!,
    lower: said.bands95.lower[ahead]!,
    upper: said.bands95.upper[ahead]!,
    times: 0,
  };
}

/** Forecasts the week after a series, once for the same numbers. */
function weekAfter(forecasts: Forecasting, before: readonly number[]): Promise<Week> {
  const kept = made.get(forecasts) ?? new LRUCache({ max: MOST_MADE });
  made.set(forecasts, kept);
  const key = createHash("sha256").update(Float64Array.from(before)).digest("base64");
  const known = kept.get(key);
  if (known) return known;
  const asked = Promise.resolve(forecasts.forecast(before, { grain: "day", horizon: LOOK_AHEAD, nonNegative: true }))
    .then(({ path, bands95 }) => ({ path, bands95 }));
  kept.set(key, asked);
  asked.catch(() => kept.delete(key)); // a thread that ended says nothing of the series
  return asked;
}
