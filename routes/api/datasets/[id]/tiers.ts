import { define } from "@/lib/define.ts";
import { readTiers } from "@/lib/forecast/tiers/read_tiers.ts";

export const handlers = define.handlers({
  async GET(ctx) {
    const { services, viewer } = ctx.state;
    return ctx.json(await readTiers(services, viewer, { dataset: ctx.params.id! }));
  },
});
