/**
 * `deno task bench:forecast FILE.csv --season 12 --horizon 18 [--default-only] [--json]`: how well series are forecast
 * whose last values are held back. The file has the columns `series_id,category,split,t,period,value`; models see rows of
 * `split=train` only. Prints the product's default and each of its members: sMAPE, MASE, how many values lay inside the
 * bands of 80 and 95 %, how wide those are (in mean steps of the seasonal naive), and how many sums over the horizon lay
 * inside their own bands. `--demo` in the place of a file: sixty daily series of the demo's campaigns, four weeks ahead.
 */
import process from "node:process";
import { parseArgs } from "node:util";
import { demoSeries } from "./demo_series.ts";
import { type HeldOutSeries, readHeldOutSeries } from "./forecast_series_file.ts";
import type { BenchRequest, Measured } from "./forecast_worker.ts";

/** One line of the table. */
export interface ForecastFigures {
  model: string;
  series: number;
  refused: number;
  smape: number;
  mase: number;
  coverage80: number;
  coverage95: number;
  width80: number;
  width95: number;
  /** Share of series whose sum over the horizon lay inside its own bands; null where none are given. */
  sum80: number | null;
  sum95: number | null;
  /** Seconds on all threads together. */
  seconds: number;
  /** Series on which nothing beat the naive. */
  naive: number;
}

/** Brings what was measured of one model together: means over series, shares over points. */
export function figuresOf(model: string, measured: readonly Measured[]): ForecastFigures {
  const done = measured.flatMap(({ result }) => result ? [result] : []);
  const mean = (values: (number | null)[]) => {
    const known = values.filter((value) => value !== null);
    return known.reduce((sum, value) => sum + value, 0) / known.length;
  };
  const points = done.reduce((sum, result) => sum + result.points, 0);
  const share = (inside: "inside80" | "inside95") => done.reduce((sum, result) => sum + result[inside], 0) / points;
  const summed = (inside: "sum80" | "sum95") => {
    const known = done.flatMap((result) => result[inside] ?? []);
    return known.length ? known.filter(Boolean).length / known.length : null;
  };
  return {
    model,
    series: done.length,
    refused: measured.length - done.length,
    smape: mean(done.map(({ smape }) => smape)),
    mase: mean(done.map(({ mase }) => mase)),
    coverage80: share("inside80"),
    coverage95: share("inside95"),
    width80: mean(done.map(({ width80 }) => width80)),
    width95: mean(done.map(({ width95 }) => width95)),
    sum80: summed("sum80"),
    sum95: summed("sum95"),
    seconds: measured.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / 1_000,
    naive: done.filter(({ naive }) => naive).length,
  };
}

/** Measures all series, on a thread a core. */
export async function benchForecasts(
  series: readonly HeldOutSeries[],
  options: Omit<BenchRequest, "series">,
): Promise<Measured[]> {
  const threads = threadsFor(series);
  const parts = Array.from({ length: threads }, (_, i) => series.filter((_, at) => at % threads === i));
  return (await Promise.all(parts.map((part) => onThread({ series: part, ...options })))).flat();
}

function onThread(request: BenchRequest): Promise<Measured[]> {
  const worker = new Worker(new URL("./forecast_worker.ts", import.meta.url), { type: "module" });
  return new Promise<Measured[]>((answer, refuse) => {
    worker.onmessage = ({ data }: MessageEvent<Measured[]>) => answer(data);
    worker.onerror = (event) => {
      event.preventDefault();
      refuse(new Error(`Cannot measure forecasts: ${event.message}`));
    };
    worker.postMessage(request);
  }).finally(() => worker.terminate());
}

function tableOf(figures: readonly ForecastFigures[]): string {
  const header = [
    "model",
    "series",
    "refused",
    "sMAPE",
    "MASE",
    "in 80 %",
    "in 95 %",
    "width 80",
    "width 95",
    "sum 80 %",
    "sum 95 %",
    "seconds",
  ];
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const lines = figures.map((figure) => [
    figure.model,
    String(figure.series),
    String(figure.refused),
    ...figure.series
      ? [
        figure.smape.toFixed(2),
        figure.mase.toFixed(3),
        percent(figure.coverage80),
        percent(figure.coverage95),
        figure.width80.toFixed(2),
        figure.width95.toFixed(2),
        figure.sum80 === null ? "–" : percent(figure.sum80),
        figure.sum95 === null ? "–" : percent(figure.sum95),
      ]
      : Array.from({ length: 8 }, () => "–"),
    figure.seconds.toFixed(1),
  ]);
  const widths = header.map((_, i) => Math.max(...[header, ...lines].map((line) => (line[i] ?? "").length)));
  return [header, ...lines].map((line) =>
    line.map((cell, i) => i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)).join("  ")
  ).join("\n");
}

/** How many series a month's bench and a night's run have to get through, and in how many seconds. */
const GOALS = { months: { series: 2_000, seconds: 60 }, demo: { series: 60, seconds: 5 } };

/** How long so many such series take by the default on all threads, beside the goal. */
export function paceLine(
  { series, seconds }: Pick<ForecastFigures, "series" | "seconds">,
  threads: number,
  goal: { series: number; seconds: number },
): string {
  const all = goal.series * seconds / Math.max(1, series) / threads;
  return `By the default, ${goal.series.toLocaleString("en")} such series take ${all.toFixed(1)} s on ${threads} ` +
    `${threads === 1 ? "thread" : "threads"} (goal ${goal.seconds} s).`;
}

/** Threads that so many series are measured on. */
function threadsFor(series: readonly unknown[]): number {
  return Math.max(1, Math.min(navigator.hardwareConcurrency, series.length));
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    args: Deno.args,
    allowPositionals: true,
    options: {
      demo: { type: "boolean", default: false },
      season: { type: "string" },
      horizon: { type: "string" },
      "default-only": { type: "boolean", default: false },
      json: { type: "boolean", default: false },
    },
  });
  const [file] = positionals;
  const { demo } = values;
  if (!file && !demo) {
    throw new TypeError("Cannot measure: name a CSV file with series, as in `bench:forecast FILE.csv`");
  }
  const usual = demo ? { season: "7", horizon: "28" } : { season: "12", horizon: "18" };
  const [season, horizon] = (["season", "horizon"] as const).map((name) => {
    const value = Number(values[name] ?? usual[name]);
    if (Number.isSafeInteger(value) && value > 0) return value;
    throw new TypeError(`Cannot measure: --${name} must be a whole number above 0, not "${values[name]}"`);
  }) as [number, number];
  const series = file ? readHeldOutSeries(await Deno.readTextFile(file)) : demoSeries({ count: 60, horizon });
  // Days may have a season of a year on top; of other grains the one named is all there is.
  const [grain, seasons] = season === 7 ? ["day" as const, [7, 365]] : ["month" as const, [season]];
  const begun = performance.now();
  const before = processorSeconds();
  const measured = await benchForecasts(series, {
    options: { grain, seasons, horizon },
    members: !values["default-only"],
  });
  const seconds = (performance.now() - begun) / 1_000;
  const processor = processorSeconds() - before;
  const models = [...new Set(measured.map(({ model }) => model))];
  const figures = models.map((model) => figuresOf(model, measured.filter((one) => one.model === model)));
  if (values.json) {
    console.log(JSON.stringify({ file, season, horizon, series: series.length, seconds, processor, figures }, null, 2));
    return;
  }
  console.log(tableOf(figures));
  const naive = figures[0]?.naive ?? 0;
  console.log(
    `\n${series.length} series in ${seconds.toFixed(1)} s (${processor.toFixed(1)} s of processor time); ` +
      `on ${naive} nothing beat the seasonal naive.`,
  );
  if (figures[0]) console.log(paceLine(figures[0], threadsFor(series), demo ? GOALS.demo : GOALS.months));
}

/** What this process has used on all threads: unlike the clock, the same on a busy machine. */
function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

if (import.meta.main) await main();
