import { Chart } from "@/components/chart/Chart.tsx";
import { byGrain, metricColumn } from "@/components/chart/periods.ts";
import { ResultTile } from "@/components/tile/ResultTile.tsx";
import type { WidgetProps } from "@/lib/widget/mod.ts";
import { barMetrics, barShape } from "./bar_shape.ts";
import { barChart } from "./chart.ts";
import type { BarOptions } from "./options.ts";

/** The bar chart. */
export default function Bar(props: WidgetProps<BarOptions>) {
  const { options, result, locale } = props;
  const metrics = barMetrics(options);
  const shape = barShape(options);
  const names = metrics.map((metric) => metricColumn(result, metric).title).join(" and ");
  const dimension = shape.by === "period" ? "" : metricColumn(result, shape.dimension).title.toLocaleLowerCase(locale);
  const title = props.title || (shape.by === "both" ? `${names} by ${dimension}` : names);
  const share = options.mode === "share" ? ", share" : "";
  const subtitle = (shape.by === "dimension" ? `by ${dimension}` : byGrain(shape.grain)) + share;
  const { spec, notices } = barChart(props);
  return (
    <ResultTile title={title} subtitle={subtitle} result={result} metrics={metrics} locale={locale} notices={notices}>
      {() =>
        spec && <Chart {...props} spec={spec} title={title} />}
    </ResultTile>
  );
}
