import { answersBodySchema } from "@/lib/api/contract.ts";
import { define } from "@/lib/define.ts";
import { importAnswer } from "@/lib/http/import_answer.ts";
import { withIdempotency } from "@/lib/http/idempotency.ts";
import { readJson } from "@/lib/http/read_json.ts";
import { answerImport } from "@/lib/ingest/imports.ts";

export const handlers = define.handlers({
  POST(ctx) {
    const { services, viewer } = ctx.state;
    return withIdempotency(services, viewer, ctx.req, async () => {
      const body = await readJson(ctx.req, answersBodySchema);
      const answers = typeof body.answers === "object" ? body.answers : body as Record<string, string>;
      return ctx.json(importAnswer(await answerImport(services, viewer, ctx.params.id!, answers)), { status: 202 });
    });
  },
});
