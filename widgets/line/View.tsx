import { Chart } from "@/components/chart/Chart.tsx";
import { inOneCurrency } from "@/components/chart/one_currency.ts";
import { byGrain, metricColumn } from "@/components/chart/periods.ts";
import { ResultTile } from "@/components/tile/ResultTile.tsx";
import type { WidgetProps } from "@/lib/widget/mod.ts";
import { lineChart } from "./chart.ts";
import { lineMetrics } from "./line_metrics.ts";
import type { LineOptions } from "./options.ts";

/** The line chart. */
export default function Line(props: WidgetProps<LineOptions>) {
  const { options, result, locale } = props;
  const metrics = lineMetrics(options);
  const names = metrics.map((metric) => metricColumn(result, metric).title);
  const by = options.dimension && result.columns.find((column) => column.name === options.dimension)?.title;
  const title = props.title || names.join(" and ") + (by ? ` by ${by.toLocaleLowerCase(locale)}` : "");
  const spec = lineChart(props);
  return (
    <ResultTile
      title={title}
      subtitle={byGrain(options.grain)}
      result={result}
      metrics={metrics}
      locale={locale}
      notices={options.dimension ? inOneCurrency(result, options.dimension).notices : []}
    >
      {() => spec && <Chart {...props} spec={spec} title={title} />}
    </ResultTile>
  );
}
