import { z } from "zod";
import { createDashboard, listDashboards } from "@/lib/dashboard/mod.ts";
import { define } from "@/lib/define.ts";
import { dashboardAnswer } from "@/lib/http/dashboard_answer.ts";
import { withIdempotency } from "@/lib/http/idempotency.ts";
import { readJson } from "@/lib/http/read_json.ts";

export const handlers = define.handlers({
  async GET(ctx) {
    const { services, viewer } = ctx.state;
    const dashboards = (await listDashboards(services, viewer)).map(({ doc, version }) => ({ ...doc, version }));
    return ctx.json({ dashboards });
  },
  POST(ctx) {
    const { services, viewer } = ctx.state;
    return withIdempotency(services, viewer, ctx.req, async () => {
      return dashboardAnswer(await createDashboard(services, viewer, await readJson(ctx.req, z.unknown())), 201);
    });
  },
});
