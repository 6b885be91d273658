/** The donut as data. */
import { inOneCurrency } from "@/components/chart/one_currency.ts";
import { metricColumn, metricFormat } from "@/components/chart/periods.ts";
import { addsUp, dimensionValues, OTHER } from "@/components/chart/values.ts";
import { formatMetric } from "@/lib/format/mod.ts";
import type { ChartSpec } from "@/lib/widget/chart_spec.ts";
import type { ChartInput } from "@/lib/widget/mod.ts";
import type { DonutOptions } from "./options.ts";

/** The chart of a donut; null where there is nothing to draw, or the parts make no whole. */
export function donutChart(input: ChartInput<DonutOptions>): ChartSpec | null {
  const { options, colors, locale } = input;
  const { metric, dimension } = options;
  if (!input.result?.rows.length) return null;
  const { result } = inOneCurrency(input.result, dimension);
  if (!addsUp(result, metric)) return null;
  const rows = result.rows.filter((row) => typeof row[metric] === "number" && row[metric] > 0);
  const values = dimensionValues(rows, dimension, colors, locale);
  const rest = rows.find((row) => row.other === true);
  const single = rows.filter((row) => row.other !== true);
  const total = result.totals?.[metric];
  const { currency } = result.meta;
  const format = metricFormat(result, metric);
  const { title } = metricColumn(result, metric);
  return {
    type: "donut",
    labels: [...values.map(({ name }) => name), ...rest ? [OTHER] : []],
    marks: { field: dimension, values: [...values.map(({ value }) => String(value ?? "")), ...rest ? [null] : []] },
    series: [{
      name: title,
      kind: "arc",
      color: 1,
      colors: [...values.map(({ color }) => color), ...rest ? ["rest" as const] : []],
      format,
      values: [...single, ...rest ? [rest] : []].map((row) => Number(row[metric])),
    }],
    currency,
    center: {
      value: formatMetric(typeof total === "number" ? total : null, format, { locale, currency }),
      label: title,
    },
  };
}
