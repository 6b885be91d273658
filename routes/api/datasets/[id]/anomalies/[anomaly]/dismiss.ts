import { dismissBodySchema } from "@/lib/api/contract.ts";
import { define } from "@/lib/define.ts";
import { dismissAnomaly } from "@/lib/forecast/anomalies/dismiss_anomaly.ts";
import { shownAnomaly } from "@/lib/forecast/anomalies/list_anomalies.ts";
import { readIfMatch } from "@/lib/http/dashboard_answer.ts";
import { withIdempotency } from "@/lib/http/idempotency.ts";
import { readJson } from "@/lib/http/read_json.ts";

export const handlers = define.handlers({
  POST(ctx) {
    const { services, viewer } = ctx.state;
    return withIdempotency(services, viewer, ctx.req, async () => {
      const { reason, version } = await readJson(ctx.req, dismissBodySchema);
      const chosen = {
        dataset: ctx.params.id!,
        id: ctx.params.anomaly!,
        version: readIfMatch(ctx.req) ?? version,
      };
      return ctx.json(shownAnomaly(await dismissAnomaly(services, viewer, chosen, reason)));
    });
  },
});
