import { ForecastWorker } from "./forecast_worker.ts";
import type { SeriesForecast, SeriesOptions } from "./models/mod.ts";

/** Forecasting on threads of its own, so that nothing runs on the one that serves. */
export interface ForecastPool {
  /** As `forecastSeries`. Rejects with InputError where the series cannot be used, UnavailableError where a thread ended. */
  forecast(series: readonly number[], options: SeriesOptions): Promise<SeriesForecast>;
  /** Ends the threads; what waits is rejected. */
  close(): void;
}

/** Opens forecasting on some threads; they start with the first series and end when idle. */
export function openForecastPool({ workers = 1 }: { workers?: number } = {}): ForecastPool {
  const pool = Array.from({ length: Math.max(1, workers) }, () => new ForecastWorker());
  return {
    forecast(series, options) {
      const freest = pool.reduce((best, worker) => worker.waiting < best.waiting ? worker : best);
      return freest.forecast(series, options);
    },
    close() {
      for (const worker of pool) worker.close();
    },
  };
}
