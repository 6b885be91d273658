import { define } from "@/lib/define.ts";
import { importAnswer } from "@/lib/http/import_answer.ts";
import { withIdempotency } from "@/lib/http/idempotency.ts";
import { readUpload } from "@/lib/http/read_upload.ts";
import { readPage } from "@/lib/http/read_page.ts";
import { createImport, listImports } from "@/lib/ingest/imports.ts";

export const handlers = define.handlers({
  async GET(ctx) {
    const { services, viewer } = ctx.state;
    return ctx.json(await listImports(services, viewer, readPage(ctx.url.searchParams)));
  },
  POST(ctx) {
    const { services, viewer } = ctx.state;
    return withIdempotency(services, viewer, ctx.req, async () => {
      const limit = { maxBytes: services.config.maxUploadBytes };
      const job = await createImport(services, viewer, await readUpload(ctx.req, ctx.url.searchParams, limit));
      return ctx.json(importAnswer(job), { status: 202, headers: { location: `/api/imports/${job.id}` } });
    });
  },
});
