import { Chart } from "@/components/chart/Chart.tsx";
import { AnomalyList } from "@/components/forecast/AnomalyList.tsx";
import { NothingStandsOut } from "@/components/forecast/NothingStandsOut.tsx";
import { TileContent } from "@/components/tile/TileContent.tsx";
import type { WidgetProps } from "@/lib/widget/mod.ts";
import { anomalyTimelineChart, drawnCurrency, shownAnomalies } from "./chart.ts";
import type { AnomalyTimelineOptions } from "./options.ts";

/** The anomaly timeline. */
export default function AnomalyTimeline(props: WidgetProps<AnomalyTimelineOptions>) {
  const { options, anomalies, locale, picture, selected, dispatch } = props;
  const title = props.title || "What stands out";
  const answer = anomalies?.main;
  const shown = shownAnomalies(answer, options);
  if (shown.length === 0) {
    return (
      <TileContent title={title}>
        <NothingStandsOut answer={answer} locale={locale} />
      </TileContent>
    );
  }
  const spec = anomalyTimelineChart(props);
  const currency = drawnCurrency(shown);
  const others = shown.filter(({ worth }) => worth && worth.currency !== currency).length;
  const notices = spec && others > 0
    ? [{ code: "other-currencies", message: `${others} in other currencies ${others === 1 ? "is" : "are"} not drawn` }]
    : [];
  return (
    <TileContent
      title={title}
      subtitle={spec ? `by day · what it is worth${currency ? ` in ${currency}` : ""}` : `last ${options.days} days`}
      notices={notices}
    >
      {spec && (
        <div class="anomalies__chart">
          <Chart spec={spec} locale={locale} title={title} picture={picture} selected={selected} dispatch={dispatch} />
        </div>
      )}
      <div class="anomalies__list" tabIndex={0} role="region" aria-label={`${title}, listed`}>
        <AnomalyList anomalies={shown} locale={locale} dispatch={dispatch} />
      </div>
    </TileContent>
  );
}
