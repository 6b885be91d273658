import { define } from "@/lib/define.ts";
import { listAnomalies } from "@/lib/forecast/anomalies/list_anomalies.ts";
import { singleValues } from "@/lib/http/single_values.ts";

export const handlers = define.handlers({
  async GET(ctx) {
    const { services, viewer } = ctx.state;
    const { metric, state, of, days } = singleValues(ctx.url.searchParams);
    const query = {
      dataset: ctx.params.id!,
      metric: metric || undefined,
      state: state || undefined,
      of: of || undefined,
      days: days ? Number(days) : undefined,
    };
    return ctx.json(await listAnomalies(services, viewer, query));
  },
});
