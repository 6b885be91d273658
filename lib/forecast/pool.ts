import type { Detected } from "./anomalies/detect.ts";
import { ForecastWorker } from "./forecast_worker.ts";
import type { Classification } from "./tiers/classify.ts";
import type { CampaignHalves } from "./tiers/examples.ts";
import type { SeriesForecast, SeriesOptions } from "./models/mod.ts";

/** Forecasting on threads of its own, so that nothing runs on the one that serves. */
export interface ForecastPool {
  /** As `forecastSeries`. Rejects with InputError where the series cannot be used, UnavailableError where a thread ended. */
  forecast(series: readonly number[], options: SeriesOptions): Promise<SeriesForecast>;
  /** As `detect`: what stands out in a series of days. Rejects where a thread ended. */
  detect(series: readonly number[]): Promise<Detected>;
  /** As `classifyCampaigns`: what becomes of campaigns. Rejects where a thread ended. */
  classify(campaigns: readonly CampaignHalves[], halves: number): Promise<Classification>;
  /** Ends the threads; what waits is rejected. */
  close(): void;
}

/** Opens forecasting on some threads; they start with the first series and end when idle. */
export function openForecastPool({ workers = 1 }: { workers?: number } = {}): ForecastPool {
  const pool = Array.from({ length: Math.max(1, workers) }, () => new ForecastWorker());
  const freest = () => pool.reduce((best, worker) => worker.waiting < best.waiting ? worker : best);
  return {
    forecast: (series, options) => freest().forecast(series, options),
    detect: (series) => freest().detect(series),
    classify: (campaigns, halves) => freest().classify(campaigns, halves),
    close() {
      for (const worker of pool) worker.close();
    },
  };
}
