import { page } from "fresh";
import { ROWS_PER_PAGE, RowsPage } from "@/components/imports/RowsPage.tsx";
import { define } from "@/lib/define.ts";
import { readLocale } from "@/lib/http/locale.ts";
import { readPage } from "@/lib/http/read_page.ts";
import { getImport, rejectedRows } from "@/lib/ingest/imports.ts";

export const handlers = define.handlers({
  async GET(ctx) {
    const { services, viewer } = ctx.state;
    const { offset } = readPage(ctx.url.searchParams);
    const { id, filename } = await getImport(services, viewer, ctx.params.id!);
    const { total, rows } = await rejectedRows(services, viewer, id, { offset, limit: ROWS_PER_PAGE });
    return page({ id, filename, total, rows, offset, locale: readLocale(ctx.req) });
  },
});

export default define.page<typeof handlers>(function Rejected({ data }) {
  const { id, total, locale } = data;
  return (
    <RowsPage
      {...data}
      title="Set aside"
      name="rejected"
      note={`${new Intl.NumberFormat(locale).format(total)} ${total === 1 ? "row" : "rows"}`}
      none={{ title: "Nothing was set aside", text: "Every row of this file could be used." }}
    >
      {total > 0 && (
        <a class="button" href={`/api/imports/${encodeURIComponent(id)}/rejected?format=csv`}>Download as CSV</a>
      )}
    </RowsPage>
  );
});
