import { removeMetric } from "@/lib/query/save_metric.ts";
import { define } from "@/lib/define.ts";

export const handlers = define.handlers({
  async DELETE(ctx) {
    const { services, viewer } = ctx.state;
    return ctx.json(await removeMetric(services, viewer, ctx.params.id!, ctx.params.name!));
  },
});
