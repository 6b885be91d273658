import { page } from "fresh";
import { asset, Head } from "fresh/runtime";
import type { ComponentChildren } from "preact";
import { ChartTable } from "@/components/chart/ChartTable.tsx";
import { EmptyState } from "@/components/EmptyState.tsx";
import { accuracyChart } from "@/components/forecast/accuracy_chart.ts";
import { CalibrationPlot } from "@/components/forecast/CalibrationPlot.tsx";
import { MissesTable } from "@/components/forecast/MissesTable.tsx";
import { modelTitle } from "@/components/forecast/model_title.ts";
import { ScoresTable } from "@/components/forecast/ScoresTable.tsx";
import { TiersPart } from "@/components/forecast/TiersPart.tsx";
import { PageHeader } from "@/components/PageHeader.tsx";
import Anomalies from "@/islands/Anomalies.tsx";
import { getDataset } from "@/lib/dataset/datasets.ts";
import { define } from "@/lib/define.ts";
import { accuracyReportsCollection } from "@/lib/forecast/accuracy_report.ts";
import type { AccuracyReport } from "@/lib/model/mod.ts";
import { listAnomalies } from "@/lib/forecast/anomalies/list_anomalies.ts";
import { readTiers } from "@/lib/forecast/tiers/read_tiers.ts";
import { formatAgo } from "@/lib/format/moment.ts";
import { readLocale } from "@/lib/http/locale.ts";

/** The newest days whose anomalies are listed. */
const DAYS = 120;
const PICTURE = { width: 640, height: 240 };

export const handlers = define.handlers({
  async GET(ctx) {
    const { services, viewer } = ctx.state;
    const { workspace } = viewer;
    const dataset = await getDataset(services, workspace, ctx.params.id!);
    const stored = await services.documents.get(accuracyReportsCollection, workspace, dataset.id);
    const report = stored?.doc ?? null;
    const locale = readLocale(ctx.req);
    const spec = report?.overall ? accuracyChart(report) : null;
    return page({
      dataset: { id: dataset.id, title: dataset.title },
      report,
      tiers: await readTiers(services, viewer, { dataset: dataset.id }),
      anomalies: await listAnomalies(services, viewer, { dataset: dataset.id, days: DAYS }),
      spec,
      picture: spec && await services.pictures.draw(spec, PICTURE, locale),
      now: services.clock.now(),
      locale,
    });
  },
});

export default define.page<typeof handlers>(function ForecastsPage({ data }) {
  const { dataset, report, anomalies, tiers, spec, picture, now, locale } = data;
  const up = { href: `/data/datasets/${encodeURIComponent(dataset.id)}`, title: dataset.title };
  return (
    <>
      <Head>
        <title>Forecasts of {dataset.title} · Tessera</title>
        <link rel="stylesheet" href={asset("/widgets.css")} />
        <link rel="stylesheet" href={asset("/forecasts.css")} />
      </Head>
      <PageHeader
        title={`Forecasts of ${dataset.title}`}
        note={report ? `What was said and what came · looked at ${formatAgo(report.made, now, locale)}` : undefined}
        up={up}
      />
      <div class="stack">
        {anomalies.range && (
          <Part title="What stands out" note={`in the newest ${DAYS} days, the last one first`}>
            <Anomalies dataset={dataset.id} answer={anomalies} days={DAYS} locale={locale} />
          </Part>
        )}
        {tiers.state !== "none" && (
          <Part title="Campaign tiers" note="what becomes of campaigns, told by those that looked alike">
            <TiersPart answer={tiers} locale={locale} />
          </Part>
        )}
        {!report?.overall ? <NothingSettled report={report} /> : (
          <>
            <Facts report={report} locale={locale} />
            <div class="columns columns--wide-left">
              <Part title="Accuracy over time" note="by the week that was forecast; lower is better">
                <p class="forecast-legend">
                  <span class="swatch swatch--1" aria-hidden="true" /> Forecasts off by{" "}
                  <span class="swatch swatch--compare swatch--dashed" aria-hidden="true" /> Repeating the last season
                </p>
                {picture && (
                  <div class="table-scroll" tabIndex={0} role="region" aria-label="Accuracy over time, drawn">
                    <div class="forecast-picture" dangerouslySetInnerHTML={{ __html: picture }} />
                  </div>
                )}
                {spec && <ChartTable spec={spec} locale={locale} title="Accuracy over time" />}
              </Part>
              <Part title="Calibration" note="promised across, held upwards">
                <CalibrationPlot groups={report.distances} />
              </Part>
            </div>
            <Part title="By distance" note="periods after the last one learned from">
              <ScoresTable
                caption="Accuracy by distance"
                head="Distance"
                rows={report.distances.map((one) => ({ ...one, name: one.title }))}
                swatches
                locale={locale}
              />
            </Part>
            <Part title="By model" note="what was shown, the most used first">
              <ScoresTable
                caption="Accuracy by model"
                head="Model"
                rows={report.models.map((one) => ({
                  ...one,
                  name: modelTitle(one.model),
                  aside: `${one.forecasts} ${one.forecasts === 1 ? "forecast" : "forecasts"}`,
                }))}
                locale={locale}
              />
            </Part>
            <Part title="Worst misses" note="farthest outside their 95 % bands">
              {report.misses.length > 0
                ? <MissesTable misses={report.misses} locale={locale} />
                : <p class="quiet">Nothing came out outside its 95 % band.</p>}
            </Part>
          </>
        )}
      </div>
    </>
  );
});

function NothingSettled({ report }: { report: AccuracyReport | null }) {
  return report && report.forecasts > report.outdated
    ? (
      <EmptyState
        title="Nothing to hold them against yet"
        text={`${report.forecasts} forecasts are kept. How right they were shows when the days they speak of are imported.`}
      />
    )
    : (
      <EmptyState
        title="No forecasts yet"
        text="Forecasts are made after each import and every night, once there are 14 days whose numbers are final."
      />
    );
}

function Facts({ report, locale }: { report: AccuracyReport; locale: string }) {
  const { overall, forecasts, outdated } = report;
  if (!overall) return null;
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
  const number = new Intl.NumberFormat(locale);
  return (
    <dl class="facts">
      <Fact name="Kept forecasts" value={number.format(forecasts)} aside={outdated > 0 && outdatedText(report)} />
      <Fact
        name="Off by"
        value={percent.format(overall.error)}
        aside={`${percent.format(overall.naive)} by repeating the last season`}
      />
      <Fact name="Inside the 80 % band" value={percent.format(overall.inside80)} />
      <Fact name="Inside the 95 % band" value={percent.format(overall.inside95)} />
    </dl>
  );
}

const OUTDATED_FOR: Record<string, string> = {
  rollback: "an import was taken back",
  restore: "an import is in its place again",
  formula: "the metric means something else now",
};

function outdatedText({ outdated, outdatedBy }: AccuracyReport): string {
  const reasons = Object.keys(outdatedBy).flatMap((reason) => OUTDATED_FOR[reason] ?? []);
  return `${outdated} outdated${reasons.length > 0 ? `: ${reasons.join(", or ")}` : ""}`;
}

function Fact({ name, value, aside }: { name: string; value: string; aside?: string | false }) {
  return (
    <div class="card fact">
      <dt>{name}</dt>
      <dd>
        {value}
        {aside && <span class="table__aside">{aside}</span>}
      </dd>
    </div>
  );
}

function Part({ title, note, children }: { title: string; note: string; children: ComponentChildren }) {
  const id = title.toLowerCase().replaceAll(" ", "-");
  return (
    <section class="card" aria-labelledby={id}>
      <header class="card__head">
        <h2 id={id}>{title}</h2>
        <span class="card__note">{note}</span>
      </header>
      {children}
    </section>
  );
}
