import { z } from "zod";
import { define } from "@/lib/define.ts";
import { answerForecast } from "@/lib/forecast/answer_forecast.ts";
import { withIdempotency } from "@/lib/http/idempotency.ts";
import { readJson } from "@/lib/http/read_json.ts";

export const handlers = define.handlers({
  POST(ctx) {
    const { services, viewer } = ctx.state;
    return withIdempotency(services, viewer, ctx.req, async () => {
      // As with questions: their errors can name what the dataset has.
      return ctx.json(await answerForecast(services, viewer, await readJson(ctx.req, z.unknown())));
    });
  },
});
