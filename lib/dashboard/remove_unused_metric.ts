import { InputError } from "@/lib/errors.ts";
import { type Dataset, type MetricQueryInput, type Placement, type Viewer, withFormulas } from "@/lib/model/mod.ts";
import { namedMetrics } from "@/lib/query/formula/mod.ts";
import { removeMetric } from "@/lib/query/save_metric.ts";
import type { Services } from "@/lib/services.ts";
import type { WidgetQuestion } from "@/lib/widget/mod.ts";
import { listDashboards } from "./dashboards.ts";

type Outside = Pick<Services, "documents" | "warehouse" | "widgets" | "events">;
type Wanted = { dataset: string; name: string };

/**
 * Takes a metric away that was added to a dataset. Throws `InputError` where a published dashboard shows it, and what
 * `removeMetric` throws.
 */
export async function removeUnusedMetric(
  services: Outside,
  viewer: Viewer,
  id: string,
  name: string,
): Promise<Dataset> {
  const users = await dashboardsShowing(services, viewer, { dataset: id, name });
  if (users.length > 0) {
    const list = users.map((title) => `“${title}”`).join(", ");
    const message =
      `Cannot remove "${name}": ${list} ${users.length === 1 ? "shows" : "show"} it; choose another metric ` +
      `there and publish, then remove it`;
    throw new InputError("metric-used", message, { name, users });
  }
  return await removeMetric(services, viewer, id, name);
}

/** The titles of the dashboards on which a tile asks for a metric, by its name or inside a formula of its own. */
async function dashboardsShowing(services: Outside, viewer: Viewer, wanted: Wanted): Promise<string[]> {
  const titles: string[] = [];
  for (const { doc } of await listDashboards(services, viewer)) {
    for (const placement of doc.placements) {
      if (!await asksFor(services, placement, wanted)) continue;
      titles.push(doc.title);
      break;
    }
  }
  return titles;
}

async function asksFor({ widgets }: Outside, placement: Placement, wanted: Wanted): Promise<boolean> {
  const widget = await widgets.load(placement.widget);
  const options = widget?.parse(placement.options, placement.widgetVersion);
  if (!widget || !options?.ok) return false;
  return Object.values(widget.queries(options.options)).some((question) =>
    withFormulas(metricsOf(question), placement.formulas).some((metric) =>
      isOrNames(metric, question.query.dataset, wanted)
    )
  );
}

function metricsOf(question: WidgetQuestion): MetricQueryInput["metrics"] {
  if (question.kind === "metric" || question.kind === "forecast") return question.query.metrics;
  return question.kind === "anomalies" && question.query.metric ? [question.query.metric] : [];
}

function isOrNames(metric: MetricQueryInput["metrics"][number], dataset: string, wanted: Wanted): boolean {
  if (typeof metric === "string") return metric === wanted.name && dataset === wanted.dataset;
  return namedMetrics(metric.formula).some((named) =>
    named.name === wanted.name && (named.dataset ?? dataset) === wanted.dataset
  );
}
