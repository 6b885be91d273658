import { useEffect, useMemo, useState } from "preact/hooks";
import { whenIdle } from "@/components/when_idle.ts";
import { formatMetric, formatPeriodFull } from "@/lib/format/mod.ts";
import type { ChartSpec } from "@/lib/widget/chart_spec.ts";

/** Rows a screen reader is given; more would drown it. */
const ROWS = 120;

/** What a table says. */
export interface ChartTableProps {
  spec: ChartSpec;
  /** The spec as text, by which another is known, where the caller has it. @default made of the spec */
  content?: string;
  locale: string;
  title: string;
}

/**
 * The chart's data as a table that only screen readers meet. Its hundreds of cells follow other data a moment later, when
 * what everybody sees stands.
 */
export function ChartTable({ spec, content = JSON.stringify(spec), locale, title }: ChartTableProps) {
  const [told, tell] = useState({ spec, content });
  useEffect(() => told.content === content ? undefined : whenIdle(() => tell({ spec, content })), [content]);
  return useMemo(() => <Cells spec={told.spec} locale={locale} title={title} />, [told, locale, title]);
}

function Cells({ spec, locale, title }: Omit<ChartTableProps, "content">) {
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
