/** Names for the ids that forecasts are filtered to: people know campaigns by name. */
import { getDataset } from "@/lib/dataset/datasets.ts";
import { InputError } from "@/lib/errors.ts";
import type { Dataset, Filter, Viewer } from "@/lib/model/mod.ts";
import { runMetricQuery } from "@/lib/query/run_metric_query.ts";
import { type NameOf, plainName } from "./accuracy_report.ts";
import type { SeriesServices } from "./read_series.ts";

/** The latest names of all ids that filters name, looked up once a field. */
export async function namesOf(
  services: SeriesServices,
  viewer: Viewer,
  dataset: string,
  filters: readonly (Filter | null)[],
): Promise<NameOf> {
  const known = await getDataset(services, viewer.workspace, dataset);
  const ids = new Map<string, Set<string>>();
  for (const filter of filters) collect(filter, ids);
  const names = new Map<string, string>();
  for (const [field, values] of ids) {
    const column = known.columns.find(({ labels }) => labels === field);
    if (!column) continue;
    for (const [id, name] of await lookUp(services, viewer, known, { field, name: column.name, values })) {
      names.set(`${field} ${id}`, name);
    }
  }
  return (field, value) => names.get(`${field} ${value}`) ?? plainName(field, value);
}

function collect(filter: Filter | null, ids: Map<string, Set<string>>): void {
  if (!filter) return;
  if ("and" in filter) return filter.and.forEach((one) => collect(one, ids));
  if ("or" in filter) return filter.or.forEach((one) => collect(one, ids));
  const { field, value } = filter;
  const own = ids.get(field) ?? new Set<string>();
  for (const one of Array.isArray(value) ? value : [value]) if (typeof one === "string") own.add(one);
  ids.set(field, own);
}

/** None where the rows cannot be told apart by both: the id is shown then. */
async function lookUp(
  services: SeriesServices,
  viewer: Viewer,
  { id: dataset }: Dataset,
  { field, name, values }: { field: string; name: string; values: ReadonlySet<string> },
): Promise<[string, string][]> {
  try {
    const { rows } = await runMetricQuery(services, viewer, {
      dataset,
      metrics: [{ name: "rows_there", formula: "count()" }],
      dimensions: [field, name],
      filters: { field, op: "in", value: [...values].sort().slice(0, MOST) },
      order: [{ by: "rows_there", direction: "asc" }], // of several accounts with one id the largest names it
      limit: 2 * MOST,
    });
    return rows.flatMap((row): [string, string][] => {
      const [id, label] = [row[field], row[name]];
      return typeof id === "string" && typeof label === "string" && label !== "" ? [[id, label]] : [];
    });
  } catch (error) {
    if (error instanceof InputError) return [];
    throw error;
  }
}

/** Far more than one dataset's forecasts are of. */
const MOST = 200;
