import { taxonomiesBodySchema } from "@/lib/api/contract.ts";
import { saveTaxonomies } from "@/lib/dataset/save_rules.ts";
import { define } from "@/lib/define.ts";
import { readJson } from "@/lib/http/read_json.ts";

export const handlers = define.handlers({
  async PUT(ctx) {
    const { services, viewer } = ctx.state;
    const { taxonomies } = await readJson(ctx.req, taxonomiesBodySchema);
    return ctx.json(await saveTaxonomies(services, viewer, ctx.params.id!, taxonomies));
  },
});
