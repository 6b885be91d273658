import { page } from "fresh";
import { Head } from "fresh/runtime";
import { DatasetsTable } from "@/components/data/DatasetsTable.tsx";
import { listedDataset } from "@/components/data/listed_dataset.ts";
import { EmptyState } from "@/components/EmptyState.tsx";
import { ImportsTable } from "@/components/imports/ImportsTable.tsx";
import { PageHeader } from "@/components/PageHeader.tsx";
import { listDatasetStates } from "@/lib/dataset/dataset_states.ts";
import { define } from "@/lib/define.ts";
import { readLocale } from "@/lib/http/locale.ts";
import { listImports } from "@/lib/ingest/imports.ts";

export const handlers = define.handlers({
  async GET(ctx) {
    const { services, viewer } = ctx.state;
    const [datasets, ledger] = await Promise.all([
      listDatasetStates(services, viewer),
      listImports(services, viewer, { limit: 8 }),
    ]);
    return page({
      datasets: datasets.map(listedDataset),
      ...ledger,
      now: services.clock.now(),
      locale: readLocale(ctx.req),
    });
  },
});

export default define.page<typeof handlers>(function Data({ data }) {
  const { datasets, imports, cursor, now, locale } = data;
  const filled = datasets.filter((d) => d.rows > 0);
  const empty = datasets.filter((d) => d.rows === 0);
  const number = new Intl.NumberFormat(locale);
  const rows = filled.reduce((sum, d) => sum + d.rows, 0);
  return (
    <>
      <Head>
        <title>Data · Tessera</title>
      </Head>
      <PageHeader title="Data" note={rows > 0 ? `${number.format(rows)} rows` : "No rows yet"}>
        <a class="button" href="/data/settings">Settings</a>
        <a class="button button--primary" href="/data/import">Import a file</a>
      </PageHeader>
      <div class="stack">
        <section class="card">
          <header class="card__head">
            <h2>Datasets</h2>
            <span class="card__note">what you can ask about</span>
          </header>
          {filled.length > 0 && <DatasetsTable datasets={filled} now={now} locale={locale} />}
          {empty.length > 0 && (
            <p class={filled.length > 0 ? "ready ready--after" : "ready"}>
              <span class="quiet">Ready for files:</span>
              {empty.map(({ id, title }) => <a key={id} href={`/data/datasets/${encodeURIComponent(id)}`}>{title}</a>)}
            </p>
          )}
        </section>
        <section class="card">
          <header class="card__head">
            <h2>Imports</h2>
            <span class="card__note">newest first; each can be taken back</span>
          </header>
          {imports.length > 0
            ? <ImportsTable imports={imports} titles={titlesOf(datasets)} now={now} locale={locale} />
            : (
              <EmptyState
                title="No imports yet"
                text="Export a report from an ad platform as CSV and bring it in: it shows what it found before you rely on it."
              >
                <a class="button" href="/data/import">Import a file</a>
              </EmptyState>
            )}
          {imports.length > 0 && (
            <p class="pager">
              <a class="button button--small" href="/data/imports">
                {cursor ? "All imports" : "See the ledger"}
              </a>
            </p>
          )}
        </section>
      </div>
    </>
  );
});

function titlesOf(datasets: { id: string; title: string }[]): Record<string, string> {
  return Object.fromEntries(datasets.map(({ id, title }) => [id, title]));
}
