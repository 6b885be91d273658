import { formatMetric, formatPeriodFull } from "@/lib/format/mod.ts";
import type { ForecastMiss } from "@/lib/model/mod.ts";
import { ScrollTable } from "../ScrollTable.tsx";

/** The periods that came out farthest from what was expected of them. */
export function MissesTable({ misses, locale }: { misses: ForecastMiss[]; locale: string }) {
  const times = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  return (
    <ScrollTable
      label="Table of the worst misses"
      caption="The periods farthest outside their bands"
      columns={["What", "Period", { title: "Expected", class: "number" }, { title: "Came", class: "number" }, {
        title: "Times the 95 % band",
        class: "number",
      }]}
    >
      {misses.map(({ metric, format, currency, of, period, grain, expected, lower, upper, came, times: far }) => {
        const text = (value: number) => formatMetric(value, format, { locale, currency });
        return (
          <tr key={`${metric} ${of} ${period} ${grain}`}>
            <th scope="row">
              {metric}
              {of && <span class="table__aside">{of}</span>}
            </th>
            <td class="forecast-period">{formatPeriodFull(period, grain, { locale })}</td>
            <td class="number">
              {text(expected)}
              <span class="table__aside">{text(lower)} to {text(upper)}</span>
            </td>
            <td class="number">{text(came)}</td>
            <td class="number">{times.format(far)}</td>
          </tr>
        );
      })}
    </ScrollTable>
  );
}
