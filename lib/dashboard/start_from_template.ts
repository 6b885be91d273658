/** Starting a dashboard from a goal: what is offered, with what would be missing, and making it. */
import { NotFoundError } from "@/lib/errors.ts";
import type { Stored } from "@/lib/documents/mod.ts";
import type { Dashboard, Viewer } from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";
import { createDashboard, listDashboards } from "./dashboards.ts";
import { type FilledTemplate, fillTemplate } from "./fill_template.ts";
import { templates } from "./templates/mod.ts";

type Outside = Pick<Services, "documents" | "warehouse" | "cache" | "clock" | "sources" | "widgets">;

/** Every template, filled with the data at hand. */
export async function offerTemplates(services: Outside, viewer: Viewer): Promise<FilledTemplate[]> {
  return await Promise.all(templates.map((template) => fillTemplate(services, viewer, template)));
}

/** Makes a dashboard of a template; a title that is taken gets a number. Throws `NotFoundError` naming the templates. */
export async function startFromTemplate(
  services: Outside & Pick<Services, "events">,
  viewer: Viewer,
  id: string,
): Promise<Stored<Dashboard>> {
  const template = templates.find((one) => one.id === id);
  if (!template) {
    const known = templates.map((one) => one.id);
    throw new NotFoundError(`There is no template "${id}"; there are ${known.join(", ")}`, { known });
  }
  const { dashboard } = await fillTemplate(services, viewer, template);
  const taken = new Set((await listDashboards(services, viewer)).map(({ doc }) => doc.title));
  let title = dashboard.title;
  for (let number = 2; taken.has(title); number++) title = `${dashboard.title} ${number}`;
  return await createDashboard(services, viewer, { ...dashboard, title });
}
