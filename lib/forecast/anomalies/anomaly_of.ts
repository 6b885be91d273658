import type { Anomaly, Viewer } from "@/lib/model/mod.ts";
import type { SeriesServices } from "../read_series.ts";
import { findCause } from "./find_cause.ts";
import { findWorth } from "./find_worth.ts";
import { event, idOf, sameEvidence, withState } from "./judge_anomaly.ts";
import { covers } from "./nest_anomalies.ts";
import { scopeOf } from "./scope_of.ts";
import type { Verdict, WatchedSeries } from "./watch_series.ts";

/** The anomaly of a verdict: a new one, or the one before as it stands now. Asks for its price and cause where those may have changed. */
export async function anomalyOf(
  services: SeriesServices,
  viewer: Viewer,
  watched: WatchedSeries,
  { verdict, before, now, all }: {
    verdict: Verdict;
    before: Anomaly | undefined;
    now: string;
    all: readonly Anomaly[];
  },
): Promise<Anomaly> {
  const { series: { definition }, question } = watched;
  const { actual, expected, evidence } = verdict;
  const stands = before?.definition === definition && before.actual === actual && before.expected === expected &&
    sameEvidence(before.evidence, evidence);
  if (before && stands) return withState(before, null, { now, actual });
  const [worth, cause] = await Promise.all([
    findWorth(services, viewer, watched, verdict),
    findCause(services, viewer, watched, verdict),
  ]);
  const said = { actual, expected, evidence, worth, cause, definition };
  if (before) {
    const changed = { ...before, ...said };
    // A level is told anew with every day until four weeks have passed; that is no news.
    const news = before.kind === "day" && before.actual !== actual;
    const note = news ? `${before.actual} → ${actual}` : "";
    return withState(news ? event(changed, { at: now, what: "changed", note }) : changed, null, { now, actual });
  }
  return created(watched, { verdict, said, now, all, question });
}

function created(
  { key, series: { metric, currency } }: WatchedSeries,
  { verdict, said, now, all, question }: {
    verdict: Verdict;
    said: Pick<Anomaly, "actual" | "expected" | "evidence" | "worth" | "cause" | "definition">;
    now: string;
    all: readonly Anomaly[];
    question: Anomaly["question"];
  },
): Anomaly {
  const { name, title, format, better } = metric;
  const made: Anomaly = {
    id: idOf(verdict, key),
    dataset: question.dataset,
    kind: verdict.kind,
    series: key,
    day: verdict.day,
    question,
    metric: { name, title, format, better },
    currency,
    filters: question.filters ?? null,
    scope: scopeOf(question)?.scope ?? [],
    ...said,
    within: null,
    state: "open",
    gone: null,
    dismissed: null,
    found: now,
    history: [{ at: now, by: "watcher", what: "found", note: "" }],
  };
  // Somebody put the larger anomaly aside that this was part of until now.
  const larger = all.find((one) => one.dismissed && covers(one, made));
  if (!larger?.dismissed) return made;
  const { by, reason } = larger.dismissed;
  return event({ ...made, dismissed: { by, reason, at: now } }, { at: now, what: "dismissed", by, note: reason });
}
