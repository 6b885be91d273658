import { define } from "@/lib/define.ts";
import { restoreAnomaly } from "@/lib/forecast/anomalies/dismiss_anomaly.ts";
import { shownAnomaly } from "@/lib/forecast/anomalies/list_anomalies.ts";
import { readIfMatch } from "@/lib/http/dashboard_answer.ts";
import { withIdempotency } from "@/lib/http/idempotency.ts";

export const handlers = define.handlers({
  POST(ctx) {
    const { services, viewer } = ctx.state;
    return withIdempotency(services, viewer, ctx.req, async () => {
      const chosen = { dataset: ctx.params.id!, id: ctx.params.anomaly!, version: readIfMatch(ctx.req) };
      return ctx.json(shownAnomaly(await restoreAnomaly(services, viewer, chosen)));
    });
  },
});
