/** The usual course of a daily series around each of its days, from medians: single days do not move it. Pure. */

/** Days on each side whose middle is a day's level: two weeks, so that every weekday counts alike. */
const REACH = 14;
/** The newest weeks that say how weekdays differ. */
const WEEKDAY_WEEKS = 12;
/** Logarithms of next to nothing reach for infinity: a day at a twentieth of the usual is as low as it gets. */
const LOWEST = 0.05;

/** How each day stands to what is usual around it. */
export interface Leveled {
  /** The level around each day, weekdays taken out. */
  level: number[];
  /** The usual value of each day: its level times its weekday's share. */
  usual: number[];
  /** Logarithm of value ÷ usual, so that half and double are equally far; 0 where nothing is usual. */
  off: number[];
}

/** Lays the usual course beside a series of days, oldest first, none below zero. */
export function leveled(values: readonly number[]): Leveled {
  const shares = weekdayShares(values);
  const shareOf = (at: number) => shares[at % 7] as number;
  // A weekday on which nothing happens says nothing of the level.
  const flat = values.map((value, at) => shareOf(at) > 0 ? value / shareOf(at) : null);
  const level = flat.map((_, at) =>
    medianOf(flat.slice(Math.max(0, at - REACH), at + REACH + 1).filter((value) => value !== null))
  );
  const usual = level.map((one, at) => one * shareOf(at));
  return { level, usual, off: values.map((value, at) => logRatio(value, usual[at] as number)) };
}

/** Each weekday's share of the week around it, by the place in the series modulo 7; 1 where it cannot be told. */
function weekdayShares(values: readonly number[]): number[] {
  const from = Math.max(3, values.length - 7 * WEEKDAY_WEEKS);
  const ratios: number[][] = Array.from({ length: 7 }, () => []);
  for (let at = from; at < values.length - 3; at++) {
    const mean = values.slice(at - 3, at + 4).reduce((sum, value) => sum + value, 0) / 7;
    if (mean > 0) ratios[at % 7]!.push((values[at] as number) / mean);
  }
  return ratios.map((some) => some.length >= 3 ? medianOf(some) : 1).map((share) => share > LOWEST ? share : 0);
}

/** The middle value; 0 of none. */
export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return 0;
  return sorted.length % 2 ? sorted[middle] as number : (sorted[middle - 1] as number + (sorted[middle] as number)) / 2;
}

function logRatio(value: number, usual: number): number {
  return usual > 0 ? Math.log(Math.max(value / usual, LOWEST)) : 0;
}
