import type { DayChanges } from "@/lib/ingest/day_changes.ts";
import { formatPeriodFull } from "@/lib/format/mod.ts";
import { relative } from "./change_words.ts";

/** Past so many days the rest is only counted. */
const MOST_DAYS = 120;

/** What an import did to each day, folded away: before, after, and by how much. */
export function DayChangesTable({ changes, of, locale }: {
  changes: DayChanges;
  /** The dataset's title, where there are several. */
  of: string | null;
  locale: string;
}) {
  const { metrics, days } = changes;
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const text = (value: number | null) => value === null ? "–" : number.format(value);
  const several = days.some(({ currency }) => currency !== null);
  return (
    <details class="card card--fold">
      <summary>
        <h2>{of ? `${of}, day by day` : "Day by day"}</h2>
        <span class="card__note">
          {number.format(days.length)} {days.length === 1 ? "day" : "days"} with other numbers
        </span>
      </summary>
      <div
        class="table-scroll"
        tabIndex={0}
        role="region"
        aria-label={of ? `Changes of ${of} by day` : "Changes by day"}
      >
        <table class="table">
          <caption class="visually-hidden">Numbers of each day before and after the import</caption>
          <thead>
            <tr>
              <th scope="col">Day</th>
              {metrics.map(({ name, title }) => (
                <th key={name} scope="col" class="number" colSpan={2}>{title}, before → after</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {days.slice(0, MOST_DAYS).map(({ day, currency, values }) => (
              <tr key={`${day} ${currency}`}>
                <th scope="row">
                  {formatPeriodFull(day, "day", { locale })}
                  {several && ` · ${currency ?? "no currency"}`}
                </th>
                {values.map(({ before, after }, i) => [
                  <td key={`${i}-values`} class="number">
                    {before === after ? <span class="quiet">{text(after)}</span> : `${text(before)} → ${text(after)}`}
                  </td>,
                  <td key={`${i}-change`} class="number quiet">
                    {before === after ? "" : before ? relative(before, after ?? 0, locale) : "new"}
                  </td>,
                ])}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {days.length > MOST_DAYS && <p class="quiet">and {number.format(days.length - MOST_DAYS)} days more</p>}
    </details>
  );
}
