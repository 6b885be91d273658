import { getWorkspaceSettings, putWorkspaceSettings } from "@/lib/dataset/workspace_settings.ts";
import { define } from "@/lib/define.ts";
import { readJson } from "@/lib/http/read_json.ts";
import { workspaceSettingsSchema } from "@/lib/model/mod.ts";

export const handlers = define.handlers({
  async GET(ctx) {
    const { services, viewer } = ctx.state;
    return ctx.json(await getWorkspaceSettings(services, viewer.workspace));
  },
  async PUT(ctx) {
    const { services, viewer } = ctx.state;
    const settings = await readJson(ctx.req, workspaceSettingsSchema);
    return ctx.json(await putWorkspaceSettings(services, viewer, settings));
  },
});
