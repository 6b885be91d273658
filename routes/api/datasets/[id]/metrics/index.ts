import { metricBodySchema } from "@/lib/api/contract.ts";
import { addMetric } from "@/lib/query/save_metric.ts";
import { define } from "@/lib/define.ts";
import { withIdempotency } from "@/lib/http/idempotency.ts";
import { readJson } from "@/lib/http/read_json.ts";

export const handlers = define.handlers({
  POST(ctx) {
    const { services, viewer } = ctx.state;
    return withIdempotency(services, viewer, ctx.req, async () => {
      const metric = await readJson(ctx.req, metricBodySchema);
      return ctx.json(await addMetric(services, viewer, ctx.params.id!, metric), { status: 201 });
    });
  },
});
