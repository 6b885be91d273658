/** The forecasting thread: answers each series with its forecast. */
import { InputError } from "@/lib/errors.ts";
import { forecastSeries, type SeriesForecast, type SeriesOptions } from "./models/mod.ts";

/** One series to forecast. */
export interface ForecastRequest {
  id: number;
  series: readonly number[];
  options: SeriesOptions;
}

/** What comes back; `ready` once, when the models are loaded. */
export type ForecastAnswer =
  | { ready: true }
  | { id: number; forecast: SeriesForecast }
  | { id: number; error: string; input?: { code: string; status: number } };

declare const self: {
  onmessage: ((event: MessageEvent<ForecastRequest>) => void) | null;
  postMessage(answer: ForecastAnswer): void;
};

self.onmessage = ({ data: { id, series, options } }) => {
  try {
    self.postMessage({ id, forecast: forecastSeries(series, options) });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const input = error instanceof InputError ? { code: error.code, status: error.status } : undefined;
    self.postMessage({ id, error: message, input });
  }
};
self.postMessage({ ready: true });
