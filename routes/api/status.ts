import { define } from "@/lib/define.ts";
import { readStatus } from "@/lib/status/read_status.ts";

export const handlers = define.handlers({
  async GET(ctx) {
    const { services, viewer } = ctx.state;
    return ctx.json(await readStatus(services, viewer), { headers: { "cache-control": "no-store" } });
  },
});
