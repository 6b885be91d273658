/** From a series of the metric layer to a forecast: ratios from their parts, bands from looking back. */
import { InputError } from "@/lib/errors.ts";
import { addUnits, endOf } from "@/lib/model/calendar.ts";
import type { Forecast, ForecastGrain, ForecastPoint } from "@/lib/model/mod.ts";
import { fill, periodsAfter } from "./lay_out.ts";
import { evaluateParts } from "./metric_parts.ts";
import type { SeriesForecast } from "./models/mod.ts";
import { SEASONS } from "./models/prepare.ts"; // not by mod.ts: the models stay on their own thread
import type { ForecastPool } from "./pool.ts";
import type { MetricSeries } from "./read_series.ts";
import { totalOf, unitUnderWay } from "./unit_total.ts";

/** Fewer periods say nothing of what is to come. */
const LEAST: Record<ForecastGrain, number> = { day: 14, week: 8, month: 6 };
/** Farthest that the models go. */
const FARTHEST = 400;
/** Periods without a denominator, as a share of all: with more there is no ratio to speak of. */
const MOST_UNDEFINED = 0.2;

/** Forecasts a series. Throws `InputError`: `too-short` with `have` and `need` in periods, `too-sparse`, `too-far`. */
export async function forecastMetric(pool: ForecastPool, series: MetricSeries): Promise<Forecast> {
  const { query, periods, metric } = series;
  const { grain } = query;
  const last = periods.at(-1);
  if (last === undefined || periods.length < LEAST[grain]) throw tooShort(series);
  const immature = periodsAfter(last, series.complete, grain);
  const unit = query.total === undefined ? null : unitUnderWay(series, query.total);
  const horizon = Math.max(immature + query.horizon, unit?.sums.to ?? 0);
  if (horizon > FARTHEST) {
    const message = `Cannot forecast "${metric.name}" so far: from ${last} on that is ${horizon} periods of at most ` +
      `${FARTHEST}; ask for a nearer horizon or a coarser grain`;
    throw new InputError("too-far", message, { horizon, most: FARTHEST });
  }
  const own = ownValues(series);
  const options = { grain, horizon, nonNegative: own.every((value) => value >= 0), sums: unit?.sums };
  const said = await pool.forecast(own, options);
  const path = series.parts ? await pathFromParts(pool, series, { horizon, said }) : said.path;
  return {
    dataset: query.dataset,
    metric: { name: metric.name, title: metric.title, format: metric.format, better: metric.better },
    filters: query.filters ?? null,
    grain,
    currency: series.currency,
    version: series.version,
    definition: series.definition,
    trained: { from: periods[0]!, to: endOf(last, grain), periods: periods.length },
    maturityDays: series.maturityDays,
    complete: series.complete,
    points: pointsOf(own, { said, path, last, grain }),
    ...unit && said.sums ? { total: totalOf(series, unit, said.sums) } : {},
    model: said.model,
    weights: said.weights,
    backtest: said.backtest,
    filled: series.filled,
    notices: noticesOf(series, said, immature),
  };
}

/**
 * The metric itself by period; a ratio's periods without a denominator are filled like gaps. Throws `InputError`
 * `too-sparse`.
 */
export function ownValues({ values, parts, metric, query, periods }: MetricSeries): number[] {
  if (!parts) return values[0] ?? [];
  const ratios = periods.map((_, at) =>
    evaluateParts(metric.formula, new Map(parts.map((id, part) => [id, values[part]?.[at] ?? null])))
  );
  const missing = ratios.filter((value) => value === null).length;
  if (missing > MOST_UNDEFINED * ratios.length) {
    const message =
      `Cannot forecast "${metric.name}": ${missing} of ${ratios.length} periods have nothing to divide by; ` +
      "ask by a coarser grain, or with fewer filters";
    throw new InputError("too-sparse", message, { missing, periods: ratios.length });
  }
  return fill(ratios, query.grain);
}

/** Ratios do not add up: what is expected of one is the ratio of what is expected of its parts. */
async function pathFromParts(
  pool: ForecastPool,
  { values, parts, metric, query }: MetricSeries,
  { horizon, said }: { horizon: number; said: SeriesForecast },
): Promise<number[]> {
  const forecasts = await Promise.all(
    values.map((one) =>
      pool.forecast(one, { grain: query.grain, horizon, nonNegative: one.every((value) => value >= 0) })
    ),
  );
  return said.path.map((own, ahead) => {
    const expected = new Map((parts ?? []).map((id, part) => [id, forecasts[part]?.path[ahead] ?? null]));
    return evaluateParts(metric.formula, expected) ?? own;
  });
}

function pointsOf(
  own: readonly number[],
  { said, path, last, grain }: { said: SeriesForecast; path: number[]; last: string; grain: ForecastGrain },
): ForecastPoint[] {
  const season = SEASONS[grain][0] ?? 1;
  const lag = own.length >= 2 * season ? season : 1;
  return path.map((value, ahead) => {
    const center = said.path[ahead]!;
    // Around a path from parts the ratio's own band stands as wide as around its own: in shares where those mean something.
    const moved = (bound: number) =>
      center > 0 && value > 0 && bound >= 0 ? bound * (value / center) : bound + (value - center);
    return {
      period: addUnits(last, grain, ahead + 1),
      value,
      lower80: Math.min(value, moved(said.bands80.lower[ahead]!)),
      upper80: Math.max(value, moved(said.bands80.upper[ahead]!)),
      lower95: Math.min(value, moved(said.bands95.lower[ahead]!)),
      upper95: Math.max(value, moved(said.bands95.upper[ahead]!)),
      naive: own[own.length - lag + ahead % lag]!,
    };
  });
}

function noticesOf(series: MetricSeries, said: SeriesForecast, immature: number): Forecast["notices"] {
  const { query: { grain }, maturityDays, begunAfter, filled, parts } = series;
  const notices = [...series.notices, ...said.notes.map(({ code, message }) => ({ code, message }))];
  const say = (code: string, message: string) => notices.push({ code, message });
  if (immature > 0) {
    const left = `The newest ${immature} ${plural(grain, immature)}`;
    say("immature", `${left} may still change (${maturityDays} days), so the forecast begins before them`);
  }
  if (begunAfter) {
    say(
      "begun-after-gap",
      `Nothing was reported from ${begunAfter.from} to ${begunAfter.to}: it learns from what follows`,
    );
  }
  if (filled.length > 0) {
    const count = filled.reduce((sum, { periods }) => sum + periods, 0);
    say(
      "gaps-filled",
      `${count} missing ${plural(grain, count)} ${count === 1 ? "is" : "are"} filled from those beside`,
    );
  }
  if (parts) {
    say(
      "from-parts",
      "The path is the ratio of what is expected of its parts; the bands are those of the ratio itself",
    );
  }
  return notices;
}

function tooShort({ periods, query: { grain }, metric, begunAfter, maturityDays }: MetricSeries): InputError {
  const [have, need] = [periods.length, LEAST[grain]];
  const missing = need - have;
  const why = begunAfter
    ? ` after the gap from ${begunAfter.from} to ${begunAfter.to}`
    : maturityDays > 3
    ? `, as the newest ${maturityDays} days may still change`
    : "";
  const message = `Cannot forecast "${metric.name}" yet: there ${have === 1 ? "is" : "are"} ${have} of the ${need} ` +
    `whole ${plural(grain, need)} that it takes${why}; ${missing} more ${missing === 1 ? "is" : "are"} needed`;
  return new InputError("too-short", message, { have, need, grain });
}

function plural(grain: ForecastGrain, count: number): string {
  return count === 1 ? grain : `${grain}s`;
}
