import { formatMetric, formatPeriodFull } from "@/lib/format/mod.ts";
import type { ChartSpec } from "@/lib/widget/chart_spec.ts";

/** Rows a screen reader is given; more would drown it. */
const ROWS = 120;

/** The chart's data as a table that only screen readers meet. */
export function ChartTable({ spec, locale, title }: { spec: ChartSpec; locale: string; title: string }) {
  const first = Math.max(0, spec.labels.length - ROWS);
  return (
    <div class="visually-hidden">
      <table>
        <caption>{first > 0 ? `${title}, last ${ROWS} of ${spec.labels.length}` : title}</caption>
        <thead>
          <tr>
            <th scope="col">{spec.time ? "Period" : "Name"}</th>
            {spec.series.map((series) => <th scope="col" key={series.name}>{series.name}</th>)}
          </tr>
        </thead>
        <tbody>
          {spec.labels.slice(first).map((label, index) => (
            <tr key={label}>
              <th scope="row">{spec.time ? formatPeriodFull(label, spec.time, { locale }) : label}</th>
              {spec.series.map(({ name, values, format }) => (
                <td key={name}>
                  {formatMetric(values[first + index], format, { locale, currency: spec.currency, exact: true })}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
