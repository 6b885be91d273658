/** What stands out in a series of days: single days, and days from which on the level is another. Pure, synchronous. */
import { loadAugurs } from "./load_augurs.ts";
import { leveled, medianOf } from "./level.ts";

/** A day that lies far from what is usual around it. */
export interface Suspect {
  /** Its place in the series. */
  at: number;
  /** What is usual for such a day. */
  usual: number;
  /** How far off it is, in median deviations of the newest weeks. */
  score: number;
}

/** A day from which on the level is another. */
export interface LevelChange {
  at: number;
  /** Mean of the four weeks before. */
  before: number;
  /** Mean of the two to four whole weeks from the day on. */
  after: number;
}

/** What was found. */
export interface Detected {
  /** False where the series is too short, mostly zero, or goes below zero. */
  watched: boolean;
  /** The first place that single days were looked for in. */
  from: number;
  suspects: Suspect[];
  changes: LevelChange[];
}

/** Fewer days say nothing of what is usual. */
export const LEAST_DAYS = 56;
/** The newest weeks in which single days are looked for. */
export const SUSPECT_WEEKS = 12;
/** A day stands out from so many median deviations on. */
export const LEAST_SCORE = 3.5;
/** Below this one that stood out before does so no more: between the two, days to come may move it to and fro. */
export const LASTING_SCORE = 2;

/** The newest days in which the level is followed. */
const CHANGE_DAYS = 270;
/** Days before and after from which a level is told, and the fewest after. */
const [LEVEL_DAYS, LASTING_DAYS] = [28, 14];
/** A level is another one when it differs by a fifth, and by more than half again as much as single days differ. */
const [LEAST_CHANGE, LEAST_NOISE] = [Math.log(1.2), 1.5];
/** So much of a change has to come within a week: a season comes slowly. */
const AT_ONCE = 0.6;
/** A series that is zero on more of its newest days than this has no level. */
const MOST_ZEROS = 0.3;
/** Scores are taken as they come; which days stand out is decided by `LEAST_SCORE`. */
const SENSITIVITY = 0.5;
/** A hundredth of the usual value, for series whose days are all alike. */
const LEAST_SPREAD = 0.01;

/** Looks through a series of days without gaps, oldest first; the lowest score worth telling is `LASTING_SCORE`. */
export function detect(values: readonly number[]): Detected {
  if (!isWatchable(values)) return { watched: false, from: values.length, suspects: [], changes: [] };
  const weeks = Math.min(SUSPECT_WEEKS, Math.floor(values.length / 7));
  const from = values.length - 7 * weeks;
  return { watched: true, from, suspects: suspectsOf(values, from), changes: changesOf(values) };
}

function isWatchable(values: readonly number[]): boolean {
  const newest = values.slice(-7 * SUSPECT_WEEKS);
  const zeros = newest.filter((value) => value === 0).length;
  return values.length >= LEAST_DAYS && values.every((value) => value >= 0) && zeros <= MOST_ZEROS * newest.length;
}

/** The days of the newest weeks that lie farther off than usual. */
function suspectsOf(values: readonly number[], from: number): Suspect[] {
  const { usual, off } = leveled(values);
  return scoresOf(off.slice(from)).flatMap((score, i): Suspect[] =>
    score >= LASTING_SCORE ? [{ at: from + i, usual: usual[from + i] as number, score }] : []
  );
}

/** Whole weeks, each a series, held against one another by augurs' median detector: a score a day. */
function scoresOf(off: readonly number[]): number[] {
  const weeks = Array.from(
    { length: off.length / 7 },
    (_, week) => Float64Array.from(off.slice(7 * week, 7 * week + 7)),
  );
  const { OutlierDetector } = loadAugurs();
  const detector = OutlierDetector.mad({ sensitivity: SENSITIVITY });
  try {
    return detector.detect(weeks).seriesResults.flatMap(({ scores }) => scores);
  } catch (error) {
    // How it refuses days that are all alike: what differs is counted in the least spread worth speaking of.
    if (!(error instanceof Error) || !error.message.includes("division by zero")) throw error;
    return off.map((one) => Math.abs(one) / LEAST_SPREAD);
  } finally {
    detector.free();
  }
}

/** Where augurs' Bayesian detector sees a new level that came at once and lasts. */
function changesOf(all: readonly number[]): LevelChange[] {
  const from = Math.max(0, all.length - CHANGE_DAYS);
  const values = all.slice(from);
  const { level, off } = leveled(values);
  const noise = 1.48 * medianOf(off.map(Math.abs));
  // Single days held in: one of them is no level. In units of the usual noise, which is what the detector's prior expects.
  const held = level.map((one, at) =>
    one > 0 ? Math.log(one) + Math.max(-2 * noise, Math.min(2 * noise, off[at] as number)) : 0
  );
  const middle = medianOf(held);
  const { ChangepointDetector } = loadAugurs();
  const detector = ChangepointDetector.normalGamma();
  try {
    const scaled = Float64Array.from(held, (one) => (one - middle) / (noise || 1));
    const found = [...detector.detectChangepoints(scaled).indices].flatMap((at) => changeAt(values, at, noise) ?? []);
    // Of several within two weeks the largest: a step is one step.
    const size = ({ before, after }: LevelChange) => Math.abs(Math.log(after / before));
    const kept: LevelChange[] = [];
    for (const one of found.toSorted((a, b) => size(b) - size(a))) {
      if (kept.every(({ at }) => Math.abs(at - one.at) > LASTING_DAYS)) kept.push(one);
    }
    return kept.sort((a, b) => a.at - b.at).map((one) => ({ ...one, at: from + one.at }));
  } finally {
    detector.free();
  }
}

/** The detector is a day or two off at times: the day at which the two weeks beside it differ most is the one. */
function changeAt(values: readonly number[], found: number, noise: number): LevelChange | null {
  let [at, near] = [found, 0];
  for (let day = found - 2; day <= found + 3; day++) {
    if (day < 7 || day > values.length - 7) continue;
    const jump = Math.log(sumOf(values, day, day + 7) / sumOf(values, day - 7, day));
    if (Number.isFinite(jump) && Math.abs(jump) > Math.abs(near)) [at, near] = [day, jump];
  }
  const levels = levelsAround(values, at);
  if (!levels) return null;
  const change = Math.log(levels.after / levels.before);
  if (Math.abs(change) < Math.max(LEAST_CHANGE, LEAST_NOISE * noise)) return null;
  return near * Math.sign(change) >= AT_ONCE * Math.abs(change) ? { at, ...levels } : null;
}

function sumOf(values: readonly number[], from: number, to: number): number {
  return values.slice(from, to).reduce((sum, value) => sum + value, 0);
}

/** The mean levels before and after a day; null where one of them cannot be told, or is nothing. */
export function levelsAround(values: readonly number[], at: number): Omit<LevelChange, "at"> | null {
  if (at < LEVEL_DAYS || values.length - at < LASTING_DAYS) return null;
  const lasting = 7 * Math.floor(Math.min(LEVEL_DAYS, values.length - at) / 7);
  const [before, after] = [sumOf(values, at - LEVEL_DAYS, at) / LEVEL_DAYS, sumOf(values, at, at + lasting) / lasting];
  return before > 0 && after > 0 ? { before, after } : null;
}
