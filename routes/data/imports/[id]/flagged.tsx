import { page } from "fresh";
import { ROWS_PER_PAGE, RowsPage } from "@/components/imports/RowsPage.tsx";
import { define } from "@/lib/define.ts";
import { readLocale } from "@/lib/http/locale.ts";
import { readPage } from "@/lib/http/read_page.ts";
import { flaggedRows, getImport } from "@/lib/ingest/imports.ts";

export const handlers = define.handlers({
  async GET(ctx) {
    const { services, viewer } = ctx.state;
    const { offset } = readPage(ctx.url.searchParams);
    const { id, filename } = await getImport(services, viewer, ctx.params.id!);
    const { total, rows } = await flaggedRows(services, viewer, id, { offset, limit: ROWS_PER_PAGE });
    return page({ id, filename, total, rows, offset, locale: readLocale(ctx.req) });
  },
});

export default define.page<typeof handlers>(function Flagged({ data }) {
  const { total, locale } = data;
  const count = `${new Intl.NumberFormat(locale).format(total)} ${total === 1 ? "row" : "rows"}`;
  return (
    <RowsPage
      {...data}
      title="Flagged"
      name="flagged"
      note={`${count} that went in although they break a rule`}
      none={{ title: "Nothing was flagged", text: "No row of this file that went in breaks a rule." }}
    />
  );
});
