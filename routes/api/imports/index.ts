import { define } from "@/lib/define.ts";
import { hashBody } from "@/lib/http/hash_body.ts";
import { importAnswer } from "@/lib/http/import_answer.ts";
import { withIdempotency } from "@/lib/http/idempotency.ts";
import { readUpload } from "@/lib/http/read_upload.ts";
import { readLedgerFilter } from "@/lib/http/ledger_filter.ts";
import { readPage } from "@/lib/http/read_page.ts";
import { createImport, listImports } from "@/lib/ingest/imports.ts";

export const handlers = define.handlers({
  async GET(ctx) {
    const { services, viewer } = ctx.state;
    const { searchParams } = ctx.url;
    const page = { ...readPage(searchParams), ...readLedgerFilter(searchParams) };
    return ctx.json(await listImports(services, viewer, page));
  },
  POST(ctx) {
    const { services, viewer } = ctx.state;
    const { maxUploadBytes: maxBytes } = services.config;
    const read = () => readUpload(ctx.req, ctx.url.searchParams, { maxBytes });
    return withIdempotency(services, viewer, ctx.req, async () => {
      const job = await createImport(services, viewer, await read());
      return ctx.json(importAnswer(job), { status: 202, headers: { location: `/api/imports/${job.id}` } });
    }, {
      async isSame(answer) {
        const { sha256 } = await answer.json();
        return sha256 === await hashBody((await read()).body, maxBytes);
      },
    });
  },
});
