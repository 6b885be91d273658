/** When a job is due. Everything in UTC, so that no change of clocks skips or doubles a slot. */

/** Every so many minutes counted from midnight 1970; at a minute of every hour; or at a time of every day, `HH:MM`. */
export type Schedule = { minutes: number } | { hourly: number } | { daily: string };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Throws `RangeError` for a schedule that can never be met. */
export function checkSchedule(schedule: Schedule): void {
  step(schedule);
}

/** The latest slot at or before a moment, in milliseconds. */
export function slotAt(schedule: Schedule, moment: number): number {
  const { every, offset } = step(schedule);
  return Math.floor((moment - offset) / every) * every + offset;
}

/** The slots after one moment up to and including another, oldest first; only the latest `limit` of them. */
export function slotsBetween(schedule: Schedule, after: number, until: number, limit: number): number[] {
  const { every } = step(schedule);
  const slots: number[] = [];
  for (let slot = slotAt(schedule, until); slot > after && slots.length < limit; slot -= every) slots.unshift(slot);
  return slots;
}

function step(schedule: Schedule): { every: number; offset: number } {
  if ("minutes" in schedule) return { every: whole(schedule.minutes, 1, 1_440, "minutes") * MINUTE, offset: 0 };
  if ("hourly" in schedule) {
    return { every: HOUR, offset: whole(schedule.hourly, 0, 59, "minute of the hour") * MINUTE };
  }
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(schedule.daily);
  if (!match) throw new RangeError(`Cannot schedule daily at "${schedule.daily}": write a time from 00:00 to 23:59`);
  return { every: DAY, offset: Number(match[1]) * HOUR + Number(match[2]) * MINUTE };
}

function whole(value: number, min: number, max: number, what: string): number {
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw new RangeError(`Cannot schedule by "${value}": ${what} must be a whole number from ${min} to ${max}`);
}
