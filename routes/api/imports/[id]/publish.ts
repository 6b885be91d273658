import { define } from "@/lib/define.ts";
import { readMode } from "@/lib/http/import_actions.ts";
import { importAnswer } from "@/lib/http/import_answer.ts";
import { withIdempotency } from "@/lib/http/idempotency.ts";
import { publishImport } from "@/lib/ingest/imports.ts";

export const handlers = define.handlers({
  POST(ctx) {
    const { services, viewer } = ctx.state;
    const mode = readMode(ctx.url.searchParams.get("mode"));
    return withIdempotency(services, viewer, ctx.req, async () => {
      return ctx.json(importAnswer(await publishImport(services, viewer, ctx.params.id!, { mode })), { status: 202 });
    });
  },
});
