/** Forecasting of vectors of plain numbers: no stores, no clock. */
export type { Forecaster, ForecastTask } from "./forecaster.ts";
export type { Backtest, ForecastBand, ForecastNote, SeriesForecast, SeriesOptions } from "./series_forecast.ts";
