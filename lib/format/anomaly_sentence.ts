/** An anomaly in words: what came instead of what was expected, what that is worth, and where most of it comes from. */
import type { Anomaly } from "@/lib/model/mod.ts";
import { formatPeriodFull } from "./dates.ts";
import { valueLabel } from "./labels.ts";
import { formatMetric } from "./numbers.ts";

type Said = Pick<
  Anomaly,
  "kind" | "day" | "metric" | "currency" | "scope" | "actual" | "expected" | "worth" | "cause" | "evidence" | "gone"
>;

/** One or two sentences. */
export function anomalySentence(anomaly: Said, locale: string): string {
  const said = [anomaly.kind === "day" ? daySentence(anomaly, locale) : levelSentence(anomaly, locale)];
  const worth = worthSentence(anomaly, locale);
  if (worth) said.push(worth);
  if (anomaly.cause) said.push(causeSentence(anomaly, locale));
  if (anomaly.gone) said.push(goneSentence(anomaly, locale));
  return said.join(" ");
}

/** What stands beside its day, subject and amount in a list: the numbers, how it was priced, and where it comes from. */
export function anomalyDetail(anomaly: Said, locale: string): string {
  const { actual, expected, worth, evidence } = anomaly;
  const band = evidence.find((one) => one.detector === "band");
  const bounds = band && [band.lower, band.upper].map((bound) => value(anomaly, bound, locale));
  const said = [
    `${value(anomaly, actual, locale)}${aDay(anomaly)} instead of ${value(anomaly, expected, locale)}` +
    `${bounds ? ` (or ${bounds[0]} to ${bounds[1]})` : ""}.`,
  ];
  if (worth?.each) said.push(`Priced at the usual ${eachText(worth.each, worth.currency, locale)}.`);
  if (anomaly.cause) said.push(causeSentence(anomaly, locale));
  if (anomaly.gone) said.push(goneSentence(anomaly, locale));
  return said.join(" ");
}

/** What the difference is worth, with its sign: "+€412", "-€90 a day"; null where it has no price. */
export function anomalyAmount({ kind, worth }: Pick<Anomaly, "kind" | "worth">, locale: string): string | null {
  if (!worth) return null;
  const amount = formatMetric(worth.amount, "currency", { locale, currency: worth.currency, sign: true });
  return kind === "level" ? `${amount} a day` : amount;
}

/** What an anomaly is of: the metric, and what it is filtered to. */
export function anomalySubject({ metric, scope }: Pick<Anomaly, "metric" | "scope">, locale: string): string {
  const of = scope.map(({ field, value }) => valueLabel(field, value, locale)).join(", ");
  return of ? `${metric.title} of ${of}` : metric.title;
}

/** By how much it came out higher or lower, as a share of what was expected: "83 % more", "half". */
export function anomalyChange({ actual, expected }: Pick<Anomaly, "actual" | "expected">, locale: string): string {
  if (actual === 0) return "nothing at all";
  if (!(expected > 0)) return actual > expected ? "more" : "less";
  if (actual >= 3 * expected) {
    return `${new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(actual / expected)} times as much`;
  }
  const share = Math.abs(actual / expected - 1);
  return `${percent(share, locale)} ${actual > expected ? "more" : "less"}`;
}

function daySentence(anomaly: Said, locale: string): string {
  const { actual, expected, evidence, day } = anomaly;
  const band = evidence.find((one) => one.detector === "band");
  const [lower, upper] = [band?.lower, band?.upper].map((bound) => value(anomaly, bound ?? expected, locale));
  const range = band ? ` (or ${lower} to ${upper})` : "";
  const change = anomalyChange({ actual, expected }, locale);
  const beside = actual === 0 ? "instead of" : change.endsWith("as much") ? "as" : "than";
  return `${anomalySubject(anomaly, locale)} came to ${value(anomaly, actual, locale)} on ` +
    `${formatPeriodFull(day, "day", { locale })}, ${change} ${beside} the ${value(anomaly, expected, locale)} ` +
    `expected${range}.`;
}

function levelSentence(anomaly: Said, locale: string): string {
  const { actual, expected } = anomaly;
  return `${anomalySubject(anomaly, locale)} keeps another level from ${
    formatPeriodFull(anomaly.day, "day", { locale })
  } on: ${value(anomaly, actual, locale)}${aDay(anomaly)} instead of ${value(anomaly, expected, locale)}, ${
    anomalyChange({ actual, expected }, locale)
  }.`;
}

/** The level of a ratio, which has no price, is no sum of a day. */
function aDay({ kind, worth }: Said): string {
  return kind === "level" && worth ? " a day" : "";
}

function worthSentence({ kind, worth, metric }: Said, locale: string): string {
  if (!worth) return "It has no price.";
  const amount = formatMetric(Math.abs(worth.amount), "currency", { locale, currency: worth.currency });
  const way = worth.amount >= 0 ? "more" : "less";
  const time = kind === "level" ? " a day" : "";
  if (!worth.each) return kind === "level" ? "" : `That is ${amount} ${way}.`;
  const each = eachText(worth.each, worth.currency, locale);
  return `That is worth ${amount}${time} ${way}, at the usual ${each} for each of ${metric.title.toLowerCase()}.`;
}

function eachText(
  { amount, metric }: { amount: number; metric: string },
  currency: string | null,
  locale: string,
): string {
  return `${formatMetric(amount, "currency", { locale, currency })} of ${metric.toLowerCase()}`;
}

function causeSentence({ cause }: Said, locale: string): string {
  if (!cause) return "";
  const name = valueLabel(cause.field, cause.value, locale);
  const silent = cause.silent ? ", which reported nothing that day" : "";
  return `${name} carries ${percent(cause.share, locale)} of it${silent}.`;
}

function goneSentence(anomaly: Said, locale: string): string {
  const { gone } = anomaly;
  if (!gone) return "";
  switch (gone.reason) {
    case "corrected":
      return gone.actual === null
        ? "A later import corrected it."
        : `A later import corrected it: it is ${value(anomaly, gone.actual, locale)} now.`;
    case "removed":
      return "The numbers of that day are not there any more.";
    case "formula":
      return "What the metric means was changed since.";
    case "new-level":
      return "It was the first day of a new level.";
    case "usual":
      return "Beside the days that came after it, it is not unusual.";
  }
}

function value({ metric, currency }: Said, amount: number, locale: string): string {
  return formatMetric(amount, metric.format, { locale, currency });
}

function percent(share: number, locale: string): string {
  return new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 }).format(share);
}
