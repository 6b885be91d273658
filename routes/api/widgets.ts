import { define } from "@/lib/define.ts";

export const handlers = define.handlers({
  GET: (ctx) => ctx.json({ widgets: ctx.state.services.widgets.manifests() }),
});
