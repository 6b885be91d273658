import { getDataset } from "@/lib/dataset/datasets.ts";
import { define } from "@/lib/define.ts";
import { InputError } from "@/lib/errors.ts";
import { singleValues } from "@/lib/http/single_values.ts";

export const handlers = define.handlers({
  async GET(ctx) {
    const { services, viewer: { workspace } } = ctx.state;
    const dataset = await getDataset(services, workspace, ctx.params.id!);
    const { column: name = "", search = "" } = singleValues(ctx.url.searchParams);
    const column = dataset.columns.find((c) => c.name === name && c.role === "dimension");
    if (!column) {
      const known = dataset.columns.filter((c) => c.role === "dimension").map((c) => c.name).join(", ");
      throw new InputError("unknown-column", `"${name}" is no dimension of "${dataset.id}"; there are ${known}`);
    }
    const part = search.slice(0, 500) || undefined;
    const counts = await services.warehouse.values({ workspace, dataset }, name, { search: part, limit: 50 });
    return ctx.json({ values: counts.map(({ value }) => value), counts });
  },
});
