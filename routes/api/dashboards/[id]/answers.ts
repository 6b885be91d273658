import { tilesBodySchema } from "@/lib/api/contract.ts";
import { type DashboardAnswers, getDashboard, loadDashboard } from "@/lib/dashboard/mod.ts";
import { define } from "@/lib/define.ts";
import { withIdempotency } from "@/lib/http/idempotency.ts";
import { readJson } from "@/lib/http/read_json.ts";
import { effectiveFilters, readPageFilters } from "@/lib/model/mod.ts";

export const handlers = define.handlers({
  POST(ctx) {
    const { services, viewer } = ctx.state;
    return withIdempotency(services, viewer, ctx.req, async () => {
      const { search, have } = await readJson(ctx.req, tilesBodySchema);
      const { doc } = await getDashboard(services, viewer, ctx.params.id!);
      const { filters: chosen } = readPageFilters(new URLSearchParams(search));
      const filters = effectiveFilters(doc.defaults, chosen);
      const loaded = await loadDashboard(services, viewer, doc, filters, have);
      return ctx.json({ ...loaded, filters } satisfies DashboardAnswers);
    });
  },
});
