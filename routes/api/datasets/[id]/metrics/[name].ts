import { removeUnusedMetric } from "@/lib/dashboard/mod.ts";
import { define } from "@/lib/define.ts";

export const handlers = define.handlers({
  async DELETE(ctx) {
    const { services, viewer } = ctx.state;
    return ctx.json(await removeUnusedMetric(services, viewer, ctx.params.id!, ctx.params.name!));
  },
});
