import { Chart } from "@/components/chart/Chart.tsx";
import { daysLeftWords, endOfTotal, soFar, targetWords, unitName } from "@/components/forecast/unit_words.ts";
import { NoForecast } from "@/components/tile/NoForecast.tsx";
import { TileContent } from "@/components/tile/TileContent.tsx";
import { formatMetric } from "@/lib/format/mod.ts";
import type { WidgetProps } from "@/lib/widget/mod.ts";
import { monthProjectionChart } from "./chart.ts";
import type { MonthProjectionOptions } from "./options.ts";

/** The projection. */
export default function MonthProjection(props: WidgetProps<MonthProjectionOptions>) {
  const { title, options: { target, unit }, forecasts, locale, picture } = props;
  const forecast = forecasts?.main;
  if (forecast?.state !== "ready" || !forecast.total) {
    return (
      <TileContent title={title || `By the end of the ${unit}`}>
        <NoForecast answer={forecast} />
      </TileContent>
    );
  }
  const { metric, currency, total, notices } = forecast;
  const text = (value: number, more = {}) => formatMetric(value, metric, { locale, currency, ...more });
  const end = endOfTotal(total);
  const spec = monthProjectionChart(props);
  const shown = title || `${metric.title} in ${unitName(total, locale)}, expected`;
  const hope = target === undefined ? null : targetWords(forecast, total, target, locale);
  return (
    <TileContent title={shown} subtitle={`${text(soFar(total))} so far, ${daysLeftWords(total)}`} notices={notices}>
      <p class="kpi__value" title={text(end.value, { exact: true })}>{text(end.value)}</p>
      <p class="kpi__change">
        {hope && target !== undefined && (
          <span class={`change change--${hope.tone}`}>{hope.text} {text(target, { compact: true })}</span>
        )}
        <span
          class="kpi__note"
          title={`95 %: ${text(end.lower95, { exact: true })} to ${text(end.upper95, { exact: true })}`}
        >
          80 %: {text(end.lower80)} to {text(end.upper80)}
        </span>
      </p>
      {spec && <Chart spec={spec} locale={locale} title={shown} picture={picture} />}
    </TileContent>
  );
}
