import { listDatasets, putDataset } from "@/lib/dataset/datasets.ts";
import { define } from "@/lib/define.ts";
import { ConflictError } from "@/lib/errors.ts";
import { withIdempotency } from "@/lib/http/idempotency.ts";
import { readJson } from "@/lib/http/read_json.ts";
import { datasetSchema } from "@/lib/model/mod.ts";

export const handlers = define.handlers({
  async GET(ctx) {
    const { services, viewer: { workspace } } = ctx.state;
    const datasets = (await listDatasets(services, workspace)).map(async (dataset) => ({
      ...dataset,
      state: await services.warehouse.state({ workspace, dataset }),
    }));
    return ctx.json({ datasets: await Promise.all(datasets) });
  },
  POST(ctx) {
    const { services, viewer } = ctx.state;
    return withIdempotency(services, viewer, ctx.req, async () => {
      const dataset = await readJson(ctx.req, datasetSchema);
      const known = await listDatasets(services, viewer.workspace);
      if (known.some((other) => other.id === dataset.id)) {
        throw new ConflictError(`Cannot define the dataset "${dataset.id}": there is one already; PUT changes it`);
      }
      const made = await putDataset(services, viewer, dataset);
      return ctx.json(made, { status: 201, headers: { location: `/api/datasets/${made.id}` } });
    });
  },
});
