import { createRequire } from "node:module";
import { initSync, MSTL } from "@bsull/augurs/mstl";
import type { Forecaster } from "./forecaster.ts";
import { hasRatios, onLogRatios } from "./statistics.ts";

/** It refuses shorter series. */
const FEWEST = 24;
/** Decomposition takes longest of all, and the season of forty seasons ago says nothing of the next. */
const MOST_SEASONS = 40;

/** Season and trend by LOESS, the rest by exponential smoothing, on logarithms where they mean something. */
export const mstl: Forecaster = {
  name: "mstl",
  title: "Seasonal-trend decomposition",
  forecast(all, { season, horizon }) {
    const series = all.slice(-Math.max(MOST_SEASONS * season, 120));
    if (season < 2 || series.length < Math.max(FEWEST, 2 * season) || isConstant(series)) return null;
    if (!hasRatios(series)) return decomposed(series, season, horizon);
    return onLogRatios(series, (logarithms) => decomposed(logarithms, season, horizon));
  },
};

let loaded = false;

function decomposed(series: readonly number[], season: number, horizon: number): number[] | null {
  if (!loaded) {
    const wasm = createRequire(import.meta.url).resolve("@bsull/augurs/mstl").replace(/\.js$/, "_bg.wasm");
    initSync({ module: Deno.readFileSync(wasm) });
    loaded = true;
  }
  const model = MSTL.ets([season]);
  try {
    model.fit(Float64Array.from(series));
    return [...model.predict(horizon).point];
  } catch (error) {
    if (typeof error === "string") return null; // how it refuses a series on which no smoothing fits
    throw error;
  } finally {
    model.free();
  }
}

function isConstant(series: readonly number[]): boolean {
  return series.every((value) => value === series[0]);
}
