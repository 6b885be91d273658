/** The forecast line as data: what was, what is expected with its bands, and what was expected a month ago. */
import { formatPeriodFull, nextPeriod } from "@/lib/format/mod.ts";
import type { ForecastPoint, ForecastResult, ShownAnomaly } from "@/lib/model/mod.ts";
import type { ChartSeries, ChartSpec } from "@/lib/widget/chart_spec.ts";
import type { ChartInput } from "@/lib/widget/mod.ts";
import type { ForecastLineOptions } from "./options.ts";

/** The chart of a forecast line; null where nothing is forecast. */
export function forecastLineChart(
  { options, forecasts, anomalies, locale }: ChartInput<ForecastLineOptions>,
): ChartSpec | null {
  const forecast = forecasts?.main;
  if (forecast?.state !== "ready") return null;
  const labels = periodsOf(forecast, options.history);
  const { format, title } = forecast.metric;
  const line = (name: string, values: (number | null)[], more: Partial<ChartSeries>): ChartSeries => ({
    name,
    kind: "line",
    color: 1,
    format,
    values,
    ...more,
  });
  const actuals = new Map(forecast.actuals.map(({ period, value }) => [period, value]));
  const expected = byPeriod(forecast.points);
  const of = (field: Exclude<keyof ForecastPoint, "period">) =>
    labels.map((period) => expected.get(period)?.[field] ?? null);
  const bands = options.bands === "both" ? ["95", "80"] as const : [options.bands];
  return {
    type: "cartesian",
    labels,
    time: options.grain,
    ...chosenFrom(forecast),
    series: [
      ...bands.flatMap((share) => [
        line(`${share} % from`, of(`lower${share}`), { band: "lower" }),
        line(`${share} % to`, of(`upper${share}`), { band: "upper" }),
      ]),
      line(title, labels.map((period) => actuals.get(period) ?? null), {}),
      line("Expected", of("value"), { dashed: true }),
      ...marks(actuals, labels, { found: anomalies?.marks?.anomalies ?? [], line }),
      ...options.earlier ? earlierLine(forecast, labels, { line, locale }) : [],
    ],
    currency: forecast.currency,
  };
}

/** The days that stand out, as points on what was; none where there is none to show. */
function marks(
  actuals: ReadonlyMap<string, number | null>,
  labels: string[],
  { found, line }: {
    found: readonly ShownAnomaly[];
    line: (name: string, values: (number | null)[], more: Partial<ChartSeries>) => ChartSeries;
  },
): ChartSeries[] {
  const days = new Set(found.map(({ day }) => day));
  const values = labels.map((period) => days.has(period) ? actuals.get(period) ?? null : null);
  return values.every((value) => value === null) ? [] : [line("Stands out", values, { color: 3, dots: true })];
}

/** Days that can be chosen: those that were. What is still to come shows nothing in any other tile. */
function chosenFrom({ actuals, grain }: ForecastResult): Pick<ChartSpec, "range"> {
  const [first, last] = [actuals[0]?.period, actuals.at(-1)?.period];
  if (!first || !last) return {};
  const after = Date.parse(nextPeriod(last, grain));
  return { range: { from: first, to: new Date(after - 86_400_000).toISOString().slice(0, 10) } };
}

function earlierLine(
  { earlier, grain }: ForecastResult,
  labels: string[],
  { line, locale }: {
    line: (name: string, values: (number | null)[], more: Partial<ChartSeries>) => ChartSeries;
    locale: string;
  },
): ChartSeries[] {
  if (!earlier) return [];
  const said = byPeriod(earlier.points);
  const values = labels.map((period) => said.get(period)?.value ?? null);
  if (values.every((value) => value === null)) return [];
  const until = formatPeriodFull(earlier.to, grain === "month" ? "month" : "day", { locale });
  return [line(`Expected as of ${until}`, values, { color: "compare", comparison: true })];
}

/** From the first shown actual to the last expected period, none left out. */
function periodsOf({ actuals, points, grain }: ForecastResult, history: number): string[] {
  const first = actuals.at(-Math.min(history, actuals.length))?.period ?? points[0]?.period;
  const last = points.at(-1)?.period;
  const periods: string[] = [];
  if (!first || !last) return periods;
  for (let period = first; period <= last && periods.length < 2_000; period = nextPeriod(period, grain)) {
    periods.push(period);
  }
  return periods;
}

function byPeriod(points: ForecastPoint[]): Map<string, ForecastPoint> {
  return new Map(points.map((point) => [point.period, point]));
}
