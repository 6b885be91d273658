/** Forecasting of vectors of plain numbers: no stores, no clock. */
export { type Accuracy, accuracyOf } from "./accuracy.ts";
export type { Forecaster, ForecastTask } from "./forecaster.ts";
export { forecastSeries, SEASONS } from "./forecast_series.ts";
export { MEMBERS } from "./members.ts";
export {
  type Backtest,
  type ForecastBand,
  type ForecastNote,
  type SeriesForecast,
  type SeriesOptions,
} from "./series_forecast.ts";
