/** Whether one campaign, or one platform, carries most of a difference: said only where the numbers of that day show it. */
import { InputError } from "@/lib/errors.ts";
import { addDays } from "@/lib/model/calendar.ts";
import type { Anomaly, Viewer } from "@/lib/model/mod.ts";
import { runMetricQuery } from "@/lib/query/run_metric_query.ts";
import type { SeriesServices } from "../read_series.ts";
import type { Verdict, WatchedSeries } from "./watch_series.ts";

/** Narrower first: a campaign says more than its platform. */
const FIELDS = ["campaign", "platform"];
/** Below half of the difference nothing carries it. */
const LEAST_SHARE = 0.5;
/** Days before that say what each one's share usually is. */
const USUAL_DAYS = 28;
/** More values are not held against one another. */
const MOST_VALUES = 2_000;

/** The value that carries most of the difference; null where none does, and for metrics that do not add up. */
export async function findCause(
  services: SeriesServices,
  viewer: Viewer,
  watched: WatchedSeries,
  verdict: Verdict,
): Promise<Anomaly["cause"]> {
  const { question, series: { parts } } = watched;
  if (parts || verdict.kind === "level") return null;
  const filtered = JSON.stringify(question.filters ?? null);
  for (const field of FIELDS) {
    if (filtered.includes(`"field":"${field}"`)) return null; // it is one already
    const found = await largestIn(services, viewer, watched, { verdict, field });
    if (found) return found;
  }
  return null;
}

async function largestIn(
  services: SeriesServices,
  viewer: Viewer,
  watched: WatchedSeries,
  { verdict: { day, actual, expected }, field }: { verdict: Verdict; field: string },
): Promise<Anomaly["cause"]> {
  const [now, before] = await Promise.all([
    valuesOf(services, viewer, watched, { field, from: day, to: day }),
    valuesOf(services, viewer, watched, { field, from: addDays(day, -USUAL_DAYS), to: addDays(day, -1) }),
  ]);
  if (!now || !before) return null;
  const usual = [...before.values()].reduce((sum, value) => sum + value, 0);
  const names = [...new Set([...now.keys(), ...before.keys()])];
  if (names.length < 2) return null;
  const shares = names.map((value) => {
    const itsUsual = usual > 0 ? expected * (before.get(value) ?? 0) / usual : 0;
    return { value, share: ((now.get(value) ?? 0) - itsUsual) / (actual - expected) };
  });
  const largest = shares.reduce((most, one) => one.share > most.share ? one : most);
  if (!(largest.share >= LEAST_SHARE)) return null;
  return { field, value: largest.value, share: Math.min(1, largest.share), silent: !now.has(largest.value) };
}

/** The metric by value of a dimension; null where the dataset lacks it, or rows do not tell. */
async function valuesOf(
  services: SeriesServices,
  viewer: Viewer,
  { question }: WatchedSeries,
  { field, from, to }: { field: string; from: string; to: string },
): Promise<Map<string, number> | null> {
  const [metric] = question.metrics;
  const name = typeof metric === "string" ? metric : metric?.name ?? "";
  try {
    const { rows, meta } = await runMetricQuery(services, viewer, {
      dataset: question.dataset,
      metrics: question.metrics,
      dimensions: [field],
      filters: question.filters,
      currency: question.currency,
      range: { from, to },
      limit: MOST_VALUES,
    });
    // Part of the rows without the dimension: shares of the rest would be shares of something else.
    if (meta.rows > MOST_VALUES || rows.some((row) => typeof row[field] !== "string")) return null;
    return new Map(rows.map((row) => [String(row[field]), typeof row[name] === "number" ? row[name] : 0]));
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}
