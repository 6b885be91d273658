import { formatPeriod } from "@/lib/format/mod.ts";
import type { CalendarDay } from "@/lib/quality/quality.ts";

const CELL = 13;
const STEP = 16;
const LEFT = 34;
const TOP = 18;

/** A year of days, a column a week: how many of the accounts that report have rows. */
export function CalendarMap({ days, locale }: { days: CalendarDay[]; locale: string }) {
  const first = days[0];
  if (!first) return null;
  const shift = weekday(first.day);
  const weeks = Math.ceil((days.length + shift) / 7);
  const missing = days.filter(({ present, expected }) => present < expected).length;
  const months = days.flatMap(({ day }, at) => {
    const column = Math.floor((at + shift) / 7);
    // A month is named above the week that it begins in; one too near the edge has no room.
    return day.endsWith("-01") && column < weeks - 1 ? [{ day, column }] : [];
  });
  const summary = missing === 0
    ? "Every account has rows on each day"
    : `${missing} ${missing === 1 ? "day lacks" : "days lack"} rows of some account`;
  return (
    <div class="calendar" tabIndex={0} role="region" aria-label="Calendar of days with rows">
      <svg
        class="calendar__map"
        width={LEFT + weeks * STEP}
        height={TOP + 7 * STEP}
        viewBox={`0 0 ${LEFT + weeks * STEP} ${TOP + 7 * STEP}`}
        role="img"
        aria-label={summary}
      >
        {months.map(({ day, column }) => (
          <text key={day} class="calendar__label" x={LEFT + column * STEP} y={11}>
            {formatPeriod(day, "month", { locale, year: false })}
          </text>
        ))}
        {[0, 2, 4].map((row) => (
          <text key={row} class="calendar__label" x={0} y={TOP + row * STEP + 11}>{weekdayName(row, locale)}</text>
        ))}
        {days.map((day, at) => (
          <rect
            key={day.day}
            class={`calendar__day calendar__day--${shade(day)}`}
            x={LEFT + Math.floor((at + shift) / 7) * STEP}
            y={TOP + (at + shift) % 7 * STEP}
            width={CELL}
            height={CELL}
            rx={3}
          >
            <title>{dayWords(day, locale)}</title>
          </rect>
        ))}
      </svg>
    </div>
  );
}

/** What the shades mean. */
export function CalendarLegend() {
  const steps = [["full", "all accounts"], ["most", "most"], ["some", "some"], ["none", "none"], [
    "before",
    "none yet",
  ]];
  return (
    <ul class="calendar__legend">
      {steps.map(([name, words]) => (
        <li key={name}>
          <svg width={CELL} height={CELL} aria-hidden="true">
            <rect class={`calendar__day calendar__day--${name}`} width={CELL} height={CELL} rx={3} />
          </svg>
          {words}
        </li>
      ))}
    </ul>
  );
}

function shade({ present, expected }: CalendarDay): string {
  if (expected === 0) return "before";
  if (present === 0) return "none";
  return present === expected ? "full" : present * 2 >= expected ? "most" : "some";
}

function dayWords({ day, present, expected, provisional }: CalendarDay, locale: string): string {
  const name = formatPeriod(day, "day", { locale, year: true });
  if (expected === 0) return `${name}: no account reports yet`;
  const words = `${name}: rows of ${present} of ${expected} ${expected === 1 ? "account" : "accounts"}`;
  return provisional ? `${words}, not settled yet` : words;
}

function weekday(day: string): number {
  return (new Date(day).getUTCDay() + 6) % 7;
}

/** 2024 began on a Monday. */
function weekdayName(row: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { weekday: "short", timeZone: "UTC" }).format(Date.UTC(2024, 0, 1 + row));
}
