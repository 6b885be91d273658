import { page } from "fresh";
import { Head } from "fresh/runtime";
import { EmptyState } from "@/components/EmptyState.tsx";
import { RejectedTable } from "@/components/imports/RejectedTable.tsx";
import { PageHeader } from "@/components/PageHeader.tsx";
import { define } from "@/lib/define.ts";
import { readLocale } from "@/lib/http/locale.ts";
import { readPage } from "@/lib/http/read_page.ts";
import { flaggedRows, getImport } from "@/lib/ingest/imports.ts";

const PAGE = 100;

export const handlers = define.handlers({
  async GET(ctx) {
    const { services, viewer } = ctx.state;
    const { offset } = readPage(ctx.url.searchParams);
    const job = await getImport(services, viewer, ctx.params.id!);
    const { total, rows } = await flaggedRows(services, viewer, job.id, { offset, limit: PAGE });
    return page({ id: job.id, filename: job.filename, total, rows, offset, locale: readLocale(ctx.req) });
  },
});

export default define.page<typeof handlers>(function Flagged({ data }) {
  const { id, filename, total, rows, offset, locale } = data;
  const number = new Intl.NumberFormat(locale);
  const path = `/data/imports/${encodeURIComponent(id)}`;
  return (
    <>
      <Head>
        <title>Flagged: {filename} · Tessera</title>
      </Head>
      <PageHeader
        title="Flagged"
        note={`${number.format(total)} ${total === 1 ? "row" : "rows"} that went in although they break a rule`}
        up={{ href: path, title: filename }}
      />
      {rows.length === 0
        ? (
          <EmptyState
            title={total > 0 ? "No more rows" : "Nothing was flagged"}
            text={total > 0 ? "The list ended before this page." : "No row of this file that went in breaks a rule."}
          >
            <a class="button" href={path}>Back to the import</a>
          </EmptyState>
        )
        : (
          <section class="card">
            <RejectedTable rows={rows} locale={locale} />
            <nav class="pager" aria-label="Pages of rows">
              <span class="quiet">
                {number.format(offset + 1)} – {number.format(offset + rows.length)} of {number.format(total)}
              </span>
              <span class="pager__links">
                {offset > 0 && (
                  <a class="button button--small" href={`${path}/flagged?offset=${Math.max(0, offset - PAGE)}`}>
                    Previous
                  </a>
                )}
                {offset + rows.length < total && (
                  <a class="button button--small" href={`${path}/flagged?offset=${offset + PAGE}`}>Next</a>
                )}
              </span>
            </nav>
          </section>
        )}
    </>
  );
});
