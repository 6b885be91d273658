import { define } from "@/lib/define.ts";

/** Ready: the stores answer. */
export const handlers = define.handlers({
  async GET(ctx) {
    const { services } = ctx.state;
    await Promise.all([services.documents.ping(), services.warehouse.ping()]);
    return ctx.json({ status: "ready" });
  },
});
