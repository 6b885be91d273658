/** The forecasting thread: answers each series with its forecast, or with what stands out in it. */
import { InputError } from "@/lib/errors.ts";
import { detect, type Detected } from "./anomalies/detect.ts";
import { forecastSeries, type SeriesForecast, type SeriesOptions } from "./models/mod.ts";

/** One series to forecast; without options, to look through for what stands out. */
export interface ForecastRequest {
  id: number;
  series: readonly number[];
  options: SeriesOptions | null;
}

/** What comes back; `ready` once, when the models are loaded. */
export type ForecastAnswer =
  | { ready: true }
  | { id: number; found: SeriesForecast | Detected }
  | { id: number; error: string; input?: { code: string; status: number } };

declare const self: {
  onmessage: ((event: MessageEvent<ForecastRequest>) => void) | null;
  postMessage(answer: ForecastAnswer): void;
};

self.onmessage = ({ data: { id, series, options } }) => {
  try {
    self.postMessage({ id, found: options ? forecastSeries(series, options) : detect(series) });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const input = error instanceof InputError ? { code: error.code, status: error.status } : undefined;
    self.postMessage({ id, error: message, input });
  }
};
self.postMessage({ ready: true });
