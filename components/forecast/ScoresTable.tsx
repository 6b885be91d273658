import type { AccuracyScore } from "@/lib/model/mod.ts";
import { ScrollTable } from "../ScrollTable.tsx";

const SCORES = ["Periods", "Off by", "Last season repeated", "Inside 80 %", "Inside 95 %"];

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
    <ScrollTable label={caption} columns={[head, ...SCORES.map((title) => ({ title, class: "number" }))]}>
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
    </ScrollTable>
  );
}
