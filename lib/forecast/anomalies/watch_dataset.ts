/** Looks at every watched series of a dataset and keeps what stands out; repeated or broken off, each is found once. */
import type { Log } from "@/lib/log.ts";
import { ConflictError } from "@/lib/errors.ts";
import type { Stored } from "@/lib/documents/mod.ts";
import { addDays, daysBetween } from "@/lib/model/calendar.ts";
import type { Anomaly, Dataset, ForecastQuery, Viewer } from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";
import type { DatasetState } from "@/lib/warehouse/mod.ts";
import type { ForecastServices } from "../answer_forecast.ts";
import { forecastQuestions } from "../make_forecasts.ts";
import { seriesKey } from "../stored_forecast.ts";
import { LEAST_DAYS } from "./detect.ts";
import { anomalyOf } from "./anomaly_of.ts";
import { isStartOf, keptOf, levelsNow, reasonGone, withState } from "./judge_anomaly.ts";
import { nested } from "./nest_anomalies.ts";
import { scopeOf } from "./scope_of.ts";
import { anomaliesCollection, KEPT_DAYS, type WatchReport, watchReportsCollection } from "./stored_anomalies.ts";
import { type WatchedSeries, watchSeries } from "./watch_series.ts";

/** No look takes longer; series that it did not reach are left to the next. */
const MOST_MS = 120_000;

/** What a look is told. */
export interface WatchingOptions {
  signal: AbortSignal;
  log: Log;
  /** Throws unless this run still holds its job. */
  confirm(): Promise<void>;
  /** Questions that come before the usual ones: what widgets show. */
  asked?: readonly ForecastQuery[];
}

/** What a look did. */
export interface WatchingReport {
  /** Anomalies that were written: new ones, changed ones, those that are gone. */
  written: number;
  watched: number;
  left: number;
}

type Outside = ForecastServices & Pick<Services, "events">;

/** Looks, settles what was found before, and forgets what is old. */
export async function watchDataset(
  services: Outside,
  viewer: Viewer,
  { dataset, state }: { dataset: Dataset; state: DatasetState },
  options: WatchingOptions,
): Promise<WatchingReport> {
  const { workspace } = viewer;
  const report: WatchingReport = { written: 0, watched: 0, left: 0 };
  const kept = new Map((await keptAnomalies(services, workspace, dataset.id)).map((one) => [one.doc.id, one]));
  const questions = await questionsOf(services, viewer, { dataset, state, kept: [...kept.values()] }, options);
  const next = new Map([...kept].map(([id, { doc }]) => [id, doc]));
  const until = performance.now() + MOST_MS;
  let have = 0;
  for (const [key, question] of questions) {
    options.signal.throwIfAborted();
    if (performance.now() > until) {
      report.left++;
      continue;
    }
    const own = [...next.values()].filter(({ series }) => series === key);
    const watched = await watchSeries(services, viewer, question, new Map(own.map((one) => [one.id, one])));
    report.watched += Number(watched?.detected.watched ?? false);
    have = Math.max(have, watched?.series.periods.length ?? 0);
    for (const anomaly of await looked(services, viewer, { key, watched, own, all: [...next.values()] })) {
      next.set(anomaly.id, anomaly);
    }
  }
  const changed = nested([...next.values()]).filter((one) => !same(kept.get(one.id)?.doc, one));
  if (changed.length > 0) await options.confirm();
  for (const anomaly of changed) {
    if (await write(services, workspace, anomaly, kept.get(anomaly.id))) report.written++;
  }
  report.written += await forget(services, workspace, dataset.id);
  const made = services.clock.now().toISOString();
  await writeWatch(services, workspace, { id: dataset.id, made, series: report.watched, have, need: LEAST_DAYS });
  if (report.written > 0) await services.events.publish(workspace, { type: "anomalies", dataset: dataset.id });
  return report;
}

/** By series: what is forecast by day, and what something was found in that still stands. */
async function questionsOf(
  services: Outside,
  viewer: Viewer,
  { dataset, state, kept }: { dataset: Dataset; state: DatasetState; kept: Stored<Anomaly>[] },
  { asked = [] }: WatchingOptions,
): Promise<Map<string, ForecastQuery>> {
  const all = [
    ...await forecastQuestions(services, viewer, { dataset, state }, asked),
    ...kept.filter(({ doc }) => doc.state === "open").map(({ doc }) => doc.question),
  ].filter((one) => one.grain === "day" && !one.range && one.asOf === undefined && scopeOf(one));
  return new Map(all.toReversed().map((one) => [seriesKey(one), one] as const).toReversed());
}

/** A series' anomalies after a look: new ones, those before as they stand now. */
async function looked(
  services: Outside,
  viewer: Viewer,
  { key, watched, own, all }: { key: string; watched: WatchedSeries | null; own: Anomaly[]; all: Anomaly[] },
): Promise<Anomaly[]> {
  const now = services.clock.now().toISOString();
  if (!watched) {
    return own.map((one) => one.state === "open" ? withState(one, "removed", { now, actual: null }) : one);
  }
  const verdicts = watched.verdicts.filter((one) =>
    one.kind === "level" || !watched.verdicts.some((level) => level.kind === "level" && isStartOf(level, one))
  );
  const found: Anomaly[] = [];
  for (const verdict of verdicts) {
    const before = keptOf(verdict, key, own);
    found.push(await anomalyOf(services, viewer, watched, { verdict, before, now, all }));
  }
  const ids = new Set(found.map(({ id }) => id));
  const others = own.filter(({ id }) => !ids.has(id)).map((one) => {
    const actual = watched.values.get(one.day) ?? null;
    const reason = reasonGone(one, watched, verdicts);
    // What is gone comes back by a verdict; days too old for one are judged by the band that they were found by.
    if (one.state === "gone" && (reason !== null || !isOlder(one, watched))) return one;
    const levels = one.kind === "level" && reason === null ? levelsNow(one, watched) : null;
    const stands = levels ? { ...one, expected: levels.before, actual: levels.after } : one;
    return withState(stands, reason, { now, actual });
  });
  return [...found, ...others];
}

/** A day whose number is known, from before the weeks in which single days are looked for. */
function isOlder({ kind, day }: Anomaly, { values, series: { periods }, detected }: WatchedSeries): boolean {
  return kind === "day" && values.has(day) && periods.indexOf(day) < detected.from;
}

/** Writes one; a person who changed it meanwhile keeps what they said. False where nothing had to be written. */
async function write(
  { documents }: Pick<Services, "documents">,
  workspace: string,
  anomaly: Anomaly,
  known: Stored<Anomaly> | undefined,
): Promise<boolean> {
  let [doc, stored] = [anomaly, known];
  for (;;) {
    try {
      if (stored) await documents.put(anomaliesCollection, workspace, doc, stored.version);
      else await documents.create(anomaliesCollection, workspace, doc);
      return true;
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      const current = await documents.get(anomaliesCollection, workspace, anomaly.id);
      if (!current) return false;
      const news = anomaly.history.slice(known?.doc.history.length ?? 0);
      doc = { ...anomaly, dismissed: current.doc.dismissed, history: [...current.doc.history, ...news] };
      if (same(current.doc, doc)) return false;
      stored = current;
    }
  }
}

async function keptAnomalies(
  { documents }: Pick<Services, "documents">,
  workspace: string,
  dataset: string,
): Promise<Stored<Anomaly>[]> {
  const found: Stored<Anomaly>[] = [];
  let cursor: string | undefined;
  do {
    const page = await documents.list(anomaliesCollection, workspace, {
      index: "byDay",
      equals: [dataset],
      limit: 500,
      cursor,
    });
    found.push(...page.items);
    cursor = page.cursor ?? undefined;
  } while (cursor);
  return found;
}

async function forget(
  { documents, clock }: Pick<Services, "documents" | "clock">,
  workspace: string,
  dataset: string,
): Promise<number> {
  const to = addDays(clock.now().toISOString().slice(0, 10), -KEPT_DAYS);
  const { items } = await documents.list(anomaliesCollection, workspace, {
    index: "byDay",
    equals: [dataset],
    to,
    limit: 500,
  });
  // What was found in numbers that are old themselves is kept as long as it is new here.
  const old = items.filter(({ doc }) => daysBetween(doc.found.slice(0, 10), to) >= 0);
  for (const { doc } of old) await documents.delete(anomaliesCollection, workspace, doc.id);
  return old.length;
}

/** Of two looks that write at once either stands: they saw the same. */
async function writeWatch(
  { documents }: Pick<Services, "documents">,
  workspace: string,
  report: WatchReport,
): Promise<void> {
  const stored = await documents.get(watchReportsCollection, workspace, report.id);
  try {
    if (stored) await documents.put(watchReportsCollection, workspace, report, stored.version);
    else await documents.create(watchReportsCollection, workspace, report);
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
  }
}

function same(a: Anomaly | undefined, b: Anomaly): boolean {
  return a !== undefined && JSON.stringify(a) === JSON.stringify(b);
}
