import { backtest, pathsOf } from "./backtest.ts";
import { bandsOf } from "./bands.ts";
import type { Forecaster } from "./forecaster.ts";
import { prepare } from "./prepare.ts";
import type { SeriesForecast, SeriesOptions } from "./series_forecast.ts";

/**
 * What one model says by itself, with bands from its own looks back: how benchmarks show it beside the combination. Null
 * where it refuses the series.
 * @throws {InputError} where the series or the horizon cannot be used
 */
export function forecastAlone(
  member: Forecaster,
  series: readonly number[],
  options: SeriesOptions,
): Pick<SeriesForecast, "path" | "bands80" | "bands95"> | null {
  const { series: scaled, task, back } = prepare(series, options);
  const nonNegative = options.nonNegative ?? false;
  const path = pathsOf(scaled, task, [member]).get(member.name)?.map((value) =>
    nonNegative ? Math.max(0, value) : value
  );
  if (!path) return null;
  const looks = backtest(scaled, task, [member]).flatMap(({ actual, paths }) => {
    const said = paths.get(member.name);
    return said ? [{ actual, path: said }] : [];
  });
  const { bands80, bands95 } = bandsOf({ series: scaled, season: task.season, path, looks, nonNegative });
  return {
    path: path.map(back),
    bands80: { lower: bands80.lower.map(back), upper: bands80.upper.map(back) },
    bands95: { lower: bands95.lower.map(back), upper: bands95.upper.map(back) },
  };
}
