/** What stood out, for widget tests: one day of everything, one of a campaign, a new level, and one that was put aside. */
import { addDays } from "@/lib/model/calendar.ts";
import {
  type AnomaliesAnswer,
  anomaliesAnswerSchema,
  type AnomaliesQueryInput,
  type ShownAnomaly,
} from "@/lib/model/mod.ts";
import { type AnswerOptions, HOSTILE } from "./widget_answers.ts";

const TO = "2026-11-22";

/** The answer to a question for what stood out; where there are no numbers, that there are too few. */
export function anomaliesAnswer(input: AnomaliesQueryInput, { kind = "plain" }: AnswerOptions = {}): AnomaliesAnswer {
  const { dataset, days = 90 } = input;
  const range = { from: addDays(TO, 1 - days), to: TO };
  const watch = { made: "2026-11-23T02:00:00.000Z", series: 9, have: 400, need: 56 };
  if (kind === "empty" || kind === "nulls") {
    return { range, anomalies: [], watch: { ...watch, series: 0, have: 20 } };
  }
  const campaign = kind === "hostile" ? HOSTILE : "Brand · Search · DE";
  const anomalies = [
    made(dataset, { day: addDays(TO, -4), metric: input.metric ?? "spend", actual: 6_120, expected: 4_050 }),
    made(dataset, { day: addDays(TO, -9), metric: "conversions", actual: 40, expected: 90, campaign, priced: true }),
    made(dataset, { day: addDays(TO, -30), metric: "cpa", actual: 41, expected: 30, kind: "level" }),
    made(dataset, { day: addDays(TO, -40), metric: "spend", actual: 1_000, expected: 4_000, aside: "Server was down" }),
    ...kind === "currencies"
      ? [made(dataset, { day: addDays(TO, -6), metric: "spend", actual: 90, expected: 30, currency: "GBP" })]
      : [],
  ];
  return anomaliesAnswerSchema.parse({ range, anomalies, watch });
}

function made(dataset: string, given: {
  day: string;
  metric: string;
  actual: number;
  expected: number;
  kind?: "day" | "level";
  campaign?: string;
  currency?: string;
  priced?: boolean;
  aside?: string;
}): ShownAnomaly {
  const { day, metric, actual, expected, kind = "day", campaign, currency = "EUR", priced, aside } = given;
  const at = "2026-11-23T02:00:00.000Z";
  const amount = (actual - expected) * (priced ? 48 : 1);
  const each = priced ? { amount: 48, metric: "Conversion value" } : null;
  return {
    id: `${metric}.${day}`,
    dataset,
    kind,
    series: metric,
    day,
    question: { dataset, metrics: [metric], grain: "day", horizon: 60 },
    metric: {
      name: metric,
      title: metric[0]!.toUpperCase() + metric.slice(1),
      format: metric === "conversions" ? "decimal" : "currency",
      better: metric === "conversions" ? "up" : metric === "cpa" ? "down" : "none",
    },
    currency,
    filters: null,
    scope: campaign ? [{ field: "campaign", value: campaign }] : [],
    definition: "d",
    actual,
    expected,
    worth: kind === "level" ? null : { amount, currency, each },
    cause: campaign ? null : { field: "platform", value: "google_ads", share: 0.8, silent: false },
    evidence: kind === "level" ? [{ detector: "level", before: expected, after: actual }] : [{
      detector: "band",
      source: "forecast",
      trainedTo: addDays(day, -3),
      expected,
      lower: expected * 0.9,
      upper: expected * 1.1,
      times: 4,
    }],
    within: null,
    state: "open",
    gone: null,
    dismissed: aside ? { reason: aside, by: "owner", at } : null,
    found: at,
    history: [{ at, by: "watcher", what: "found", note: "" }],
    version: 3,
    sentence: "It stood out.",
  };
}
