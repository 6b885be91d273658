import type { AccuracyScore } from "@/lib/forecast/accuracy_report.ts";

/** Groups of forecasts with how they came out; a model that repeating the last season beats is said to be. */
export function ScoresTable({ caption, head, rows, swatches = false, locale }: {
  caption: string;
  /** What the first column holds. */
  head: string;
  rows: (AccuracyScore & { name: string; aside?: string })[];
  /** Show the colours that the plot has them in. */
  swatches?: boolean;
  locale: string;
}) {
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
  const number = new Intl.NumberFormat(locale);
  return (
    <div class="table-scroll" tabIndex={0} role="region" aria-label={caption}>
      <table class="table">
        <caption class="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{head}</th>
            <th scope="col" class="number">Periods</th>
            <th scope="col" class="number">Off by</th>
            <th scope="col" class="number">Last season repeated</th>
            <th scope="col" class="number">Inside 80 %</th>
            <th scope="col" class="number">Inside 95 %</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, aside, periods, error, naive, inside80, inside95 }, index) => (
            <tr key={name}>
              <th scope="row">
                {swatches && <span class={`swatch swatch--${index + 1}`} aria-hidden="true" />} {name}
                {aside && <span class="table__aside">{aside}</span>}
              </th>
              <td class="number">{number.format(periods)}</td>
              <td class="number">
                {percent.format(error)}
                {error >= naive && <span class="table__aside">no better than repeating</span>}
              </td>
              <td class="number">{percent.format(naive)}</td>
              <td class="number">{percent.format(inside80)}</td>
              <td class="number">{percent.format(inside95)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
