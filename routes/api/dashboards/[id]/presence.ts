import { presenceBodySchema } from "@/lib/api/contract.ts";
import { getDashboard } from "@/lib/dashboard/mod.ts";
import { define } from "@/lib/define.ts";
import { readJson } from "@/lib/http/read_json.ts";

export const handlers = define.handlers({
  async POST(ctx) {
    const { services, viewer } = ctx.state;
    const body = await readJson(ctx.req, presenceBodySchema);
    const { doc } = await getDashboard(services, viewer, ctx.params.id!);
    const event = { type: "presence", dashboard: doc.id, actor: viewer.actor, ...body } as const;
    await services.events.publish(viewer.workspace, event);
    return new Response(null, { status: 204 });
  },
});
