import { define } from "@/lib/define.ts";
import { readPage } from "@/lib/http/read_page.ts";
import { flaggedRows } from "@/lib/ingest/imports.ts";

export const handlers = define.handlers({
  async GET(ctx) {
    const { services, viewer } = ctx.state;
    return ctx.json(await flaggedRows(services, viewer, ctx.params.id!, readPage(ctx.url.searchParams)));
  },
});
