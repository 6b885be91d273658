import { formatPeriod, valueLabel } from "@/lib/format/mod.ts";
import type { Outlier } from "@/lib/quality/quality.ts";
import { ScrollTable } from "../ScrollTable.tsx";

/** Days far off what their weekday usually is, the farthest first. */
export function OutliersTable({ outliers, locale }: { outliers: Outlier[]; locale: string }) {
  const number = new Intl.NumberFormat(locale, { maximumSignificantDigits: 4 });
  return (
    <ScrollTable
      label="Outliers"
      caption="Days far off the usual"
      columns={["Day", "What", { title: "Value", class: "number" }, { title: "Usually", class: "number" }]}
    >
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
    </ScrollTable>
  );
}
