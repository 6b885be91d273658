import { cleaningBodySchema } from "@/lib/api/contract.ts";
import { define } from "@/lib/define.ts";
import { importAnswer } from "@/lib/http/import_answer.ts";
import { withIdempotency } from "@/lib/http/idempotency.ts";
import { readJson } from "@/lib/http/read_json.ts";
import { cleanAgain } from "@/lib/ingest/clean_again.ts";

export const handlers = define.handlers({
  POST(ctx) {
    const { services, viewer } = ctx.state;
    return withIdempotency(services, viewer, ctx.req, async () => {
      const { steps } = await readJson(ctx.req, cleaningBodySchema);
      return ctx.json(importAnswer(await cleanAgain(services, viewer, ctx.params.id!, steps)), { status: 202 });
    });
  },
});
