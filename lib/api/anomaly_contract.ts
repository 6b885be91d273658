/** The part of the contract about what stood out in a dataset. */
import { z } from "zod";
import { anomaliesAnswerSchema, anomaliesQuerySchema, shownAnomalySchema } from "@/lib/model/mod.ts";
import { idempotency, ifMatch, type Operation } from "./operation.ts";

/** What `POST /api/datasets/:id/anomalies/:anomaly/dismiss` takes: why, and the version that was looked at. */
export const dismissBodySchema = z.strictObject({
  reason: z.string().trim().min(1).max(500),
  version: z.int().optional(),
});

const changed = {
  200: { description: "The anomaly as it stands now", schema: shownAnomalySchema },
  409: { description: "It was changed since; current says how it stands" },
};
const { metric, days, state, of } = anomaliesQuerySchema.shape;

/** The operations of anomalies. */
export const anomalyOperations: Operation[] = [
  {
    method: "get",
    path: "/api/datasets/{id}/anomalies",
    summary: "Days that came out otherwise than expected and days from which on the level is another, newest first",
    query: {
      metric: { description: "Only of this metric", schema: metric },
      state: { description: "Only those that stand, were put aside, or are gone", schema: state },
      of: { description: "Only of everything, or only of single platforms and campaigns", schema: of },
      days: { description: "The newest days looked at", schema: days },
    },
    answers: { 200: { description: "What stood out, and how much was watched", schema: anomaliesAnswerSchema } },
  },
  {
    method: "post",
    path: "/api/datasets/{id}/anomalies/{anomaly}/dismiss",
    summary: "Put an anomaly aside, with a reason; it stays so over imports and rollbacks",
    headers: { ...idempotency, ...ifMatch },
    body: { type: "application/json", schema: dismissBodySchema },
    answers: changed,
  },
  {
    method: "post",
    path: "/api/datasets/{id}/anomalies/{anomaly}/restore",
    summary: "Bring back an anomaly that was put aside",
    headers: { ...idempotency, ...ifMatch },
    answers: changed,
  },
];
