/** What stood out in a dataset, as it is answered: newest day first, parts of larger ones left out. */
import type { Stored } from "@/lib/documents/mod.ts";
import { InputError } from "@/lib/errors.ts";
import { anomalySentence } from "@/lib/format/mod.ts";
import { addDays } from "@/lib/model/calendar.ts";
import {
  type AnomaliesAnswer,
  type AnomaliesQuery,
  anomaliesQuerySchema,
  type Anomaly,
  forecastQuerySchema,
  type ShownAnomaly,
  type Viewer,
} from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";
import { getDataset } from "@/lib/dataset/datasets.ts";
import { filterHolds } from "../filter_holds.ts";
import { seriesKey } from "../stored_forecast.ts";
import { anomaliesCollection, watchReportsCollection } from "./stored_anomalies.ts";

/** More are not shown at once. */
const MOST = 500;
/** The language of sentences outside pages. */
const LOCALE = "en-GB";

/** Answers a question for what stood out. Throws `InputError` for one that cannot be read, `NotFoundError`. */
export async function listAnomalies(
  services: Pick<Services, "documents" | "warehouse">,
  { workspace }: Viewer,
  input: unknown,
): Promise<AnomaliesAnswer> {
  const parsed = anomaliesQuerySchema.safeParse(input);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const field = issue?.path.join(".") ?? "";
    throw new InputError("bad-query", `Cannot list anomalies: ${field}: ${issue?.message}`, { field }, 400);
  }
  const query = parsed.data;
  const dataset = await getDataset(services, workspace, query.dataset);
  const [{ range }, watch] = await Promise.all([
    services.warehouse.state({ workspace, dataset }),
    services.documents.get(watchReportsCollection, workspace, dataset.id),
  ]);
  if (!range) return { range: null, anomalies: [], watch: null };
  const from = addDays(range.to, 1 - query.days);
  const { items } = await services.documents.list(anomaliesCollection, workspace, {
    index: "byDay",
    equals: [dataset.id],
    from,
    direction: "descending",
    limit: MOST,
  });
  const { made, series, have, need } = watch?.doc ?? {};
  const asked = items.filter(({ doc }) => isAsked(doc, query));
  // A part is told with the larger one that it belongs to, unless only the part was asked for.
  const ids = new Set(query.exact ? [] : asked.map(({ doc }) => doc.id));
  const told = asked.filter(({ doc }) => isIn(doc, query.state) && (doc.within === null || !ids.has(doc.within)));
  return {
    range: { from, to: range.to },
    anomalies: told.map((one) => shownAnomaly(one)),
    watch: made === undefined ? null : { made, series: series ?? 0, have: have ?? 0, need: need ?? 0 },
  };
}

/** An anomaly as it is answered. */
export function shownAnomaly({ doc, version }: Stored<Anomaly>): ShownAnomaly {
  return { ...doc, version, sentence: anomalySentence(doc, LOCALE) };
}

function isIn({ state, dismissed }: Anomaly, asked: AnomaliesQuery["state"]): boolean {
  if (asked === "all") return true;
  return asked === "dismissed" ? dismissed !== null : state === asked && dismissed === null;
}

function isAsked(one: Anomaly, { metric, filters, of, exact, dataset }: AnomaliesQuery): boolean {
  if (metric !== undefined && one.metric.name !== metric) return false;
  if (of !== "all" && (of === "whole") !== (one.scope.length === 0)) return false;
  if (exact) {
    return one.series === seriesKey(forecastQuerySchema.parse({ dataset, metrics: [one.metric.name], filters }));
  }
  const own = (field: string) =>
    field === "currency" ? one.currency : one.scope.find((part) => part.field === field)?.value;
  return !filters || filterHolds(filters, own);
}
