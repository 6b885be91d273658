import { previewBodySchema } from "@/lib/api/contract.ts";
import { type DashboardAnswers, loadDashboard } from "@/lib/dashboard/mod.ts";
import { define } from "@/lib/define.ts";
import { readJson } from "@/lib/http/read_json.ts";
import { effectiveFilters, readPageFilters } from "@/lib/model/mod.ts";

/** What a dashboard that is not saved would show: what an editor looks at. */
export const handlers = define.handlers({
  async POST(ctx) {
    const { services, viewer } = ctx.state;
    const { dashboard, search, have } = await readJson(ctx.req, previewBodySchema);
    const { filters: chosen } = readPageFilters(new URLSearchParams(search));
    const filters = effectiveFilters(dashboard.defaults, chosen);
    const loaded = await loadDashboard(services, viewer, dashboard, filters, have);
    return ctx.json({ ...loaded, filters } satisfies DashboardAnswers);
  },
});
