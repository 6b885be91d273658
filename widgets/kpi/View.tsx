import { formatChange, formatMetric } from "@/lib/format/mod.ts";
import { ChangeChip } from "@/components/tile/ChangeChip.tsx";
import { useCounted } from "@/components/tile/use_counted.ts";
import { ResultTile } from "@/components/tile/ResultTile.tsx";
import { Sparkline } from "@/components/chart/Sparkline.tsx";
import { allPeriods, comparisonName, metricColumn, paleFrom, valuesByPeriod } from "@/components/chart/periods.ts";
import { comparedSide } from "@/components/chart/compared_side.ts";
import { totalRows } from "@/components/chart/total_rows.ts";
import type { MetricResult, ResultColumn, ResultRow } from "@/lib/model/mod.ts";
import type { WidgetProps } from "@/lib/widget/mod.ts";
import type { KpiOptions } from "./options.ts";

/** The KPI card. */
export default function Kpi({ title, options, result, locale }: WidgetProps<KpiOptions>) {
  const column = metricColumn(result, options.metric);
  return (
    <ResultTile title={title || column.title} result={result} metrics={[options.metric]} locale={locale}>
      {() => <Card options={options} result={result} locale={locale} />}
    </ResultTile>
  );
}

function Card({ options, result, locale }: Pick<WidgetProps<KpiOptions>, "options" | "result" | "locale">) {
  const { metric, goal, grain } = options;
  const column = metricColumn(result, metric);
  // Amounts in several currencies have one total each: the one with the most rows leads, the others follow in small.
  const totals = totalRows(result).toSorted((a, b) => rowsOf(result, b) - rowsOf(result, a));
  const [main, ...others] = totals;
  const currency = currencyOf(result, main);
  const value = numberOf(main, metric);
  const exact = { locale, currency, exact: true };
  const previous = numberOf(comparedTotal(result, main), metric);
  const now = totalRows(comparedSide(result)).find((row) => row.currency === main?.currency);
  const change = formatChange(numberOf(now, metric), previous, column, { locale });
  const young = result.meta.notices.filter(({ code }) => code === "not-final").map(({ message }) => message);
  const periods = options.sparkline && others.length === 0 ? allPeriods(result, grain) : [];
  return (
    <>
      <p class="kpi__value" title={[formatMetric(value, column, exact), ...young].join("\n")}>
        {formatMetric(useCounted(value), column, { locale, currency })}
      </p>
      <p class="kpi__change">
        <ChangeChip change={change} />
        {goal !== undefined
          ? <Goal goal={goal} value={value} column={column} locale={locale} currency={currency} />
          : previous !== null && (
            <span class="kpi__note" title={comparisonTitle(result, metric, previous, exact)}>
              vs {formatMetric(previous, column, { locale, currency })}
            </span>
          )}
        {others.map((row) => (
          <span class="kpi__note" key={String(row.currency)}>
            and {formatMetric(numberOf(row, metric), column, { locale, currency: currencyOf(result, row) })}
          </span>
        ))}
      </p>
      {periods.length > 1 && (
        <Sparkline
          values={valuesByPeriod(result.rows, periods, metric)}
          paleFrom={paleFrom(result, { metric, periods, grain })}
        />
      )}
    </>
  );
}

function Goal({ goal, value, column, locale, currency }: {
  goal: number;
  value: number | null;
  column: ResultColumn;
  locale: string;
  currency: string | null;
}) {
  const reached = value !== null && (column.better === "down" ? value <= goal : value >= goal);
  return (
    <span class={`kpi__note${reached ? " kpi__note--good" : ""}`}>
      goal {formatMetric(goal, column, { locale, currency, compact: true })}
      {reached && " reached"}
    </span>
  );
}

function comparisonTitle(
  { comparison, columns }: MetricResult,
  metric: string,
  previous: number | null,
  exact: { locale: string; currency: string | null; exact: boolean },
): string | undefined {
  const column = columns.find(({ name }) => name === metric);
  if (!comparison || !column || previous === null) return undefined;
  return `${comparisonName(comparison.kind)}: ${formatMetric(previous, column, exact)}`;
}

function comparedTotal({ comparison }: MetricResult, main: ResultRow | undefined): ResultRow | undefined {
  return comparison ? totalRows(comparison).find((row) => row.currency === main?.currency) : undefined;
}

function currencyOf(result: MetricResult, row: ResultRow | undefined): string | null {
  return typeof row?.currency === "string" ? row.currency : result.meta.currency;
}

function numberOf(row: ResultRow | undefined, metric: string): number | null {
  const value = row?.[metric];
  return typeof value === "number" ? value : null;
}

function rowsOf({ rows }: MetricResult, total: ResultRow): number {
  return rows.filter((row) => row.currency === total.currency).length;
}
