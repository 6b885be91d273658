import type { BandSource } from "./bands.ts";
import type { ForecastSums } from "./series_forecast.ts";
import { meanOf } from "./statistics.ts";

/** Half a band in errors of sums: such that over all sets of series that were tried 80 and 95 % of sums lay inside. */
const REACH = { 80: 1.9, 95: 3.33 };
/** How much a series' own errors of sums count beside those of its seasonal naive: looks back are few, and overlap. */
const OWN_SIZE = 0.35;
/** The error of a good model beside the seasonal naive's, whose errors add up faster. */
const BESIDE_NAIVE = 0.7;
/** What each look back counts beside the next later one. */
const FADING = 0.8;
/** Starts from which the seasonal naive is held against what came: older ones say little. */
const STARTS = 400;

/**
 * Bands of the sums over the first one, two, three … periods from `from` on. The errors of neighbouring periods go
 * together, so that the band of a sum is neither the sum of bands (too wide) nor what chance alone would give (too
 * narrow): it comes from the errors that sums over as many periods had when looking back.
 */
export function sumsOf(
  { series, season, path, looks, nonNegative }: BandSource,
  { from, to }: { from: number; to: number },
): ForecastSums {
  const expected = runningSums(path, from, to);
  const asRoots = [...series, ...path].every((value) => value >= 0);
  const scale = (value: number) => asRoots ? Math.sqrt(Math.max(0, value)) : value;
  const said = looks.map((look, at) => ({
    weight: FADING ** at,
    said: runningSums(look.path, from, to),
    came: runningSums(look.actual, from, to),
  }));
  const naive = naiveErrors(series, { season, from, to, scale });
  let least = 0;
  const sizes = expected.map((_, at) => {
    let [whole, off, reaching] = [0, 0, 0];
    for (const { weight, said: sums, came } of said) {
      if (at >= came.length) continue; // this look back does not reach so far
      reaching += 1;
      whole += weight;
      off += weight * Math.abs(scale(came[at] as number) - scale(sums[at] as number));
    }
    const beside = BESIDE_NAIVE * (naive[at] ?? 0);
    const own = whole > 0 ? off / whole : beside;
    const size = own > 0 && beside > 0 ? own ** OWN_SIZE * beside ** (1 - OWN_SIZE) : Math.max(own, beside);
    // With more periods a sum is not known better.
    least = Math.max(least, size * (1 + 1 / (reaching + 2)));
    return least;
  });
  const bound = (share: 80 | 95, side: -1 | 1) =>
    expected.map((sum, at) => {
      const moved = scale(sum) + side * REACH[share] * (sizes[at] as number);
      const value = asRoots ? Math.max(0, moved) ** 2 : moved;
      return nonNegative ? Math.max(0, value) : value;
    });
  return {
    path: expected,
    bands80: { lower: bound(80, -1), upper: bound(80, 1) },
    bands95: { lower: bound(95, -1), upper: bound(95, 1) },
  };
}

/** The sums of the values from `from` on, one a value, up to before `to` or as far as there are values. */
function runningSums(values: readonly number[], from: number, to: number): number[] {
  let sum = 0;
  return values.slice(from, to).map((value) => sum += value);
}

/** How far sums would have been off, had the last season been repeated: by how many periods are added up. */
function naiveErrors(
  series: readonly number[],
  { season, from, to, scale }: { season: number; from: number; to: number; scale: (value: number) => number },
): number[] {
  const errors: number[][] = Array.from({ length: to - from }, () => []);
  for (let start = Math.max(season, series.length - STARTS); start + from < series.length; start++) {
    let [said, came] = [0, 0];
    for (let ahead = from; ahead < to && start + ahead < series.length; ahead++) {
      said += series[start - season + ahead % season] as number;
      came += series[start + ahead] as number;
      errors[ahead - from]?.push(Math.abs(scale(came) - scale(said)));
    }
  }
  // Where no stretch is as long, errors grow as they did up to there.
  let last = 0;
  return errors.map((some, at) => {
    last = some.length > 2 ? meanOf(some) : last * (at > 0 ? (at + 1) / at : 1);
    return last;
  });
}
