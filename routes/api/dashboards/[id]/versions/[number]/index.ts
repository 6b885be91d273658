import { versionNameBodySchema } from "@/lib/api/contract.ts";
import { getVersion, nameVersion } from "@/lib/dashboard/mod.ts";
import { define } from "@/lib/define.ts";
import { readVersionNumber } from "@/lib/http/dashboard_answer.ts";
import { readJson } from "@/lib/http/read_json.ts";

export const handlers = define.handlers({
  async GET(ctx) {
    const { services, viewer } = ctx.state;
    return ctx.json(await getVersion(services, viewer, ctx.params.id!, readVersionNumber(ctx.params.number!)));
  },
  async PUT(ctx) {
    const { services, viewer } = ctx.state;
    const { name } = await readJson(ctx.req, versionNameBodySchema);
    return ctx.json(await nameVersion(services, viewer, ctx.params.id!, readVersionNumber(ctx.params.number!), name));
  },
});
