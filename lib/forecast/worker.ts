/** The forecasting thread: answers each series with its forecast, or with what stands out in it, and campaigns with tiers. */
import { InputError } from "@/lib/errors.ts";
import { detect, type Detected } from "./anomalies/detect.ts";
import { type Classification, classifyCampaigns } from "./tiers/classify.ts";
import type { CampaignHalves } from "./tiers/examples.ts";
import { forecastSeries, type SeriesForecast, type SeriesOptions } from "./models/mod.ts";

/** One series to forecast; without options, to look through for what stands out; or campaigns to tell tiers of. */
export type ForecastRequest =
  | { id: number; series: readonly number[]; options: SeriesOptions | null }
  | { id: number; campaigns: readonly CampaignHalves[]; halves: number };

/** What comes back; `ready` once, when the models are loaded. */
export type ForecastAnswer =
  | { ready: true }
  | { id: number; found: SeriesForecast | Detected | Classification }
  | { id: number; error: string; input?: { code: string; status: number } };

declare const self: {
  onmessage: ((event: MessageEvent<ForecastRequest>) => void) | null;
  postMessage(answer: ForecastAnswer): void;
};

self.onmessage = ({ data }) => {
  const { id } = data;
  try {
    self.postMessage({ id, found: foundIn(data) });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const input = error instanceof InputError ? { code: error.code, status: error.status } : undefined;
    self.postMessage({ id, error: message, input });
  }
};
self.postMessage({ ready: true });

function foundIn(asked: ForecastRequest): SeriesForecast | Detected | Classification {
  if ("campaigns" in asked) return classifyCampaigns(asked.campaigns, asked.halves);
  return asked.options ? forecastSeries(asked.series, asked.options) : detect(asked.series);
}
