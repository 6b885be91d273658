import type { ForecastBand } from "./series_forecast.ts";
import { meanOf, meanStep } from "./statistics.ts";

/** What a band is made of. */
export interface BandSource {
  series: readonly number[];
  season: number;
  path: readonly number[];
  /** What the shown model said when looking back, the latest look first, and what came. */
  looks: readonly { actual: readonly number[]; path: readonly number[] }[];
  /** Neither bound goes below zero. */
  nonNegative: boolean;
}

/** One error of looking back: in which look (0 the latest), how many periods ahead (0 the next one), and how far off. */
interface Miss {
  look: number;
  ahead: number;
  off: number;
}

/** How errors grow with the distance, where a series does not say: between a level that stays (0) and a random walk (0.5). */
const GROWTH = 0.25;
/** How much a series' own growth counts beside that. */
const OWN_GROWTH = 0.6;
/** What each look counts beside the next later one: how far off a series was lately says more than how far long ago. */
const FADING = 0.6;
/** How much a series' own errors count beside those of its seasonal naive. Looks overlap, so a few of them say little. */
const OWN_SIZE = 0.7;
/** The error of a good model beside the seasonal naive's. */
const BESIDE_NAIVE = 0.9;
/** Half a band in mean absolute errors. Normal errors would need 1.6 and 2.5: series break their habits more often. */
const REACH = { 80: 1.63, 95: 3.12 };
/** How far, in mean absolute errors, the looks back themselves reach as a rule, and how much a series' own reach counts. */
const [OWN_REACH, OWN_COUNTS] = [{ 80: 1.65, 95: 3.1 }, { 80: 0.3, 95: 0.5 }];
/** Steps of older points say little about the errors to come. */
const LOOK_BACK = 1_100;

/**
 * Bands from the errors made when looking back: their size, how it grows with the distance, and how far single ones reach
 * beyond it. A few looks back may have been lucky, so each of the three is held near to what is usual. Of series that never
 * went below zero errors are taken on square roots, between amounts and shares: a good month errs more than a bad one, but
 * not in proportion, and neither bound falls below zero.
 */
export function bandsOf(source: BandSource): { bands80: ForecastBand; bands95: ForecastBand } {
  const series = source.series.slice(-LOOK_BACK);
  const asRoots = [...series, ...source.path].every((value) => value >= 0);
  const scale = (value: number) => asRoots ? Math.sqrt(Math.max(0, value)) : value;
  const misses = source.looks.flatMap(({ actual, path }, look) =>
    path.map((said, ahead) => ({ look, ahead, off: Math.abs(scale(actual[ahead] as number) - scale(said)) }))
  );
  const growth = growthOf(misses, source.season);
  const level = misses.map(({ look, ahead, off }) => ({ weight: FADING ** look, off: off / growth(ahead) }));
  const size = sizeOf({ level, steps: series.map(scale), season: source.season, looks: source.looks.length });
  const sorted = level.map(({ off }) => off).sort((a, b) => a - b);
  const band = (share: 80 | 95): ForecastBand => {
    const reach = size * reachOf(sorted, share);
    const bound = (side: -1 | 1) =>
      source.path.map((value, h) => {
        const moved = scale(value) + side * reach * growth(h);
        const at = asRoots ? Math.max(0, moved) ** 2 : moved;
        return source.nonNegative ? Math.max(0, at) : at;
      });
    return { lower: bound(-1), upper: bound(1) };
  };
  return { bands80: band(80), bands95: band(95) };
}

/** How much larger an error is by distance; 1 at one and a half seasons. Partly from the series, partly from what is usual. */
function growthOf(misses: readonly Miss[], season: number): (ahead: number) => number {
  const farthest = misses.reduce((most, { ahead }) => Math.max(most, ahead + 1), 0);
  const meanOff = (some: readonly Miss[]) => some.length ? meanOf(some.map(({ off }) => off)) : 0;
  const near = meanOff(misses.filter(({ ahead }) => ahead < farthest / 3));
  const far = meanOff(misses.filter(({ ahead }) => ahead >= farthest / 3));
  let power = GROWTH;
  if (near > 0 && far > 0) {
    // The middle of the far part is about four times as far away as that of the near one.
    const own = Math.min(0.6, Math.max(0, Math.log(far / near) / Math.log(4)));
    power = OWN_GROWTH * own + (1 - OWN_GROWTH) * power;
  }
  const reference = season === 1 ? 1.5 : Math.max(1.5 * season, 20);
  return (ahead) => ((ahead + 1) / reference) ** power;
}

/** The size of an error at the distance where growth is 1; larger the fewer looks back stand behind it. */
function sizeOf(
  { level, steps, season, looks }: {
    level: readonly { weight: number; off: number }[];
    steps: readonly number[];
    season: number;
    looks: number;
  },
): number {
  if (steps.length < 2) return Math.abs(steps[0] ?? 0); // one point says nothing of how much it varies
  const lag = steps.length > season ? season : 1;
  const naive = BESIDE_NAIVE * meanStep(steps, lag) * (1 + 2 / steps.length);
  const unsure = 1 + 1 / (looks + 2);
  if (!level.length) return naive * unsure;
  const whole = level.reduce((sum, { weight }) => sum + weight, 0);
  const own = level.reduce((sum, { weight, off }) => sum + weight * off, 0) / whole;
  return own ** OWN_SIZE * naive ** (1 - OWN_SIZE) * unsure;
}

/** How many mean errors the band reaches: the usual, drawn towards the conformal quantile of the looks back. */
function reachOf(sorted: readonly number[], share: 80 | 95): number {
  const mean = sorted.length ? meanOf(sorted) : 0;
  if (mean === 0) return REACH[share];
  const rank = Math.min(sorted.length, Math.ceil(share / 100 * (sorted.length + 1)));
  const own = (sorted[rank - 1] as number) / mean;
  const usual = OWN_REACH[share];
  // One error alone reaches as far as itself; that must not narrow a band.
  return REACH[share] * (Math.min(3 * usual, Math.max(usual / 2, own)) / usual) ** OWN_COUNTS[share];
}
