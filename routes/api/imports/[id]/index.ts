import { define } from "@/lib/define.ts";
import { importAnswer } from "@/lib/http/import_answer.ts";
import { cancelImport, getImport } from "@/lib/ingest/imports.ts";

export const handlers = define.handlers({
  async GET(ctx) {
    const { services, viewer } = ctx.state;
    return ctx.json(importAnswer(await getImport(services, viewer, ctx.params.id!)));
  },
  async DELETE(ctx) {
    const { services, viewer } = ctx.state;
    return ctx.json(importAnswer(await cancelImport(services, viewer, ctx.params.id!)));
  },
});
