import { openApi } from "@/lib/api/openapi.ts";
import { define } from "@/lib/define.ts";

export const handlers = define.handlers({
  GET: (ctx) => ctx.json(openApi(ctx.state.services.config.publicUrl ?? ctx.url.origin)),
});
