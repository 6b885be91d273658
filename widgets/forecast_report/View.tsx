import { Chart } from "@/components/chart/Chart.tsx";
import { modelTitle } from "@/components/forecast/model_title.ts";
import { type Figure, Figures } from "@/components/tile/Figures.tsx";
import { TileContent } from "@/components/tile/TileContent.tsx";
import { formatMetric, formatPeriod } from "@/lib/format/mod.ts";
import type { AccuracyReport, AccuracyScore, ForecastMiss } from "@/lib/model/mod.ts";
import type { WidgetProps } from "@/lib/widget/mod.ts";
import { forecastReportChart } from "./chart.ts";
import type { ForecastReportOptions } from "./options.ts";

/** With fewer periods a model has not shown what it can. */
const LEAST_PERIODS = 14;

/** On a phone figures stand in two rows, and the chart needs the room. */
const NARROW_MISSES = 2;

/** The report card. */
export default function ForecastReport(props: WidgetProps<ForecastReportOptions>) {
  const { title, options, accuracy, locale, picture, size } = props;
  const report = accuracy?.main ?? null;
  const shown = title || "How right forecasts were";
  const page = `/data/datasets/${encodeURIComponent(options.dataset)}/forecasts`;
  if (!report?.overall) {
    return (
      <TileContent title={shown}>
        <NothingSettled report={report} page={page} />
      </TileContent>
    );
  }
  const spec = forecastReportChart(props);
  const misses = report.misses.slice(0, size.narrow ? Math.min(NARROW_MISSES, options.misses) : options.misses);
  return (
    <TileContent title={shown} subtitle={countWords(report, locale)}>
      <Figures figures={figuresOf(report, report.overall, locale)} />
      {spec && <Chart spec={spec} locale={locale} title="Accuracy over time" picture={picture} />}
      {misses.length > 0 && (
        <>
          <h3 class="tile__part">Worst misses</h3>
          <ul class="misses">
            {misses.map((miss) => (
              <Miss key={`${miss.metric} ${miss.of} ${miss.period}`} miss={miss} locale={locale} />
            ))}
          </ul>
        </>
      )}
      <a class="tile__more" href={page}>By distance, model and all misses</a>
    </TileContent>
  );
}

function Miss({ miss, locale }: { miss: ForecastMiss; locale: string }) {
  const { metric, of, period, grain, format, currency, expected, came, times } = miss;
  const text = (value: number) => formatMetric(value, format, { locale, currency });
  const far = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(times);
  return (
    <li class="misses__one">
      <span class="misses__what">
        {metric}
        {of && <span class="misses__of">{of}</span>}
      </span>
      <span class="misses__when">{formatPeriod(period, grain, { locale })}</span>
      <span class="misses__came" title={`${far} times as far off as the 95 % band reaches`}>
        {text(came)} <span class="misses__of">not {text(expected)}</span>
      </span>
    </li>
  );
}

function figuresOf({ models }: AccuracyReport, overall: AccuracyScore, locale: string): Figure[] {
  const percent = (share: number) =>
    new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 }).format(share);
  const tried = models.filter(({ periods }) => periods >= LEAST_PERIODS);
  const best = tried.toSorted((a, b) => a.error / (a.naive || 1) - b.error / (b.naive || 1))[0];
  return [
    {
      name: "Off by",
      value: percent(overall.error),
      note: `${percent(overall.naive)} by repeating the last season`,
    },
    { name: "Inside the 80 % band", value: percent(overall.inside80) },
    { name: "Inside the 95 % band", value: percent(overall.inside95) },
    ...best
      ? [{
        name: "Best model",
        value: modelTitle(best.model),
        note: best.error < best.naive ? `off by ${percent(best.error)}` : "no better than repeating",
      }]
      : [],
  ];
}

function countWords({ forecasts, overall }: AccuracyReport, locale: string): string {
  const number = new Intl.NumberFormat(locale);
  return `${number.format(overall?.periods ?? 0)} settled periods of ${number.format(forecasts)} forecasts`;
}

function NothingSettled({ report, page }: { report: AccuracyReport | null; page: string }) {
  const standing = report ? report.forecasts - report.outdated : 0;
  return (
    <div class="tile__state">
      {standing > 0
        ? (
          <p>
            <strong>Nothing to hold forecasts against yet.</strong> {standing} {standing === 1 ? "is" : "are"}{" "}
            kept. How right they were shows when the days they speak of are imported.
          </p>
        )
        : (
          <p>
            <strong>No forecasts yet.</strong>{" "}
            They are made after each import and every night, once there are 14 days whose numbers are final.
          </p>
        )}
      <a class="button button--quiet" href={page}>Forecasts</a>
    </div>
  );
}
