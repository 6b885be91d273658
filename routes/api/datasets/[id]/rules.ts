import { rulesBodySchema } from "@/lib/api/contract.ts";
import { saveRules } from "@/lib/dataset/save_rules.ts";
import { define } from "@/lib/define.ts";
import { readJson } from "@/lib/http/read_json.ts";

export const handlers = define.handlers({
  async PUT(ctx) {
    const { services, viewer } = ctx.state;
    const { rules } = await readJson(ctx.req, rulesBodySchema);
    return ctx.json(await saveRules(services, viewer, ctx.params.id!, rules));
  },
});
