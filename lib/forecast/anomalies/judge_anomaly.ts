/** What becomes of a kept anomaly when its series is looked at again. Pure. */
import { addDays, daysBetween } from "@/lib/model/calendar.ts";
import type { Anomaly, AnomalyEvidence } from "@/lib/model/mod.ts";
import { LASTING_SCORE, levelsAround } from "./detect.ts";
import { keptBand, LEAST_TIMES, timesOff, type Verdict, type WatchedSeries } from "./watch_series.ts";

/** Events that an anomaly keeps. */
const MOST_EVENTS = 40;
/** Who the job is, in histories. */
export const WATCHER = "watcher";
/** A level that was seen lasts while it differs by this, as a logarithm: less than it takes to be seen. */
const STILL_ANOTHER = Math.log(1.12);
/** Days from the first of a new level on that are that level rather than single days. */
const LEVEL_DAYS = 14;
/** A level is dated anew within so many days. */
const NEAR_DAYS = 7;

/** Why an anomaly does not stand any more; null where it does. */
export function reasonGone(
  anomaly: Anomaly,
  watched: WatchedSeries,
  verdicts: readonly Verdict[] = watched.verdicts,
): NonNullable<Anomaly["gone"]>["reason"] | null {
  const { series: { definition, actuals }, values } = watched;
  if (anomaly.definition !== definition) return "formula";
  const actual = actuals.find(({ period }) => period === anomaly.day);
  if (!actual || actual.value === null) return "removed";
  if (!values.has(anomaly.day)) return null; // not final at this moment: nothing new is known of it
  if (anomaly.kind === "level") return levelStands(anomaly, watched) ? null : "corrected";
  if (verdicts.some((one) => one.kind === "level" && isStartOf(one, anomaly))) return "new-level";
  if (verdicts.some(({ kind, day }) => kind === "day" && day === anomaly.day)) return null;
  const band = keptBand(anomaly);
  if (!band || timesOff(values.get(anomaly.day)!, band) < LEAST_TIMES) return "corrected";
  return standsOut(anomaly.day, watched) ? null : "usual";
}

/** The anomaly as gone, or again open; itself where nothing changed. */
export function withState(anomaly: Anomaly, reason: ReturnType<typeof reasonGone>, told: {
  now: string;
  actual: number | null;
}): Anomaly {
  const { now, actual } = told;
  if (reason === null) {
    return anomaly.state === "open"
      ? anomaly
      : event({ ...anomaly, state: "open", gone: null }, { at: now, what: "back" });
  }
  const known = anomaly.gone;
  if (known && known.reason === reason && known.actual === actual) return anomaly;
  const gone = { ...anomaly, state: "gone" as const, gone: { reason, at: now, actual } };
  return event(gone, { at: now, what: "gone", note: reason });
}

/** An anomaly with an event more; the oldest are forgotten. */
export function event(
  anomaly: Anomaly,
  { at, what, note = "", by = WATCHER }: {
    at: string;
    what: Anomaly["history"][number]["what"];
    note?: string;
    by?: string;
  },
): Anomaly {
  return { ...anomaly, history: [...anomaly.history, { at, by, what, note }].slice(-MOST_EVENTS) };
}

/** The kept anomaly that a verdict is of: that of its day; a level may be dated a few days off. */
export function keptOf(verdict: Verdict, key: string, kept: readonly Anomaly[]): Anomaly | undefined {
  if (verdict.kind === "day") return kept.find(({ id }) => id === idOf(verdict, key));
  const near = kept.filter((one) =>
    one.kind === "level" && one.series === key && Math.abs(daysBetween(one.day, verdict.day)) <= NEAR_DAYS &&
    Math.sign(one.actual - one.expected) === Math.sign(verdict.actual - verdict.expected)
  );
  return near.find(({ day }) => day === verdict.day) ?? near[0];
}

/** One anomaly a series and day. */
export function idOf({ kind, day }: Pick<Verdict, "kind" | "day">, key: string): string {
  return kind === "day" ? `${key}.${day}` : `${key}.${day}.level`;
}

/** The levels beside a kept change, as the numbers stand now; null where they cannot be told. */
export function levelsNow({ day }: Pick<Anomaly, "day">, { own, series: { periods } }: WatchedSeries) {
  return levelsAround(own, periods.indexOf(day));
}

/** Whether a day is among the first of a level that lies on the same side of what was before. */
export function isStartOf(
  level: Verdict,
  { day, actual, expected }: Pick<Anomaly, "day" | "actual" | "expected">,
): boolean {
  return day >= level.day && day < addDays(level.day, LEVEL_DAYS) &&
    Math.sign(level.actual - level.expected) === Math.sign(actual - expected);
}

/** The evidence that says the same whatever day it is looked at: scores move a little with every new day. */
export function sameEvidence(a: readonly AnomalyEvidence[], b: readonly AnomalyEvidence[]): boolean {
  const told = (all: readonly AnomalyEvidence[]) =>
    JSON.stringify(all.map((one) => one.detector === "weeks" ? { detector: "weeks" } : one));
  return told(a) === told(b);
}

function levelStands(anomaly: Anomaly, watched: WatchedSeries): boolean {
  const levels = levelsNow(anomaly, watched);
  // Before what models see, or too near to its ends: nothing new is known of it.
  if (!levels) return true;
  const change = Math.log(levels.after / levels.before);
  return Math.abs(change) >= STILL_ANOTHER && Math.sign(change) === Math.sign(anomaly.actual - anomaly.expected);
}

/** Whether a day still lies off the weeks around it; older days than those were judged when they were new. */
function standsOut(
  day: string,
  { detected: { suspects, watched, from }, series: { periods } }: WatchedSeries,
): boolean {
  const at = periods.indexOf(day);
  if (!watched || at < from) return true;
  return suspects.some((one) => one.at === at && one.score >= LASTING_SCORE);
}
