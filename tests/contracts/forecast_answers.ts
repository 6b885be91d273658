/** Forecasts for widget tests: the numbers of `widget_answers.ts`, with expected values that go on from them. */
import { nextPeriod } from "@/lib/format/mod.ts";
import { addDays, daysBetween, endOf, startOf } from "@/lib/model/calendar.ts";
import {
  type AccuracyReport,
  accuracyReportSchema,
  type ActualPoint,
  type ForecastAnswer,
  type ForecastPoint,
  type ForecastQueryInput,
  forecastQuerySchema,
  forecastResultSchema,
  type ForecastTotal,
} from "@/lib/model/mod.ts";
import { answer, type AnswerOptions, HOSTILE } from "./widget_answers.ts";

/** The answer to a question about what is to come; where there are no numbers, the refusal. */
export function forecastAnswer(input: ForecastQueryInput, { kind = "plain" }: AnswerOptions = {}): ForecastAnswer {
  const query = forecastQuerySchema.parse(input);
  const [metric] = query.metrics;
  const name = typeof metric === "string" ? metric : metric?.name ?? "";
  if (kind === "empty" || kind === "nulls") {
    const message = `Cannot forecast "${name}" yet: there are 9 of the 14 whole days that it takes; 5 more are needed`;
    return { state: "refused", code: "too-short", message, have: 9, need: 14 };
  }
  const { rows, columns } = answer({ dataset: query.dataset, metrics: query.metrics, grain: query.grain });
  const column = columns.find((column) => column.name === name);
  const actuals = rows.map((row, at) => ({
    period: String(row.period),
    value: typeof row[name] === "number" ? row[name] : null,
    final: at < rows.length - 3,
  }));
  const trained = actuals.filter(({ final }) => final);
  const complete = actuals.at(-1)!.period;
  const unit = query.total &&
    { unit: query.total, from: startOf(complete, query.total), to: endOf(complete, query.total) };
  const ahead = Math.max(query.horizon + 3, unit ? daysBetween(trained.at(-1)!.period, unit.to) : 0);
  const points = pointsFrom(trained.at(-1)!, ahead, query.grain);
  return forecastResultSchema.parse({
    state: "ready",
    dataset: query.dataset,
    metric: { name, title: kind === "hostile" ? HOSTILE : column?.title, format: column?.format, better: "none" },
    filters: null,
    grain: query.grain,
    currency: "EUR",
    version: 1,
    definition: "d",
    trained: { from: trained[0]!.period, to: trained.at(-1)!.period, periods: trained.length },
    maturityDays: 3,
    complete,
    points,
    total: unit && totalFrom(unit, actuals, points),
    model: "combination",
    weights: { theta: 1 },
    backtest: {
      origins: 4,
      points: 40,
      mase: 0.7,
      smape: 8.1,
      mae: 12,
      naive: { mase: 0.9, smape: 11, mae: 16 },
      beatsNaive: true,
      members: { theta: 12 },
    },
    filled: [],
    notices: kind === "hostile" ? [{ code: "immature", message: HOSTILE }] : [],
    actuals,
    earlier: {
      made: "2026-10-20T02:00:00.000Z",
      to: trained[5]!.period,
      points: pointsFrom(trained[5]!, 30, query.grain),
    },
  });
}

/** A unit's course and end, its band as wide as that of its last day for each day that is expected. */
function totalFrom(
  unit: Pick<ForecastTotal, "unit" | "from" | "to">,
  actuals: ActualPoint[],
  points: ForecastPoint[],
): ForecastTotal {
  let [sum, settled] = [0, 0];
  const course = actuals.filter(({ period }) => period >= unit.from).map(({ period, value, final }) => {
    sum += value ?? 0;
    if (final) settled = sum;
    return { period, value: sum };
  });
  let expected = settled;
  const inside = points.filter(({ period }) => period >= unit.from && period <= unit.to);
  return {
    ...unit,
    settled,
    course,
    points: inside.map(({ period, value, upper80, upper95 }, at) => {
      expected += value;
      const [wide, wider] = [upper80 - value, upper95 - value].map((one) => one * Math.sqrt(at + 1)) as [
        number,
        number,
      ];
      return {
        period,
        value: expected,
        lower80: expected - wide,
        upper80: expected + wide,
        lower95: expected - wider,
        upper95: expected + wider,
      };
    }),
  };
}

/** How right forecasts were; null where there are no numbers. */
export function accuracyAnswer(dataset: string, { kind = "plain" }: AnswerOptions = {}): AccuracyReport | null {
  if (kind === "empty" || kind === "nulls") return null;
  const score = { periods: 70, error: 0.081, naive: 0.11, inside80: 0.79, inside95: 0.94 };
  const miss = {
    metric: kind === "hostile" ? HOSTILE : "Spend",
    format: "currency",
    currency: "EUR",
    of: kind === "hostile" ? HOSTILE : "Brand · Search · DE",
    grain: "day",
    expected: 1_200,
    lower: 900,
    upper: 1_500,
    came: 2_400,
    times: 4,
    model: "combination",
  };
  return accuracyReportSchema.parse({
    id: dataset,
    made: "2026-11-23T02:00:00.000Z",
    forecasts: 48,
    outdated: 1,
    outdatedBy: { rollback: 1 },
    overall: score,
    weeks: Array.from({ length: 6 }, (_, at) => ({
      ...score,
      week: addDays("2026-10-12", 7 * at),
      error: 0.08 + 0.01 * (at % 3),
    })),
    models: [
      { ...score, model: "combination", forecasts: 40 },
      { ...score, model: "seasonal-naive", forecasts: 8, error: 0.11 },
    ],
    distances: [{ ...score, title: "1 to 7 ahead" }],
    misses: Array.from({ length: 5 }, (_, at) => ({ ...miss, period: addDays("2026-11-01", at), times: 4 - at / 2 })),
  });
}

function pointsFrom(
  { period, value }: { period: string; value: number | null },
  count: number,
  grain: "day" | "week" | "month",
): ForecastPoint[] {
  const points: ForecastPoint[] = [];
  for (let ahead = 1; ahead <= count; ahead++) {
    period = nextPeriod(period, grain);
    const expected = (value ?? 0) * (1 + 0.1 * Math.sin(ahead));
    const wide = expected * 0.05 * Math.sqrt(ahead);
    points.push({
      period,
      value: expected,
      lower80: expected - wide,
      upper80: expected + wide,
      lower95: expected - 1.6 * wide,
      upper95: expected + 1.6 * wide,
      naive: value ?? 0,
    });
  }
  return points;
}
