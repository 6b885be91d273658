import { listVersions } from "@/lib/dashboard/mod.ts";
import { define } from "@/lib/define.ts";

export const handlers = define.handlers({
  async GET(ctx) {
    const { services, viewer } = ctx.state;
    return ctx.json({ versions: await listVersions(services, viewer, ctx.params.id!) });
  },
});
