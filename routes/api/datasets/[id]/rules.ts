import { rulesBodySchema } from "@/lib/api/contract.ts";
import { getDataset } from "@/lib/dataset/datasets.ts";
import { partVersion } from "@/lib/dataset/part_version.ts";
import { saveRules } from "@/lib/dataset/save_rules.ts";
import { define } from "@/lib/define.ts";
import { ifMatchPart } from "@/lib/http/if_match_part.ts";
import { readJson } from "@/lib/http/read_json.ts";

export const handlers = define.handlers({
  async GET(ctx) {
    const { services, viewer } = ctx.state;
    const { rules } = await getDataset(services, viewer.workspace, ctx.params.id!);
    const version = partVersion(rules);
    return ctx.json({ rules, version }, { headers: { etag: `"${version}"` } });
  },
  async PUT(ctx) {
    const { services, viewer } = ctx.state;
    const { rules } = await readJson(ctx.req, rulesBodySchema);
    const saved = await saveRules(services, viewer, ctx.params.id!, rules, ifMatchPart(ctx.req));
    return ctx.json(saved, { headers: { etag: `"${partVersion(saved.rules)}"` } });
  },
});
