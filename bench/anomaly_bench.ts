/**
 * `deno task bench:anomalies [--series 40] [--json]`: how often days are said to stand out that do not, and how many that
 * do are found. Series of 200 days with weekdays and noise of four sizes, half of it carried over from the day before;
 * into each a single day or a new level is put, the last twelve weeks are judged as the product judges them. Seeds are
 * fixed: the same figures each time.
 */
import process from "node:process";
import { parseArgs } from "node:util";
import { detect, LEAST_SCORE, SUSPECT_WEEKS } from "@/lib/forecast/anomalies/detect.ts";
import { LEAST_TIMES, lookBack, timesOff } from "@/lib/forecast/anomalies/watch_series.ts";
import { forecastSeries } from "@/lib/forecast/models/mod.ts";
import { addDays } from "@/lib/model/calendar.ts";

const DAYS = 200;
const START = "2025-01-06"; // a Monday
/** Deviations of the daily noise, as shares of the level. */
const NOISES = [0.05, 0.1, 0.2, 0.35];
/** What a day is multiplied by, and where it stands, counted from the end. */
const SINGLE = [0, 0.5, 0.7, 1.5, 2, 3];
const SINGLE_BACK = 25;
/** What a level is multiplied by, and since when. */
const LEVELS = [0.5, 0.7, 1.4, 2];
const LEVEL_BACK = 40;
/** A new level is found where it is dated so near. */
const NEAR_DAYS = 3;

/** What was measured at one size of noise. */
export interface AnomalyFigures {
  noise: number;
  /** Days that were judged in series without anomalies, and the share said to stand out: by the weeks alone, by both. */
  days: number;
  suspected: number;
  flagged: number;
  /** New levels said to be there, for each series and year. */
  levels: number;
  /** Share found of single days and of new levels, by what they were multiplied by. */
  found: { factor: number; share: number }[];
  foundLevels: { factor: number; share: number }[];
}

/** Measures one size of noise. */
export async function measureAnomalies(noise: number, count: number): Promise<AnomalyFigures> {
  const series = Array.from({ length: count }, (_, seed) => noisySeries(noise, seed + 1));
  const plain = await Promise.all(series.map(judged));
  const days = count * 7 * SUSPECT_WEEKS;
  const share = (values: boolean[]) => values.filter(Boolean).length / values.length;
  const at = DAYS - SINGLE_BACK;
  const found = await Promise.all(SINGLE.map(async (factor) => {
    const all = await Promise.all(
      series.map((values) => judged(values.map((value, i) => i === at ? factor * value : value))),
    );
    return { factor, share: share(all.map(({ flagged }) => flagged.includes(at))) };
  }));
  const from = DAYS - LEVEL_BACK;
  const foundLevels = LEVELS.map((factor) => ({
    factor,
    share: share(
      series.map((values) =>
        detect(values.map((value, i) => i >= from ? factor * value : value)).changes
          .some((one) => Math.abs(one.at - from) <= NEAR_DAYS)
      ),
    ),
  }));
  return {
    noise,
    days,
    suspected: sumOf(plain.map(({ suspected }) => suspected)) / days,
    flagged: sumOf(plain.map(({ flagged }) => flagged.length)) / days,
    levels: sumOf(plain.map(({ levels }) => levels)) / (count * DAYS / 365),
    found,
    foundLevels,
  };
}

/** What the product would say of a series. */
async function judged(values: readonly number[]): Promise<{ suspected: number; flagged: number[]; levels: number }> {
  const { suspects, changes } = detect(values);
  const standing = suspects.filter(({ score }) => score >= LEAST_SCORE);
  const periods = values.map((_, day) => addDays(START, day));
  const flagged: number[] = [];
  for (const { at } of standing) {
    const band = await lookBack({ forecast: (past, options) => forecastSeries(past, options) }, {
      own: values,
      periods,
    }, at);
    if (band && timesOff(values[at]!, band) >= LEAST_TIMES) flagged.push(at);
  }
  return { suspected: standing.length, flagged, levels: changes.length };
}

/** A series around 500 a day with weekdays; noise in shares, half of it carried over. */
function noisySeries(noise: number, seed: number): number[] {
  const next = gaussian(seed);
  let carried = 0;
  return Array.from({ length: DAYS }, (_, day) => {
    carried = 0.5 * carried + Math.sqrt(0.75) * next();
    return Math.max(0, 500 * (1 + 0.25 * Math.sin(2 * Math.PI * day / 7)) * Math.exp(noise * carried - noise ** 2 / 2));
  });
}

function gaussian(seed: number): () => number {
  let state = seed * 2_654_435_761 % 4_294_967_296;
  const uniform = () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return (state + 0.5) / 4_294_967_296;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function table(all: readonly AnomalyFigures[]): string {
  const percent = (value: number) => `${(100 * value).toFixed(value < 0.1 ? 2 : 0)} %`;
  const factors = (list: AnomalyFigures["found"]) => list.map(({ factor }) => `× ${factor}`);
  const [first] = all;
  const head = [
    "noise",
    "by weeks",
    "flagged",
    "levels/year",
    ...factors(first!.found),
    ...factors(first!.foundLevels).map((one) => `level ${one}`),
  ];
  const rows = all.map(({ noise, suspected, flagged, levels, found, foundLevels }) => [
    percent(noise),
    percent(suspected),
    percent(flagged),
    levels.toFixed(2),
    ...[...found, ...foundLevels].map(({ share }) => percent(share)),
  ]);
  const widths = head.map((text, column) => Math.max(text.length, ...rows.map((row) => row[column]!.length)));
  return [head, ...rows].map((row) => row.map((text, column) => text.padStart(widths[column]!)).join("  ")).join("\n");
}

if (import.meta.main) {
  const { values } = parseArgs({
    args: Deno.args,
    options: { series: { type: "string", default: "40" }, json: { type: "boolean", default: false } },
  });
  const count = Number(values.series);
  if (!Number.isInteger(count) || count < 1) {
    console.error(`Cannot measure "${values.series}" series: give a whole number from 1`);
    process.exit(2);
  }
  const all: AnomalyFigures[] = [];
  for (const noise of NOISES) all.push(await measureAnomalies(noise, count));
  if (values.json) console.log(JSON.stringify(all));
  else {
    const days = sumOf(all.map(({ days }) => days));
    console.log(`${count} series a noise, ${days} days without anomalies; then one day or one new level in each\n`);
    console.log(table(all));
  }
}
