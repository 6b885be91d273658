import { getDataset, putDataset } from "@/lib/dataset/datasets.ts";
import { define } from "@/lib/define.ts";
import { InputError } from "@/lib/errors.ts";
import { readIfMatch } from "@/lib/http/dashboard_answer.ts";
import { readJson } from "@/lib/http/read_json.ts";
import { type Dataset, datasetSchema } from "@/lib/model/mod.ts";

export const handlers = define.handlers({
  async GET(ctx) {
    const { services, viewer: { workspace } } = ctx.state;
    const dataset = await getDataset(services, workspace, ctx.params.id!);
    const state = await services.warehouse.state({ workspace, dataset });
    return ctx.json({ ...dataset, state }, { headers: etagOf(dataset) });
  },
  async PUT(ctx) {
    const { services, viewer } = ctx.state;
    const id = ctx.params.id!;
    const dataset = await readJson(ctx.req, datasetSchema);
    if (dataset.id !== id) {
      throw new InputError("id-changed", `Cannot save the dataset "${id}" under the id "${dataset.id}"; keep its id`);
    }
    await getDataset(services, viewer.workspace, id); // POST makes new ones
    const saved = await putDataset(services, viewer, dataset, { from: readIfMatch(ctx.req) });
    return ctx.json(saved, { headers: etagOf(saved) });
  },
});

function etagOf({ definitionVersion }: Dataset): HeadersInit {
  return { etag: `"${definitionVersion}"` };
}
