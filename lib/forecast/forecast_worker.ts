import { InputError, UnavailableError } from "@/lib/errors.ts";
import type { Detected } from "./anomalies/detect.ts";
import type { SeriesForecast, SeriesOptions } from "./models/mod.ts";
import type { Classification } from "./tiers/classify.ts";
import type { CampaignHalves } from "./tiers/examples.ts";
import type { ForecastAnswer, ForecastRequest } from "./worker.ts";

/** After this long without any answer a thread is taken for stuck; one series takes a second at most. */
const STUCK = 120_000;

/** A thread with the models holds some 40 MB; forecasts come in the night, so an idle server does without it. */
const IDLE = 20_000;

/** A request without its number. */
type Work = ForecastRequest extends infer One ? One extends { id: number } ? Omit<One, "id"> : never : never;

interface Asked {
  answer: (found: never) => void;
  refuse: (error: Error) => void;
}

/** One forecasting thread: started when it is needed, replaced when it dies or hangs, ended when it has nothing to do. */
export class ForecastWorker {
  #worker: Worker | null = null;
  #next = 1;
  #closed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #asked = new Map<number, Asked>();

  /** How many series wait. */
  get waiting(): number {
    return this.#asked.size;
  }

  /** Forecasts a series. Rejects with InputError where it cannot be used, UnavailableError where the thread ended. */
  forecast(series: readonly number[], options: SeriesOptions): Promise<SeriesForecast> {
    return this.#ask<SeriesForecast>({ series, options });
  }

  /** What stands out in a series of days. Rejects as `forecast` does. */
  detect(series: readonly number[]): Promise<Detected> {
    return this.#ask<Detected>({ series, options: null });
  }

  /** What becomes of campaigns. Rejects as `forecast` does. */
  classify(campaigns: readonly CampaignHalves[], halves: number): Promise<Classification> {
    return this.#ask<Classification>({ campaigns, halves });
  }

  #ask<Found>(work: Work): Promise<Found> {
    if (this.#closed) return Promise.reject(new UnavailableError("Cannot forecast: forecasting has been closed"));
    this.#worker ??= this.#start();
    const worker = this.#worker;
    const request: ForecastRequest = { id: this.#next++, ...work };
    return new Promise<Found>((answer, refuse) => {
      this.#asked.set(request.id, { answer, refuse });
      worker.postMessage(request);
      if (this.#asked.size === 1) this.#watch();
    });
  }

  /** Ends the thread; what waits is rejected. */
  close(): void {
    this.#closed = true;
    this.#end("forecasting has been closed");
  }

  #start(): Worker {
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "forecast" });
    worker.onmessage = ({ data }: MessageEvent<ForecastAnswer>) => {
      if ("id" in data) this.#settle(data);
      this.#watch();
    };
    worker.onerror = (event) => {
      event.preventDefault(); // else the whole server goes down with its thread
      this.#end(`the forecasting thread ended: ${event.message}`);
    };
    return worker;
  }

  #settle(data: Exclude<ForecastAnswer, { ready: true }>): void {
    const asked = this.#asked.get(data.id);
    this.#asked.delete(data.id);
    if ("found" in data) asked?.answer(data.found as never);
    else if (data.input) asked?.refuse(new InputError(data.input.code, data.error, {}, data.input.status));
    else asked?.refuse(new Error(`Cannot forecast a series: ${data.error}`));
  }

  /** Waits for the next sign of life, or for the end of idleness. */
  #watch(): void {
    clearTimeout(this.#timer);
    if (this.#closed) return;
    this.#timer = this.#asked.size > 0
      ? setTimeout(() => this.#end(`the forecasting thread gave no answer within ${STUCK} ms`), STUCK)
      : setTimeout(() => this.#end("it was idle"), IDLE);
  }

  #end(why: string): void {
    clearTimeout(this.#timer);
    this.#worker?.terminate();
    this.#worker = null; // the next series starts a new one
    for (const { refuse } of this.#asked.values()) refuse(new UnavailableError(`Cannot forecast: ${why}`));
    this.#asked.clear();
  }
}
