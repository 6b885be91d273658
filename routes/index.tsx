import { page } from "fresh";
import { Head } from "fresh/runtime";
import { DatasetsTable } from "@/components/data/DatasetsTable.tsx";
import { BoardCard } from "@/components/home/BoardCard.tsx";
import { TemplateCard } from "@/components/home/TemplateCard.tsx";
import { dashboardLinks } from "@/components/home/dashboard_links.ts";
import { ImportsTable } from "@/components/imports/ImportsTable.tsx";
import { Notice } from "@/components/Notice.tsx";
import { PageHeader } from "@/components/PageHeader.tsx";
import { PostButton } from "@/components/PostButton.tsx";
import ImportDrop from "@/islands/ImportDrop.tsx";
import { listDashboards, offerTemplates } from "@/lib/dashboard/mod.ts";
import { listDatasetStates } from "@/lib/dataset/dataset_states.ts";
import { define } from "@/lib/define.ts";
import { formatPeriod } from "@/lib/format/mod.ts";
import { readLocale } from "@/lib/http/locale.ts";
import { listImports } from "@/lib/ingest/imports.ts";
import { listedDataset } from "@/components/data/listed_dataset.ts";

export const handlers = define.handlers({
  async GET(ctx) {
    const { services, viewer } = ctx.state;
    const [dashboards, datasets, { imports }] = await Promise.all([
      listDashboards(services, viewer),
      listDatasetStates(services, viewer),
      listImports(services, viewer, { limit: 6 }),
    ]);
    return page({
      dashboards: dashboards.map(({ doc }) => doc),
      templates: dashboards.length > 0 ? [] : await offerTemplates(services, viewer),
      datasets: datasets.map(listedDataset),
      imports,
      now: services.clock.now(),
      locale: readLocale(ctx.req),
    });
  },
});

export default define.page<typeof handlers>(function Home({ data }) {
  const { dashboards, templates, imports, now, locale } = data;
  const filled = data.datasets.filter((d) => d.rows > 0);
  const waiting = imports.filter(({ state }) => state === "needs-mapping");
  const titles = Object.fromEntries(data.datasets.map((d) => [d.id, d.title]));
  const through = filled.map((d) => d.range?.to ?? "").toSorted().at(-1);
  const drop = (title: string, look: "page" | "row") => (
    <ImportDrop
      datasets={data.datasets.map(({ id, title }) => ({ id, title }))}
      dataset=""
      dashboards={dashboardLinks(dashboards)}
      locale={locale}
      title={title}
      look={look}
    />
  );
  return (
    <>
      <Head>
        <title>Dashboards · Tessera</title>
      </Head>
      <PageHeader
        title="Dashboards"
        note={
          <span class="health" id="health">
            <span class="dot dot--good" aria-hidden="true" />
            {through ? `Data through ${formatPeriod(through, "day", { locale })}` : "No data yet"} · all running
          </span>
        }
      >
        {dashboards.length > 0 && <a class="button" href="/dashboards/new">New dashboard</a>}
        {filled.length > 0 && <a class="button button--primary" href="/data/import">Import a file</a>}
      </PageHeader>
      <div class="stack">
        {waiting.length > 0 && (
          <Notice
            tone="warn"
            title={waiting.length === 1 ? "One file waits for an answer" : `${waiting.length} files wait for an answer`}
            text={waiting.map(({ id, filename }, i) => (
              <>
                {i > 0 && ", "}
                <a key={id} href={`/data/imports/${encodeURIComponent(id)}`}>{filename}</a>
              </>
            ))}
          />
        )}
        {filled.length === 0 && drop("Start with a file", "page")}
        {dashboards.length > 0
          ? (
            <div class="boards">
              {dashboards.map((dashboard) => <BoardCard key={dashboard.id} dashboard={dashboard} />)}
            </div>
          )
          : (
            <section class="stack" aria-labelledby="start">
              <header class="card__head">
                <h2 id="start">Start a dashboard from a goal</h2>
                <PostButton action="/dashboards/new" name="empty" kind="small">Start empty</PostButton>
              </header>
              <div class="boards boards--templates">
                {templates.map((filled) => <TemplateCard key={filled.template.id} filled={filled} />)}
              </div>
            </section>
          )}
        {(filled.length > 0 || imports.length > 0) && (
          <div class="columns columns--wide-left">
            <section class="card">
              <header class="card__head">
                <h2>Recent imports</h2>
                <a class="card__more" href="/data">All imports</a>
              </header>
              {imports.length > 0
                ? <ImportsTable imports={imports} titles={titles} now={now} locale={locale} short />
                : <p class="quiet">Files you drop show up here.</p>}
            </section>
            <section class="card">
              <header class="card__head">
                <h2>Data</h2>
                <a class="card__more" href="/data">All data</a>
              </header>
              {filled.length > 0
                ? <DatasetsTable datasets={filled} now={now} locale={locale} short />
                : <p class="quiet">No rows yet.</p>}
            </section>
          </div>
        )}
        {filled.length > 0 && drop("Drop a file to bring in newer days", "row")}
      </div>
    </>
  );
});
