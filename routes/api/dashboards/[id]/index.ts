import { saveBodySchema } from "@/lib/api/contract.ts";
import { deleteDashboard, getDashboard, putDashboard } from "@/lib/dashboard/mod.ts";
import { define } from "@/lib/define.ts";
import { dashboardAnswer, readIfMatch } from "@/lib/http/dashboard_answer.ts";
import { readJson } from "@/lib/http/read_json.ts";

export const handlers = define.handlers({
  async GET(ctx) {
    const { services, viewer } = ctx.state;
    return dashboardAnswer(await getDashboard(services, viewer, ctx.params.id!), 200, ctx.req);
  },
  async PUT(ctx) {
    const { services, viewer } = ctx.state;
    const body = await readJson(ctx.req, saveBodySchema);
    const { version, note, ...dashboard } = body;
    const expected = readIfMatch(ctx.req) ?? version;
    return dashboardAnswer(await putDashboard(services, viewer, ctx.params.id!, dashboard, expected, note), 200);
  },
  async DELETE(ctx) {
    const { services, viewer } = ctx.state;
    await deleteDashboard(services, viewer, ctx.params.id!, readIfMatch(ctx.req));
    return new Response(null, { status: 204 });
  },
});
