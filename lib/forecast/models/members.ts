import { aggregates } from "./aggregates.ts";
import { dynamicTheta } from "./dynamic_theta.ts";
import type { Forecaster } from "./forecaster.ts";
import { mstl } from "./mstl.ts";
import { nearestWindows } from "./nearest_windows.ts";
import { seasonalDifferences } from "./seasonal_differences.ts";
import { seasonalNaive } from "./seasonal_naive.ts";
import { logSeasonalSmoothing, seasonalSmoothing } from "./seasonal_smoothing.ts";
import { theta } from "./theta.ts";
import { yearly } from "./yearly.ts";

/** The models that a combination is made of. The first is the one that all have to beat. */
export const MEMBERS: readonly Forecaster[] = [
  seasonalNaive,
  theta,
  dynamicTheta,
  seasonalSmoothing,
  logSeasonalSmoothing,
  aggregates,
  mstl,
  nearestWindows,
  seasonalDifferences,
  yearly,
];
