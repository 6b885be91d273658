import { define } from "@/lib/define.ts";
import { loadQuality } from "@/lib/quality/mod.ts";

export const handlers = define.handlers({
  async GET(ctx) {
    const { services, viewer } = ctx.state;
    return ctx.json(await loadQuality(services, viewer, ctx.params.id!));
  },
});
