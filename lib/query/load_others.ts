import { getDataset, listDatasets } from "@/lib/dataset/datasets.ts";
import { NotFoundError } from "@/lib/errors.ts";
import type { Dataset, MetricQuery } from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";
import { namedMetrics } from "./formula/mod.ts";

/**
 * The datasets besides its own that a question's formulas name, through whatever metrics; empty for nearly every
 * question. Where a name is none, every dataset there is: the error can say which one was meant.
 */
export async function loadOthers(
  services: Pick<Services, "documents">,
  workspace: string,
  own: Dataset,
  query: Pick<MetricQuery, "metrics">,
): Promise<ReadonlyMap<string, Dataset>> {
  const known = new Map([[own.id, own]]);
  const seen = new Set<string>();
  const texts = query.metrics.map((ref) =>
    typeof ref === "string" ? { dataset: own.id, ...named(own, ref) } : { dataset: own.id, text: ref.formula }
  );
  for (let next = texts.pop(); next; next = texts.pop()) {
    for (const { dataset: id, name } of next.text === undefined ? [] : namedMetrics(next.text)) {
      const place = id ?? next.dataset;
      if (seen.has(`${place}.${name}`)) continue;
      seen.add(`${place}.${name}`);
      if (!known.has(place)) {
        const dataset = await find(services, workspace, place);
        if (!dataset) return await allBut(services, workspace, own.id);
        known.set(place, dataset);
      }
      texts.push({ dataset: place, ...named(known.get(place)!, name) });
    }
  }
  known.delete(own.id);
  return known;
}

function named(dataset: Dataset, name: string): { text: string | undefined } {
  return { text: dataset.metrics.find((metric) => metric.name === name)?.formula };
}

async function find(services: Pick<Services, "documents">, workspace: string, id: string): Promise<Dataset | null> {
  try {
    return await getDataset(services, workspace, id);
  } catch (error) {
    if (error instanceof NotFoundError) return null;
    throw error;
  }
}

async function allBut(
  services: Pick<Services, "documents">,
  workspace: string,
  own: string,
): Promise<ReadonlyMap<string, Dataset>> {
  const all = await listDatasets(services, workspace);
  return new Map(all.filter(({ id }) => id !== own).map((one) => [one.id, one]));
}
