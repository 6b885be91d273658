import { getDataset } from "@/lib/dataset/datasets.ts";
import { define } from "@/lib/define.ts";
import { InputError } from "@/lib/errors.ts";

export const handlers = define.handlers({
  async GET(ctx) {
    const { services, viewer: { workspace } } = ctx.state;
    const dataset = await getDataset(services, workspace, ctx.params.id!);
    const name = ctx.url.searchParams.get("column") ?? "";
    const column = dataset.columns.find((c) => c.name === name && c.role === "dimension");
    if (!column) {
      const known = dataset.columns.filter((c) => c.role === "dimension").map((c) => c.name).join(", ");
      throw new InputError("unknown-column", `"${name}" is no dimension of "${dataset.id}"; there are ${known}`);
    }
    const search = ctx.url.searchParams.get("search")?.slice(0, 500) || undefined;
    const values = await services.warehouse.values({ workspace, dataset }, name, { search, limit: 50 });
    return ctx.json({ values });
  },
});
