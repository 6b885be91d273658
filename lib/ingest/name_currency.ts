/**
 * Gives a currency to amounts whose files named none. Nothing that is stored is changed: the imports are brought in again
 * with the answer, in their order, through the same funnel; so it is new versions, and can be taken back.
 */
import { getDataset } from "@/lib/dataset/datasets.ts";
import { ConflictError, InputError } from "@/lib/errors.ts";
import { type ImportJob, isCurrencyCode, type Viewer } from "@/lib/model/mod.ts";
import { runMetricQuery } from "@/lib/query/run_metric_query.ts";
import type { Services } from "@/lib/services.ts";
import { NO_CURRENCY } from "./decide_origin.ts";
import {
  answersAgain,
  beginBatch,
  notRepeated,
  publishedImports,
  type Repeat,
  type RepeatBatch,
} from "./repeat_batch.ts";

/** Amounts of a dataset without a currency. */
export interface UnnamedAmounts {
  /** Rows that a question about the dataset counts. */
  rows: number;
  /** How many files would be brought in again. 0: none of them can be, as they name other currencies too. */
  files: number;
}

/** The amounts of a dataset whose currency is not known; null where there are none. */
export async function unnamedAmounts(
  services: Pick<Services, "documents" | "warehouse" | "cache" | "clock" | "sources">,
  viewer: Viewer,
  id: string,
): Promise<UnnamedAmounts | null> {
  const dataset = await getDataset(services, viewer.workspace, id);
  if (!dataset.columns.some(({ name }) => name === "currency")) return null;
  const { currencies } = await services.warehouse.state({ workspace: viewer.workspace, dataset });
  if (!currencies.includes(NO_CURRENCY)) return null;
  const { rows } = await runMetricQuery(services, viewer, {
    dataset: id,
    metrics: [{ name: "unnamed_rows", formula: "count()" }],
    filters: { field: "currency", op: "equals", value: NO_CURRENCY },
  });
  const files = planRepeats(await publishedImports(services, viewer.workspace), id, "EUR").length;
  return { rows: Number(rows[0]?.unnamed_rows ?? 0), files };
}

/**
 * Begins to bring in again every import of the dataset whose amounts have no currency, and those that came after one of
 * them for the same days, in the order in which they came. Throws `InputError` for what is no currency, and
 * `ConflictError` where no import can be brought in again.
 */
export async function nameCurrency(
  services: Pick<Services, "documents" | "clock" | "jobs">,
  viewer: Viewer,
  dataset: string,
  currency: string,
): Promise<RepeatBatch> {
  if (!isCurrencyCode(currency) || currency === NO_CURRENCY) {
    const message = `Cannot name the currency "${currency.slice(0, 20)}": it must be a code such as EUR`;
    throw new InputError("bad-currency", message, { field: "currency" });
  }
  await getDataset(services, viewer.workspace, dataset);
  const imports = await publishedImports(services, viewer.workspace);
  const planned = planRepeats(imports, dataset, currency);
  if (planned.length === 0) {
    const message =
      `Cannot name the currency of "${dataset}": no import that stands now lacks one; look at its imports`;
    throw new ConflictError(message, { dataset });
  }
  return await beginBatch(services, viewer, { currency }, planned);
}

/**
 * Which imports are brought in again, in the order in which they came: those without a currency, and every later one
 * that has days of those, as it must stay the newest. Pure.
 */
export function planRepeats(imports: ImportJob[], dataset: string, currency: string): Omit<Repeat, "id">[] {
  const days: { from: string; to: string }[] = [];
  const plan: Omit<Repeat, "id">[] = [];
  for (const job of notRepeated(imports)) {
    const ranges = job.parts.filter((part) => part.dataset === dataset).map(({ range }) => range);
    if (ranges.length === 0) continue;
    const named = job.findings.filter(({ topic }) => topic === "currency").map(({ finding }) => finding);
    const lacks = named.length > 0 && named.every((code) => code === NO_CURRENCY);
    const follows = ranges.some((range) => range && days.some(({ from, to }) => from <= range.to && range.from <= to));
    if (!lacks && !follows) continue;
    days.push(...ranges.filter((range) => range !== null));
    // What was learnt of the same headers meanwhile must not change what this file was read as.
    const own: Record<string, string> = named.length === 1 && isCurrencyCode(named[0]!) ? { currency: named[0]! } : {};
    const answers = lacks ? { currency } : own;
    plan.push({ import: job.id, answers: { ...answersAgain(job), ...answers } });
  }
  return plan;
}
