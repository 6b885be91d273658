import { hasRatios, meanOf } from "./statistics.ts";

/** How a season lies on the level; `none` where there is none to take out. */
export type SeasonKind = "none" | "additive" | "multiplicative";

/** A season taken out of a series, and how to put it back. */
export interface Adjusted {
  /** The series without its season. */
  series: number[];
  /** Puts the season back on a path that begins right after the series. */
  restore: (path: readonly number[]) => number[];
  kind: SeasonKind;
}

/** Whether a season shows: the autocorrelation at its lag is beyond what chance gives in nine of ten series. */
export function isSeasonal(series: readonly number[], season: number): boolean {
  const n = series.length;
  if (season < 2 || n < 3 * season) return false;
  const mean = meanOf(series);
  const around = series.map((value) => value - mean);
  const own = around.reduce((sum, value) => sum + value * value, 0);
  if (own === 0) return false;
  const correlation = (lag: number) => {
    let sum = 0;
    for (let t = lag; t < n; t++) sum += (around[t] as number) * (around[t - lag] as number);
    return sum / own;
  };
  let squares = 0;
  for (let lag = 1; lag < season; lag++) squares += correlation(lag) ** 2;
  return Math.abs(correlation(season)) > 1.645 * Math.sqrt((1 + 2 * squares) / n);
}

/** Takes a season that shows out of a series: by ratios where they mean something, else by differences. */
export function adjust(series: readonly number[], season: number): Adjusted {
  if (!isSeasonal(series, season)) return { series: [...series], restore: (path) => [...path], kind: "none" };
  const kind = hasRatios(series) ? "multiplicative" : "additive";
  const indices = seasonalIndices(series, season, kind);
  const index = (t: number) => indices[t % season] as number;
  const n = series.length;
  return kind === "multiplicative"
    ? {
      series: series.map((value, t) => value / index(t)),
      restore: (path) => path.map((value, h) => value * index(n + h)),
      kind,
    }
    : {
      series: series.map((value, t) => value - index(t)),
      restore: (path) => path.map((value, h) => value + index(n + h)),
      kind,
    };
}

/**
 * One index a place in the season, by classical decomposition: ratios with mean 1, or differences with mean 0. Those that
 * are mostly noise are shrunk towards none (James and Stein). The series holds two seasons at least.
 */
export function seasonalIndices(
  series: readonly number[],
  season: number,
  kind: "additive" | "multiplicative",
): number[] {
  const groups: number[][] = Array.from({ length: season }, () => []);
  movingMean(series, season).forEach((level, t) => {
    if (Number.isNaN(level)) return;
    const value = series[t] as number;
    if (kind === "additive") groups[t % season]?.push(value - level);
    else groups[t % season]?.push(value / level);
  });
  const neutral = kind === "additive" ? 0 : 1;
  const means = groups.map((group) => group.length ? meanOf(group) : neutral);
  const center = meanOf(means);
  const indices = means.map((value) => kind === "additive" ? value - center : value / center);
  const keep = 1 - noiseShare(groups, indices.map((value) => value - neutral));
  return indices.map((value) => neutral + keep * (value - neutral));
}

/** The part of the indices' spread that is chance, 0 to 1, judged by how much each place varies from season to season. */
function noiseShare(groups: readonly number[][], effects: readonly number[]): number {
  const varied = groups.filter((group) => group.length > 1);
  const spread = effects.reduce((sum, effect) => sum + effect * effect, 0);
  if (!varied.length || spread === 0) return 0;
  const noise = meanOf(varied.map((group) => {
    const mean = meanOf(group);
    return group.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (group.length - 1) / group.length;
  }));
  return Math.min(1, Math.max(0, effects.length - 3) * noise / spread);
}

/** The mean over one season around each point; NaN where the season does not fit. */
function movingMean(series: readonly number[], season: number): number[] {
  const half = Math.floor(season / 2);
  const edge = season % 2 === 0 ? 0.5 : 1;
  return series.map((_, t) => {
    if (t < half || t + half >= series.length) return NaN;
    let sum = edge * ((series[t - half] as number) + (series[t + half] as number));
    for (let i = t - half + 1; i < t + half; i++) sum += series[i] as number;
    return sum / season;
  });
}
