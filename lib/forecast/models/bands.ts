import type { ForecastBand } from "./series_forecast.ts";
import { hasRatios, meanOf, meanStep } from "./statistics.ts";

/** What a band is made of. */
export interface BandSource {
  series: readonly number[];
  season: number;
  path: readonly number[];
  /** What the shown model said when looking back, and what came. */
  looks: readonly { actual: readonly number[]; path: readonly number[] }[];
  /** Neither bound goes below zero. */
  nonNegative: boolean;
}

/** One error of looking back: how many periods ahead (0 the next one), and how far off. */
interface Miss {
  ahead: number;
  off: number;
}

/** How errors grow with the distance, where a series does not say: between a level that stays (0) and a random walk (0.5). */
const GROWTH = 0.3;
/** Looks back at which what they say and what the naive's errors say count alike. Looks overlap, so many of them say little. */
const HALF_TRUSTED = 12;
/** The error of a good model beside the seasonal naive's. */
const BESIDE_NAIVE = 0.9;
/** Half a band in mean absolute errors. Normal errors would need 1.6 and 2.5: series break their habits more often. */
const REACH = { 80: 1.67, 95: 3.25 };
/** How far, in mean absolute errors, the looks back themselves reach as a rule, and how much a series' own reach counts. */
const [OWN_REACH, OWN_COUNTS] = [{ 80: 1.65, 95: 3.1 }, 0.3];
/** On logarithms, a bound a thousand times the path says no more than one a million times. */
const FURTHEST = Math.log(1_000);
/** Steps of older points say little about the errors to come. */
const LOOK_BACK = 1_100;

/**
 * Bands from the errors made when looking back: their size, how it grows with the distance, and how far single ones reach
 * beyond it. A few looks back may have been lucky, so each of the three is held near to what is usual, and the size does
 * not fall below a mean with the seasonal naive's errors.
 */
export function bandsOf(source: BandSource): { bands80: ForecastBand; bands95: ForecastBand } {
  const series = source.series.slice(-LOOK_BACK);
  const lowest = Math.min(...series);
  // As shares of the level where those mean something: wide above, narrow below, and never below zero.
  const asShares = hasRatios(series) && source.path.every((value) => value > lowest / 10);
  const scale = (value: number) => asShares ? Math.log(Math.max(value, lowest / 100)) : value;
  const misses = source.looks.flatMap(({ actual, path }) =>
    path.map((said, ahead) => ({ ahead, off: Math.abs(scale(actual[ahead] as number) - scale(said)) }))
  );
  const growth = growthOf(misses, source.season);
  const level = misses.map(({ ahead, off }) => off / growth(ahead)).sort((a, b) => a - b);
  const size = sizeOf({ level, steps: series.map(scale), season: source.season, looks: source.looks.length });
  const band = (share: 80 | 95): ForecastBand => {
    const reach = size * reachOf(level, share);
    const bound = (side: -1 | 1) =>
      source.path.map((value, h) => {
        const off = reach * growth(h);
        const at = asShares ? value * Math.exp(side * Math.min(off, FURTHEST)) : value + side * off;
        return source.nonNegative ? Math.max(0, at) : at;
      });
    return { lower: bound(-1), upper: bound(1) };
  };
  return { bands80: band(80), bands95: band(95) };
}

/** How much larger an error is by distance; 1 at one and a half seasons. Half from the series, half from what is usual. */
function growthOf(misses: readonly Miss[], season: number): (ahead: number) => number {
  const farthest = misses.reduce((most, { ahead }) => Math.max(most, ahead + 1), 0);
  const meanOff = (some: readonly Miss[]) => some.length ? meanOf(some.map(({ off }) => off)) : 0;
  const near = meanOff(misses.filter(({ ahead }) => ahead < farthest / 3));
  const far = meanOff(misses.filter(({ ahead }) => ahead >= farthest / 3));
  let power = GROWTH;
  // The middle of the far part is about four times as far away as that of the near one.
  if (near > 0 && far > 0) power = (power + Math.min(0.6, Math.max(0, Math.log(far / near) / Math.log(4)))) / 2;
  const reference = season === 1 ? 1.5 : Math.max(1.5 * season, 20);
  return (ahead) => ((ahead + 1) / reference) ** power;
}

/** The size of an error at the distance where growth is 1. */
function sizeOf(
  { level, steps, season, looks }: {
    level: readonly number[];
    steps: readonly number[];
    season: number;
    looks: number;
  },
): number {
  if (steps.length < 2) return Math.abs(steps[0] ?? 0); // one point says nothing of how much it varies
  const lag = steps.length > season ? season : 1;
  const naive = BESIDE_NAIVE * meanStep(steps, lag) * (1 + 2 / steps.length);
  if (!level.length) return naive;
  const own = meanOf(level);
  const trust = looks / (looks + HALF_TRUSTED);
  return Math.max(own, own ** trust * naive ** (1 - trust));
}

/** How many mean errors the band reaches: the usual, drawn towards the conformal quantile of the looks back. */
function reachOf(sorted: readonly number[], share: 80 | 95): number {
  const mean = sorted.length ? meanOf(sorted) : 0;
  if (mean === 0) return REACH[share];
  const rank = Math.min(sorted.length, Math.ceil(share / 100 * (sorted.length + 1)));
  const own = (sorted[rank - 1] as number) / mean;
  const usual = OWN_REACH[share];
  // One error alone reaches as far as itself; that must not narrow a band.
  return REACH[share] * (Math.min(3 * usual, Math.max(usual / 2, own)) / usual) ** OWN_COUNTS;
}
