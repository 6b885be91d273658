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
  type Filter,
  forecastQuerySchema,
  type ShownAnomaly,
  type Viewer,
} from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";
import { getDataset } from "@/lib/dataset/datasets.ts";
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
  return {
    range: { from, to: range.to },
    anomalies: items.filter(({ doc }) => isAsked(doc, query)).map((one) => shownAnomaly(one)),
    watch: made === undefined ? null : { made, series: series ?? 0, have: have ?? 0, need: need ?? 0 },
  };
}

/** An anomaly as it is answered. */
export function shownAnomaly({ doc, version }: Stored<Anomaly>): ShownAnomaly {
  return { ...doc, version, sentence: anomalySentence(doc, LOCALE) };
}

function isAsked(one: Anomaly, { metric, filters, state, exact, dataset }: AnomaliesQuery): boolean {
  if (metric !== undefined && one.metric.name !== metric) return false;
  if (state === "open" && (one.state !== "open" || one.dismissed)) return false;
  if (state === "dismissed" && !one.dismissed) return false;
  if (state === "gone" && (one.state !== "gone" || one.dismissed)) return false;
  if (exact) {
    return one.series === seriesKey(forecastQuerySchema.parse({ dataset, metrics: [one.metric.name], filters }));
  }
  return one.within === null && (!filters || lies(one, filters));
}

/** Whether all of what an anomaly is of lies within a filter; a filter on what it does not name leaves it out. */
function lies(one: Anomaly, filter: Filter): boolean {
  if ("and" in filter) return filter.and.every((part) => lies(one, part));
  if ("or" in filter) return filter.or.some((part) => lies(one, part));
  const { field, op, value } = filter;
  const own = field === "currency" ? one.currency : one.scope.find((part) => part.field === field)?.value;
  if (own === undefined || own === null) return false;
  if (op === "equals") return own === value;
  if (op === "in") return (value as (string | number)[]).includes(own);
  if (op === "not") return own !== value;
  if (op === "not-in") return !(value as (string | number)[]).includes(own);
  const text = own.toLowerCase();
  const part = String(value ?? "").toLowerCase();
  if (op === "contains") return text.includes(part);
  if (op === "not-contains") return !text.includes(part);
  if (op === "starts-with") return text.startsWith(part);
  if (op === "ends-with") return text.endsWith(part);
  return op === "is-not-empty";
}
