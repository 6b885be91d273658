/** Which metrics and dimensions have values in a dataset: what a template can be filled with. */
import { listDatasetStates, type StandingDataset } from "@/lib/dataset/dataset_states.ts";
import type { Filter, Viewer } from "@/lib/model/mod.ts";
import { runMetricQuery } from "@/lib/query/run_metric_query.ts";
import type { Services } from "@/lib/services.ts";

/** Columns that every level has besides its own. */
const ALWAYS = new Set(["platform", "account", "account_id"]);
/** As many as one question may ask. */
const MOST_METRICS = 50;
/** A dataset of one's own stands in for a built-in one without rows only where it has most of what is needed. */
const ENOUGH = 0.6;

/** What a template needs of one role. */
export interface Needs {
  role: string;
  metrics: ReadonlySet<string>;
  dimensions: ReadonlySet<string>;
}

/** What there is for a role. */
export interface Standing {
  dataset: StandingDataset["dataset"];
  /** Whether the dataset holds any rows. */
  filled: boolean;
  /** Of the metrics that are needed. */
  metrics: Set<string>;
  /** Of all dimensions. */
  dimensions: Set<string>;
}

type Outside = Pick<Services, "documents" | "warehouse" | "cache" | "clock" | "sources">;

/**
 * Answers what stands for each role: in the built-in dataset of that name where it has any of the metrics, else in the
 * dataset that has most of them, which must be most of what is needed.
 */
export async function whatStands(
  services: Outside,
  viewer: Viewer,
  needs: readonly Needs[],
  filters?: Filter,
): Promise<Map<string, Standing>> {
  const datasets = await listDatasetStates(services, viewer);
  const found = await Promise.all(needs.map(async (need): Promise<[string, Standing]> => {
    const own = datasets.find(({ dataset }) => dataset.id === need.role);
    if (!own) throw new TypeError(`Cannot fill a template: there is no dataset "${need.role}"`);
    const standing = await standingOf(services, viewer, own, need, filters);
    if (standing.metrics.size > 0) return [need.role, standing];
    const others = await Promise.all(
      datasets.filter((other) => other !== own).map((other) => standingOf(services, viewer, other, need, filters)),
    );
    const best = others.toSorted((a, b) => b.metrics.size - a.metrics.size)[0];
    return [need.role, best && best.metrics.size >= need.metrics.size * ENOUGH ? best : standing];
  }));
  return new Map(found);
}

async function standingOf(
  services: Outside,
  viewer: Viewer,
  { dataset, state }: StandingDataset,
  need: Needs,
  filters: Filter | undefined,
): Promise<Standing> {
  const standing: Standing = { dataset, filled: state.rows > 0, metrics: new Set(), dimensions: new Set() };
  if (!standing.filled) return standing;
  for (const { name, role, identity, labels } of dataset.columns) {
    if (role !== "dimension") continue;
    // A name is there where its id is.
    const inLevel = state.levels.some(({ columns }) =>
      columns.includes(name) || (labels !== undefined && columns.includes(labels))
    );
    if (!identity || ALWAYS.has(name) || inLevel) standing.dimensions.add(name);
  }
  const metrics = dataset.metrics.map(({ name }) => name).filter((name) => need.metrics.has(name));
  if (metrics.length === 0) return standing;
  const holds = filters && "field" in filters && dataset.columns.some(({ name }) => name === filters.field);
  const { rows } = await runMetricQuery(services, viewer, {
    dataset: dataset.id,
    metrics: metrics.slice(0, MOST_METRICS),
    range: { all: true },
    ...(holds ? { filters } : {}),
  });
  for (const name of metrics) if (rows.some((row) => typeof row[name] === "number")) standing.metrics.add(name);
  return standing;
}
