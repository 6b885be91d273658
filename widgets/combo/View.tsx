import { Chart } from "@/components/chart/Chart.tsx";
import { inOneCurrency } from "@/components/chart/one_currency.ts";
import { byGrain, metricColumn } from "@/components/chart/periods.ts";
import { ResultTile } from "@/components/tile/ResultTile.tsx";
import type { WidgetProps } from "@/lib/widget/mod.ts";
import { comboChart } from "./chart.ts";
import type { ComboOptions } from "./options.ts";

/** The combo chart. */
export default function Combo(props: WidgetProps<ComboOptions>) {
  const { options, result, locale } = props;
  const metrics = [...new Set([options.metric, options.line ?? options.metric])];
  const title = props.title || metrics.map((metric) => metricColumn(result, metric).title).join(" and ");
  const spec = comboChart(props);
  return (
    <ResultTile
      title={title}
      subtitle={byGrain(options.grain)}
      result={result}
      metrics={metrics}
      locale={locale}
      notices={inOneCurrency(result).notices}
    >
      {() => spec && <Chart {...props} spec={spec} title={title} />}
    </ResultTile>
  );
}
