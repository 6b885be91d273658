import { page } from "fresh";
import { asset, Head } from "fresh/runtime";
import { dashboardLinks } from "@/components/home/dashboard_links.ts";
import { UnfinishedUploads } from "@/components/imports/UnfinishedUploads.tsx";
import { Notice } from "@/components/Notice.tsx";
import { PageHeader } from "@/components/PageHeader.tsx";
import ImportDrop from "@/islands/ImportDrop.tsx";
import { listDashboards } from "@/lib/dashboard/mod.ts";
import { listDatasets } from "@/lib/dataset/datasets.ts";
import { define, type State } from "@/lib/define.ts";
import { TesseraError } from "@/lib/errors.ts";
import { readLocale } from "@/lib/http/locale.ts";
import { readUpload } from "@/lib/http/read_upload.ts";
import { createImport } from "@/lib/ingest/imports.ts";
import { listUnfinished } from "@/lib/ingest/uploads.ts";

export const handlers = define.handlers({
  async GET(ctx) {
    return page(await load(ctx.state, ctx.req, ctx.url.searchParams.get("dataset")));
  },
  /** Where no script runs, the form comes here. */
  async POST(ctx) {
    const { services, viewer } = ctx.state;
    try {
      const limit = { maxBytes: services.config.maxUploadBytes };
      const job = await createImport(services, viewer, await readUpload(ctx.req, ctx.url.searchParams, limit));
      return ctx.redirect(`/data/imports/${encodeURIComponent(job.id)}`, 303);
    } catch (error) {
      if (!(error instanceof TesseraError) || error.status >= 500) throw error;
      const data = await load(ctx.state, ctx.req, ctx.url.searchParams.get("dataset"));
      return page({ ...data, problem: error.message }, { status: error.status });
    }
  },
});

async function load({ services, viewer }: State, request: Request, dataset: string | null) {
  const [datasets, dashboards, unfinished] = await Promise.all([
    listDatasets(services, viewer.workspace),
    listDashboards(services, viewer),
    listUnfinished(services, viewer),
  ]);
  return {
    datasets: datasets.map(({ id, title }) => ({ id, title })),
    dataset: datasets.some(({ id }) => id === dataset) ? dataset! : "",
    dashboards: dashboardLinks(dashboards.map(({ doc }) => doc)),
    locale: readLocale(request),
    problem: null as string | null,
    unfinished,
  };
}

export default define.page<typeof handlers>(function Import({ data }) {
  const { problem, unfinished, ...drop } = data;
  return (
    <>
      <Head>
        <title>Import a file · Tessera</title>
        <link rel="stylesheet" href={asset("/imports.css")} />
      </Head>
      <PageHeader title="Import a file" up={{ href: "/data", title: "Data" }} />
      <div class="stack">
        {problem && <Notice tone="bad" title="The file was not taken" text={problem} />}
        <UnfinishedUploads uploads={unfinished} locale={drop.locale} />
        <ImportDrop {...drop} look="page" title="Drop your exports here" />
        <section class="columns" aria-label="Good to know">
          <div class="card">
            <h2>Any export</h2>
            <p class="quiet">
              Title lines, totals, <code>--</code>{" "}
              and commas for decimals are recognised. You see what was found, and what decided it.
            </p>
          </div>
          <div class="card">
            <h2>Nothing is guessed</h2>
            <p class="quiet">
              Where a file can be read in two ways, you are asked first. Rows that cannot be used are set aside with the
              reason.
            </p>
          </div>
          <div class="card">
            <h2>Everything can be taken back</h2>
            <p class="quiet">The same day twice replaces, never doubles. Any import can be undone later, and redone.</p>
          </div>
        </section>
      </div>
    </>
  );
});
