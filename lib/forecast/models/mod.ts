/** Forecasting of vectors of plain numbers: no stores, no clock. */
export { type Accuracy, accuracyOf } from "./accuracy.ts";
export type { Forecaster, ForecastTask } from "./forecaster.ts";
export { forecastAlone } from "./forecast_alone.ts";
export { forecastSeries } from "./forecast_series.ts";
export { MEMBERS } from "./members.ts";
export { SEASONS } from "./prepare.ts";
export {
  type Backtest,
  type ForecastBand,
  type ForecastNote,
  type ForecastSums,
  type SeriesForecast,
  type SeriesOptions,
} from "./series_forecast.ts";
