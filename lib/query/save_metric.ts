/** Metrics that a workspace adds to a dataset: checked as a question would check them, for everybody from then on. */
import { changeDataset, listDatasets } from "@/lib/dataset/datasets.ts";
import { InputError, NotFoundError } from "@/lib/errors.ts";
import { builtInDatasets } from "@/lib/model/datasets/mod.ts";
import type { Dataset, Metric, Viewer } from "@/lib/model/mod.ts";
import { namedMetrics } from "./formula/mod.ts";
import { loadOthers } from "./load_others.ts";
import { parseMetricQuery } from "./parse_query.ts";
import { planQuery } from "./plan_query.ts";
import type { Services } from "@/lib/services.ts";

type Outside = Pick<Services, "documents" | "warehouse">;

/**
 * Adds a metric. Without a format its values are written as what its formula comes to. Throws `InputError` for a name
 * that is taken, and for a formula that cannot be answered, with the place and the nearest name.
 */
export async function addMetric(
  services: Outside,
  viewer: Viewer,
  id: string,
  input: Omit<Metric, "format"> & { format?: Metric["format"] },
): Promise<Dataset> {
  return await changeDataset(services, viewer, id, (dataset) => withMetric(services, viewer, dataset, input));
}

async function withMetric(
  services: Outside,
  viewer: Viewer,
  dataset: Dataset,
  input: Omit<Metric, "format"> & { format?: Metric["format"] },
): Promise<Dataset> {
  const { name } = input as { name: string };
  const taken = dataset.metrics.some((metric) => metric.name === name)
    ? "metric"
    : dataset.columns.some((column) => column.name === name)
    ? "column"
    : null;
  if (taken) {
    const message = `Cannot add the metric: ${dataset.title} has a ${taken} "${name}" already; choose another name`;
    throw new InputError("metric-taken", message, { name });
  }
  const query = parseMetricQuery({ dataset: dataset.id, metrics: [{ name, formula: input.formula }] });
  const others = await loadOthers(services, viewer.workspace, dataset, query);
  const [planned] = planQuery(dataset, query, others).metrics;
  const metric = { ...input, format: input.format ?? planned!.format } as Metric;
  return { ...dataset, metrics: [...dataset.metrics, metric] };
}

/**
 * Takes a metric away that was added. Throws `NotFoundError` where there is none, `InputError` for one that came built
 * in and for one that other metrics are made of.
 */
export async function removeMetric(services: Outside, viewer: Viewer, id: string, name: string): Promise<Dataset> {
  return await changeDataset(services, viewer, id, (dataset) => withoutMetric(services, viewer, dataset, name));
}

async function withoutMetric(services: Outside, viewer: Viewer, dataset: Dataset, name: string): Promise<Dataset> {
  if (!dataset.metrics.some((metric) => metric.name === name)) {
    throw new NotFoundError(`${dataset.title} has no metric "${name}"`);
  }
  if (!addedMetrics(dataset).some((metric) => metric.name === name)) {
    throw new InputError("metric-built-in", `Cannot remove "${name}": it came with ${dataset.title}`, { name });
  }
  const users = (await listDatasets(services, viewer.workspace)).flatMap((other) =>
    other.metrics.filter((metric) =>
      namedMetrics(metric.formula).some((named) => named.name === name && (named.dataset ?? other.id) === dataset.id)
    ).map(({ title }) => other.id === dataset.id ? title : `${other.title}: ${title}`)
  );
  if (users.length > 0) {
    const message = `Cannot remove "${name}": ${users.join(", ")} would have nothing to count; remove that first`;
    throw new InputError("metric-used", message, { name, users });
  }
  return { ...dataset, metrics: dataset.metrics.filter((metric) => metric.name !== name) };
}

/** The metrics of a dataset that did not come with it. */
export function addedMetrics(dataset: Dataset): Metric[] {
  const own = new Set(builtInDatasets.find(({ id }) => id === dataset.id)?.metrics.map(({ name }) => name));
  return dataset.metrics.filter(({ name }) => !own.has(name));
}
