import { Chart } from "@/components/chart/Chart.tsx";
import { inOneCurrency } from "@/components/chart/one_currency.ts";
import { metricColumn } from "@/components/chart/periods.ts";
import { addsUp } from "@/components/chart/values.ts";
import { NotAdditive } from "@/components/tile/NotAdditive.tsx";
import { ResultTile } from "@/components/tile/ResultTile.tsx";
import type { WidgetProps } from "@/lib/widget/mod.ts";
import { donutChart } from "./chart.ts";
import type { DonutOptions } from "./options.ts";

/** The donut. */
export default function Donut(props: WidgetProps<DonutOptions>) {
  const { options, result, locale } = props;
  const column = metricColumn(result, options.metric);
  const by = metricColumn(result, options.dimension).title.toLocaleLowerCase(locale);
  const title = props.title || column.title;
  const spec = donutChart(props);
  const one = inOneCurrency(result, options.dimension);
  return (
    <ResultTile
      title={title}
      subtitle={`by ${by}`}
      result={result}
      metrics={[options.metric]}
      locale={locale}
      notices={spec ? one.notices : []}
    >
      {() =>
        spec ? <Chart {...props} spec={spec} title={title} /> : addsUp(one.result, options.metric) ? null : (
          <NotAdditive
            title={column.title}
            message="Its parts make no whole, so a ring of them would mislead"
            hint={`Show it as bars by ${by}`}
          />
        )}
    </ResultTile>
  );
}
