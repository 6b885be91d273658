import { z } from "zod";
import type { Collection } from "@/lib/documents/mod.ts";
import { anomaliesAnswerSchema, type Anomaly, anomalySchema } from "@/lib/model/mod.ts";

/** Anomalies, by dataset and day. Kept so long after their day as `KEPT_DAYS` says. */
export const anomaliesCollection: Collection<Anomaly> = {
  name: "anomalies",
  schema: anomalySchema,
  indexes: { byDay: { fields: ["dataset", "day"] } },
};

/** So many days after its day an anomaly is forgotten. */
export const KEPT_DAYS = 400;

/** What the last look at a dataset watched; its id is the dataset's. */
export const watchReportSchema = anomaliesAnswerSchema.shape.watch.unwrap().loose().extend({ id: z.string() });
/** What the last look at a dataset watched. */
export type WatchReport = z.output<typeof watchReportSchema>;

/** One report a dataset; each look writes it anew. */
export const watchReportsCollection: Collection<WatchReport> = {
  name: "watch_reports",
  schema: watchReportSchema,
  indexes: {},
};
