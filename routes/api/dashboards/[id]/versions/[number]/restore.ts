import { restoreVersion } from "@/lib/dashboard/mod.ts";
import { define } from "@/lib/define.ts";
import { dashboardAnswer, readIfMatch, readVersionNumber } from "@/lib/http/dashboard_answer.ts";

export const handlers = define.handlers({
  async POST(ctx) {
    const { services, viewer } = ctx.state;
    const number = readVersionNumber(ctx.params.number!);
    const restored = await restoreVersion(services, viewer, ctx.params.id!, number, readIfMatch(ctx.req));
    return dashboardAnswer(restored, 200);
  },
});
