import { getDataset } from "@/lib/dataset/datasets.ts";
import { NotFoundError } from "@/lib/errors.ts";
import { type Dataset, rulesOf } from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";
import type { StagingPlan } from "@/lib/staging/mod.ts";
import { todayIn } from "./today_in.ts";

/** More values than that are no list of names that people keep. */
const MOST_VALUES = 20_000;

/** What the rules of a dataset need to know besides a file's rows. */
export async function ruleFacts(
  services: Pick<Services, "documents" | "warehouse" | "clock">,
  workspace: string,
  dataset: Dataset,
): Promise<NonNullable<StagingPlan["facts"]>> {
  const known: Record<string, readonly string[]> = {};
  for (const rule of rulesOf(dataset)) {
    if (rule.kind !== "related") continue;
    const values = await valuesOf(services, workspace, rule.dataset, rule.other);
    if (values) known[rule.id] = values;
  }
  return { today: todayIn(dataset.timeZone, services.clock.now()), known };
}

/** Null: there is no such dataset or column (any more), or too many values to hold rows against. */
async function valuesOf(
  services: Pick<Services, "documents" | "warehouse">,
  workspace: string,
  id: string,
  column: string,
): Promise<string[] | null> {
  const dataset = await getDataset(services, workspace, id).catch((error) => {
    if (error instanceof NotFoundError) return null;
    throw error;
  });
  if (!dataset?.columns.some((c) => c.name === column && c.role === "dimension")) return null;
  const values = await services.warehouse.values({ workspace, dataset }, column, { limit: MOST_VALUES + 1 });
  return values.length > MOST_VALUES ? null : values.map(({ value }) => value);
}
