/** The outside contract: every operation of the API with its schemas. `GET /api/openapi.json` is made of this list. */
import { z } from "zod";
import { liveEventSchema } from "@/lib/events/mod.ts";
import { statusSchema } from "@/lib/status/read_status.ts";
import { anomalyOperations } from "./anomaly_contract.ts";
import { tierOperations } from "./tier_contract.ts";
import { dashboardOperations } from "./dashboard_contract.ts";
import { datasetOperations } from "./dataset_contract.ts";
import { importOperations } from "./import_contract.ts";
import type { Operation } from "./operation.ts";

export * from "./anomaly_contract.ts";
export * from "./dashboard_contract.ts";
export * from "./dataset_contract.ts";
export * from "./import_contract.ts";
export type { Operation } from "./operation.ts";

/** Every operation, by path. */
export const operations: Operation[] = [
  ...importOperations,
  ...datasetOperations,
  ...anomalyOperations,
  ...tierOperations,
  {
    method: "get",
    path: "/api/widgets",
    summary: "The widgets there are, each with its options as JSON Schema",
    answers: {
      200: { description: "Manifests", schema: z.object({ widgets: z.array(z.record(z.string(), z.unknown())) }) },
    },
  },
  ...dashboardOperations,
  {
    method: "get",
    path: "/api/events",
    summary: "What changes in the workspace: datasets, imports, anomalies, dashboards",
    answers: { 200: { description: "Server-sent events", type: "text/event-stream", schema: liveEventSchema } },
  },
  {
    method: "get",
    path: "/api/status",
    summary: "How the installation does: mode, versions, today's requests and rows, health of each part",
    answers: { 200: { description: "As it stands now", schema: statusSchema } },
  },
  {
    method: "get",
    path: "/api/openapi.json",
    summary: "This description",
    answers: { 200: { description: "OpenAPI 3.1", schema: z.record(z.string(), z.unknown()) } },
  },
  {
    method: "get",
    path: "/healthz",
    summary: "The process is alive",
    answers: { 200: { description: "Alive", schema: z.object({ status: z.literal("ok") }) } },
  },
  {
    method: "get",
    path: "/readyz",
    summary: "The stores answer",
    answers: {
      200: { description: "Ready", schema: z.object({ status: z.literal("ready") }) },
      503: { description: "Not ready" },
    },
  },
];
