import { formatPeriod, valueLabel } from "@/lib/format/mod.ts";
import type { Outlier } from "@/lib/quality/quality.ts";

/** Days far off what their weekday usually is, the farthest first. */
export function OutliersTable({ outliers, locale }: { outliers: Outlier[]; locale: string }) {
  const number = new Intl.NumberFormat(locale, { maximumSignificantDigits: 4 });
  return (
    <div class="table-scroll" tabIndex={0} role="region" aria-label="Outliers">
      <table class="table">
        <caption class="visually-hidden">Days far off the usual</caption>
        <thead>
          <tr>
            <th scope="col">Day</th>
            <th scope="col">What</th>
            <th scope="col" class="number">Value</th>
            <th scope="col" class="number">Usually</th>
          </tr>
        </thead>
        <tbody>
          {outliers.map(({ day, platform, column, title, value, usual }) => (
            <tr key={`${day} ${platform} ${column}`}>
              <th scope="row" class="nowrap">{formatPeriod(day, "day", { locale, year: true })}</th>
              <td>
                {title}
                {platform && <span class="table__aside">{valueLabel("platform", platform, locale)}</span>}
              </td>
              <td class="number">{number.format(value)}</td>
              <td class="number">{number.format(usual)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
