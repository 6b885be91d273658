import type { ForecastBand } from "./series_forecast.ts";
import { hasRatios, meanStep } from "./statistics.ts";

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

/** How errors grow with the distance: between those of a level that stays (0) and of a random walk (0.5). */
const GROWTH = 0.35;
/** Looks back at which what they say and what the naive's errors say count alike. Those looks overlap, hence so many. */
const HALF_TRUSTED = 6;
/** Half a band in mean absolute errors. For normal errors 1.6 and 2.5: series break their habits more often than that. */
const REACH = { 80: 1.65, 95: 3.1 };
/** On logarithms, a bound a thousand times the path says no more than one a million times. */
const FURTHEST = Math.log(1_000);

/**
 * Bands from the errors made when looking back: their size, levelled by distance, times how far errors reach. Few looks back may have been
 * lucky, so their errors count for no less than a mean with those of the seasonal naive.
 */
export function bandsOf(source: BandSource): { bands80: ForecastBand; bands95: ForecastBand } {
  const { series, path } = source;
  const lowest = Math.min(...series.slice(-1_100));
  // As shares of the level where that means something: wide above, narrow below, and never below zero.
  const asShares = hasRatios(series) && path.every((value) => value > lowest / 10);
  const size = sizeOf(source, asShares ? Math.log : (value) => value);
  const band = (reach: number): ForecastBand => {
    const bound = (side: -1 | 1) =>
      path.map((value, h) => {
        const off = reach * size * growth(h, source.season);
        const at = asShares ? value * Math.exp(side * Math.min(off, FURTHEST)) : value + side * off;
        return source.nonNegative ? Math.max(0, at) : at;
      });
    return { lower: bound(-1), upper: bound(1) };
  };
  return { bands80: band(REACH[80]), bands95: band(REACH[95]) };
}

/** The size of an error at the distance where `growth` is 1. */
function sizeOf({ series, season, looks }: BandSource, scale: (value: number) => number): number {
  let [sum, points] = [0, 0];
  const tiny = Math.min(...series.slice(-1_100)) / 100;
  for (const { actual, path } of looks) {
    for (let h = 0; h < path.length; h++) {
      const [came, said] = [actual[h] as number, path[h] as number];
      const off = scale === Math.log ? Math.log(Math.max(came, tiny)) - Math.log(Math.max(said, tiny)) : came - said;
      sum += Math.abs(off) / growth(h, season);
      points += 1;
    }
  }
  const scaled = series.slice(-1_100).map(scale);
  const lag = scaled.length > season ? season : 1;
  if (scaled.length < 2) return Math.abs(scaled[0] ?? 0); // one point says nothing of how much it varies
  const naive = 0.9 * meanStep(scaled, lag) * (1 + 2 / scaled.length);
  if (!points) return naive;
  const own = sum / points;
  const trust = looks.length / (looks.length + HALF_TRUSTED);
  return Math.max(own, own ** trust * naive ** (1 - trust));
}

function growth(h: number, season: number): number {
  const reference = season === 1 ? 1.5 : Math.max(1.5 * season, 20);
  return ((h + 1) / reference) ** GROWTH;
}
