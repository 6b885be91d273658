import { page } from "fresh";
import { asset, Head } from "fresh/runtime";
import type { ComponentChildren } from "preact";
import { EmptyState } from "@/components/EmptyState.tsx";
import { PageHeader } from "@/components/PageHeader.tsx";
import { BrokenRulesTable } from "@/components/quality/BrokenRulesTable.tsx";
import { CalendarLegend, CalendarMap } from "@/components/quality/CalendarMap.tsx";
import { CompletenessTable } from "@/components/quality/CompletenessTable.tsx";
import { GapsTable } from "@/components/quality/GapsTable.tsx";
import { HistoryTable } from "@/components/quality/HistoryTable.tsx";
import { OutliersTable } from "@/components/quality/OutliersTable.tsx";
import { ScoreCard } from "@/components/quality/ScoreCard.tsx";
import { SourcesTable } from "@/components/quality/SourcesTable.tsx";
import { UpkeepList } from "@/components/quality/UpkeepList.tsx";
import { getDataset } from "@/lib/dataset/datasets.ts";
import { define } from "@/lib/define.ts";
import { formatRange } from "@/lib/format/mod.ts";
import { readLocale } from "@/lib/http/locale.ts";
import { listUpkeep } from "@/lib/jobs/upkeep.ts";
import { loadQuality } from "@/lib/quality/mod.ts";

export const handlers = define.handlers({
  async GET(ctx) {
    const { services, viewer } = ctx.state;
    const dataset = await getDataset(services, viewer.workspace, ctx.params.id!);
    await services.warehouse.ensure({ workspace: viewer.workspace, dataset });
    const [quality, upkeep] = await Promise.all([
      loadQuality(services, viewer, dataset.id),
      listUpkeep(services, viewer.workspace, 1),
    ]);
    return page({
      dataset: { id: dataset.id, title: dataset.title },
      quality,
      upkeep: upkeep[0] ?? null,
      now: services.clock.now(),
      locale: readLocale(ctx.req),
    });
  },
});

export default define.page<typeof handlers>(function QualityPage({ data }) {
  const { dataset, quality, upkeep, now, locale } = data;
  const path = `/data/datasets/${encodeURIComponent(dataset.id)}`;
  const { range } = quality;
  const imports = quality.history.length;
  const note = range
    ? `${formatRange(range.from, range.to, { locale, year: true })} · ${imports} ${
      imports === 1 ? "import" : "imports"
    }`
    : "No rows yet";
  return (
    <>
      <Head>
        <title>Quality of {dataset.title} · Tessera</title>
        <link rel="stylesheet" href={asset("/quality.css")} />
      </Head>
      <PageHeader title={`Quality of ${dataset.title}`} note={note} up={{ href: path, title: dataset.title }}>
        <a class="button" href={`${path}#rules`}>Rules</a>
      </PageHeader>
      {!range
        ? (
          <EmptyState title="Nothing to judge yet" text="The quality of a dataset shows once it has rows.">
            <a class="button button--primary" href={`/data/import?dataset=${encodeURIComponent(dataset.id)}`}>
              Import a file
            </a>
          </EmptyState>
        )
        : (
          <div class="stack">
            <div class="columns columns--wide-left">
              <ScoreCard quality={quality} />
              <div class="stack">
                <Part
                  title="Freshness"
                  note="by account"
                  empty={quality.sources.length === 0 && "No account reports by day."}
                >
                  <SourcesTable sources={quality.sources} locale={locale} />
                </Part>
                <Part
                  title="Outliers"
                  note="days far off their weekday"
                  empty={quality.outliers.length === 0 && "None."}
                >
                  <OutliersTable outliers={quality.outliers.slice(0, 8)} locale={locale} />
                </Part>
              </div>
            </div>
            <Part title="Days with rows" note="of the accounts that report by day">
              <CalendarMap days={quality.calendar} locale={locale} />
              <CalendarLegend />
              {quality.gaps.length > 0 && <GapsTable gaps={quality.gaps.slice(0, 12)} locale={locale} />}
            </Part>
            <div class="columns columns--wide-left">
              <Part title="Completeness" note="of what a platform brings, in the latest 91 days" empty={false}>
                <CompletenessTable columns={quality.completeness} locale={locale} />
              </Part>
              <div class="stack">
                <Part
                  title="Broken rules"
                  note="by the latest imports"
                  empty={quality.brokenRules.length === 0 && "No import broke a rule."}
                >
                  <BrokenRulesTable rules={quality.brokenRules} locale={locale} />
                </Part>
                <Reconciled reconciliation={quality.reconciliation} />
              </div>
            </div>
            <Part title="Imports" note="how clean each was" empty={imports === 0 && "No imports."}>
              <HistoryTable history={quality.history} now={now} locale={locale} />
            </Part>
            {upkeep && <UpkeepList report={upkeep} now={now} locale={locale} />}
          </div>
        )}
    </>
  );
});

function Part({ title, note, empty = false, children }: {
  title: string;
  note: string;
  /** What stands there instead of the children. */
  empty?: string | false;
  children: ComponentChildren;
}) {
  return (
    <section class="card">
      <header class="card__head">
        <h2>{title}</h2>
        <span class="card__note">{note}</span>
      </header>
      {empty ? <p class="quiet">{empty}</p> : children}
    </section>
  );
}

function Reconciled({ reconciliation: { checked, differing } }: {
  reconciliation: { checked: number; differing: { id: string; filename: string; title: string; evidence: string }[] };
}) {
  return (
    <Part
      title="Reconciliation"
      note="rows against the totals that files bring"
      empty={checked === 0
        ? "No file brought totals of its own."
        : differing.length === 0 && `The rows add up to all ${checked} totals.`}
    >
      <ul class="differences">
        {differing.slice(0, 10).map(({ id, filename, title, evidence }) => (
          <li key={`${id} ${title}`}>
            <span>{title}</span>
            <span class="quiet">{evidence}</span>
            <a href={`/data/imports/${encodeURIComponent(id)}`}>{filename}</a>
          </li>
        ))}
      </ul>
    </Part>
  );
}
