import { formatMoment } from "@/lib/format/moment.ts";
import type { NumbersThen } from "@/lib/ingest/numbers_then.ts";
import { relative } from "../imports/change_words.ts";

/** A dataset's sums, and as they stood after an earlier import: chosen in a plain form, kept in the address. */
export function NumbersThenCard({ numbers, asOf, action, locale }: {
  numbers: NumbersThen;
  asOf: string | null;
  action: string;
  locale: string;
}) {
  const { moments, lines } = numbers;
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const amount = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const text = (value: number | null | undefined, format: string) =>
    value === null || value === undefined ? "–" : (format === "integer" ? whole : amount).format(value);
  return (
    <section class="card">
      <header class="card__head">
        <h2>Sums over all days</h2>
        <span class="card__note">
          {asOf === null ? "as they stand now" : `now, and as they stood on ${formatMoment(asOf, locale)}`}
        </span>
      </header>
      {moments.length > 1 && (
        <form class="ledger-filters" method="get" action={action}>
          <label class="ledger-filters__field">
            <span>As they stood after</span>
            <select class="select" name="asOf">
              <option value="" selected={asOf === null}>the newest import</option>
              {moments.slice(1).map(({ at, filename }) => (
                <option key={at} value={at} selected={at === asOf}>{`${filename}, ${formatMoment(at, locale)}`}</option>
              ))}
            </select>
          </label>
          <button class="button" type="submit">Show</button>
          {asOf !== null && <a class="button button--quiet" href={action}>Back to now</a>}
        </form>
      )}
      <table class="table">
        <caption class="visually-hidden">Sums over all days</caption>
        {asOf !== null && (
          <thead>
            <tr>
              <th scope="col">Sum</th>
              <th scope="col" class="number">Then</th>
              <th scope="col" class="number">Now</th>
              <th scope="col" class="number">Change</th>
            </tr>
          </thead>
        )}
        <tbody>
          {lines.map(({ title, currency, format, now, then }) => (
            <tr key={`${title} ${currency}`}>
              <th scope="row">{currency ? `${title}, ${currency}` : title}</th>
              {asOf !== null && <td class="number">{text(then, format)}</td>}
              <td class="number">{text(now, format)}</td>
              {asOf !== null && <td class="number">{then ? relative(then, now ?? 0, locale) : "new"}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
