import { page } from "fresh";
import { asset, Head } from "fresh/runtime";
import { EmptyState } from "@/components/EmptyState.tsx";
import { LedgerFilters } from "@/components/imports/LedgerFilters.tsx";
import { LedgerTable } from "@/components/imports/LedgerTable.tsx";
import { Notice } from "@/components/Notice.tsx";
import { PageHeader } from "@/components/PageHeader.tsx";
import { TurnedToast } from "@/components/imports/TurnedToast.tsx";
import { listDatasets } from "@/lib/dataset/datasets.ts";
import { define, type State } from "@/lib/define.ts";
import { NotFoundError, TesseraError } from "@/lib/errors.ts";
import { changeImport } from "@/lib/http/import_actions.ts";
import { readLedgerFilter } from "@/lib/http/ledger_filter.ts";
import { readLocale } from "@/lib/http/locale.ts";
import { readForm } from "@/lib/http/read_form.ts";
import { readPage } from "@/lib/http/read_page.ts";
import { getImport, listImports } from "@/lib/ingest/imports.ts";

export const handlers = define.handlers({
  async GET(ctx) {
    return page(await load(ctx.state, ctx.req, ctx.url));
  },
  /** Undo and Restore of a line: done, then back to the same list. */
  async POST(ctx) {
    const form = await readForm(ctx.req);
    try {
      const job = await changeImport(ctx.state, String(form.get("id") ?? ""), form);
      const params = new URLSearchParams(ctx.url.searchParams);
      params.set("turned", job.id);
      return ctx.redirect(`/data/imports?${params}`, 303);
    } catch (error) {
      if (!(error instanceof TesseraError) || error.status >= 500) throw error;
      return page({ ...await load(ctx.state, ctx.req, ctx.url), problem: error.message }, { status: error.status });
    }
  },
});

async function load({ services, viewer }: State, request: Request, url: URL) {
  const { cursor } = readPage(
    new URLSearchParams(url.searchParams.has("cursor") ? [["cursor", url.searchParams.get("cursor")!]] : []),
  );
  const filter = readLedgerFilter(url.searchParams);
  const turned = url.searchParams.get("turned");
  const [datasets, ledger, job] = await Promise.all([
    listDatasets(services, viewer.workspace),
    listImports(services, viewer, { ...filter, limit: 50, cursor }),
    turned === null ? null : getImport(services, viewer, turned).catch((error) => {
      if (error instanceof NotFoundError) return null; // an address that somebody wrote
      throw error;
    }),
  ]);
  return {
    ...ledger,
    filter,
    datasets: datasets.map(({ id, title }) => ({ id, title })),
    turned: job,
    older: cursor !== undefined,
    now: services.clock.now(),
    locale: readLocale(request),
    problem: null as string | null,
  };
}

export default define.page<typeof handlers>(function Ledger({ data }) {
  const { imports, cursor, older, filter, datasets, turned, now, locale, problem } = data;
  const kept = new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== undefined));
  const action = `/data/imports${kept.size > 0 ? `?${kept}` : ""}`;
  const filtered = kept.size > 0;
  const next = new URLSearchParams([...kept, ["cursor", cursor ?? ""]]);
  return (
    <>
      <Head>
        <title>Imports · Tessera</title>
        <link rel="stylesheet" href={asset("/imports.css")} />
      </Head>
      <PageHeader
        title="Imports"
        note="newest first; each can be taken back, also under later ones"
        up={{ href: "/data", title: "Data" }}
      >
        <a class="button button--primary" href="/data/import">Import a file</a>
      </PageHeader>
      <div class="stack">
        {problem && <Notice tone="bad" title="That could not be done" text={problem} />}
        <section class="card" aria-label="Ledger">
          <LedgerFilters datasets={datasets} {...filter} />
          {imports.length > 0
            ? (
              <LedgerTable
                imports={imports}
                titles={Object.fromEntries(datasets.map(({ id, title }) => [id, title]))}
                now={now}
                locale={locale}
                action={action}
              />
            )
            : (
              <EmptyState
                title={filtered ? "No import fits" : "No imports yet"}
                text={filtered
                  ? "Nothing was imported that fits both choices."
                  : "Export a report from an ad platform and bring it in: it shows what it found before you rely on it."}
              >
                {filtered
                  ? <a class="button" href="/data/imports">Show all</a>
                  : <a class="button" href="/data/import">Import a file</a>}
              </EmptyState>
            )}
          {(cursor || older) && (
            <nav class="pager" aria-label="Pages of imports">
              <span class="pager__links">
                {older && <a class="button button--small" href={action}>Newest</a>}
                {cursor && <a class="button button--small" href={`/data/imports?${next}`}>Older</a>}
              </span>
            </nav>
          )}
        </section>
      </div>
      {turned && <TurnedToast job={turned} action={action} />}
    </>
  );
});
