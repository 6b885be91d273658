import { z } from "zod";
import { define } from "@/lib/define.ts";
import { withIdempotency } from "@/lib/http/idempotency.ts";
import { readJson } from "@/lib/http/read_json.ts";
import { runMetricQuery } from "@/lib/query/run_metric_query.ts";

export const handlers = define.handlers({
  POST(ctx) {
    const { services, viewer } = ctx.state;
    return withIdempotency(services, viewer, ctx.req, async () => {
      // The question is checked where it is asked: there its errors can name what the dataset has.
      return ctx.json(await runMetricQuery(services, viewer, await readJson(ctx.req, z.unknown())));
    });
  },
});
