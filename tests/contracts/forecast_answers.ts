/** Forecasts for widget tests: the numbers of `widget_answers.ts`, with expected values that go on from them. */
import { nextPeriod } from "@/lib/format/mod.ts";
import {
  type ForecastAnswer,
  type ForecastPoint,
  type ForecastQueryInput,
  forecastQuerySchema,
  forecastResultSchema,
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
  const points = pointsFrom(trained.at(-1)!, query.horizon + 3, query.grain);
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
    complete: actuals.at(-1)!.period,
    points,
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
