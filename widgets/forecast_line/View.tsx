import { Chart } from "@/components/chart/Chart.tsx";
import { byGrain } from "@/components/chart/periods.ts";
import { NoForecast } from "@/components/tile/NoForecast.tsx";
import { TileContent } from "@/components/tile/TileContent.tsx";
import type { ForecastResult } from "@/lib/model/mod.ts";
import type { WidgetProps } from "@/lib/widget/mod.ts";
import { forecastLineChart } from "./chart.ts";
import type { ForecastLineOptions } from "./options.ts";

/** The forecast line. */
export default function ForecastLine(props: WidgetProps<ForecastLineOptions>) {
  const { title, options, forecasts, locale } = props;
  const forecast = forecasts?.main;
  if (forecast?.state !== "ready") {
    return (
      <TileContent title={title || "Forecast"}>
        <NoForecast answer={forecast} />
      </TileContent>
    );
  }
  const spec = forecastLineChart(props);
  const shown = title || `${forecast.metric.title}, expected`;
  return (
    <TileContent
      title={shown}
      subtitle={`${byGrain(options.grain)}${accuracy(forecast, locale)}`}
      notices={forecast.notices}
    >
      {spec && <Chart {...props} spec={spec} title={shown} />}
    </TileContent>
  );
}

/** How far it was off when it looked back, beside repeating the last season: what makes a forecast worth a look. */
function accuracy({ backtest: { smape, naive } }: ForecastResult, locale: string): string {
  if (smape === null || naive.smape === null) return "";
  const percent = (value: number) =>
    new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 }).format(value / 100);
  return ` · off by ${percent(smape)} looking back, ${percent(naive.smape)} by repeating the last season`;
}
