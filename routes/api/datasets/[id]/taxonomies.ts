import { taxonomiesBodySchema } from "@/lib/api/contract.ts";
import { getDataset } from "@/lib/dataset/datasets.ts";
import { partVersion } from "@/lib/dataset/part_version.ts";
import { saveTaxonomies } from "@/lib/dataset/save_rules.ts";
import { define } from "@/lib/define.ts";
import { ifMatchPart } from "@/lib/http/if_match_part.ts";
import { readJson } from "@/lib/http/read_json.ts";

export const handlers = define.handlers({
  async GET(ctx) {
    const { services, viewer } = ctx.state;
    const { taxonomies } = await getDataset(services, viewer.workspace, ctx.params.id!);
    const version = partVersion(taxonomies);
    return ctx.json({ taxonomies, version }, { headers: { etag: `"${version}"` } });
  },
  async PUT(ctx) {
    const { services, viewer } = ctx.state;
    const { taxonomies } = await readJson(ctx.req, taxonomiesBodySchema);
    const saved = await saveTaxonomies(services, viewer, ctx.params.id!, taxonomies, ifMatchPart(ctx.req));
    return ctx.json(saved, { headers: { etag: `"${partVersion(saved.taxonomies)}"` } });
  },
});
