import type { Forecaster } from "./forecaster.ts";

/** Every period as one season ago: what a model has to beat. Without a season: as the last one. */
export const seasonalNaive: Forecaster = {
  name: "seasonal-naive",
  title: "As one season ago",
  forecast(series, { season, horizon }) {
    const back = Math.min(season, series.length);
    return Array.from({ length: horizon }, (_, h) => series[series.length - back + h % back] as number);
  },
};
