/** The part of the contract about datasets: what they hold, what they answer, what is forecast of them. */
import { z } from "zod";
import {
  datasetSchema,
  forecastQuerySchema,
  forecastResultSchema,
  metricQuerySchema,
  metricResultSchema,
  metricSchema,
  ruleSchema,
  taxonomySchema,
  workspaceSettingsSchema,
} from "@/lib/model/mod.ts";
import { idempotency, ifMatch, type Operation } from "./operation.ts";

/** What `PUT /api/datasets/:id/rules` takes. */
export const rulesBodySchema = z.strictObject({ rules: z.array(ruleSchema).max(60) });
/** What `PUT /api/datasets/:id/taxonomies` takes. */
export const taxonomiesBodySchema = z.strictObject({ taxonomies: z.array(taxonomySchema).max(10) });
const versioned = <Schema extends z.ZodObject>(schema: Schema) => schema.extend({ version: z.string() });
/** What `POST /api/datasets/:id/metrics` takes: a metric, with or without a format. */
export const metricBodySchema = metricSchema.partial({ format: true });

/** The operations of datasets and of questions to them. */
export const datasetOperations: Operation[] = [
  {
    method: "post",
    path: "/api/query",
    summary: "Ask a dataset",
    headers: idempotency,
    body: { type: "application/json", schema: metricQuerySchema },
    answers: { 200: { description: "Rows, totals, comparison", schema: metricResultSchema } },
  },
  {
    method: "post",
    path: "/api/forecast",
    summary: "Ask what is to come: one metric with bands, the model, and how it did when it looked back",
    headers: idempotency,
    body: { type: "application/json", schema: forecastQuerySchema },
    answers: {
      200: { description: "Expected values and what they rest on", schema: forecastResultSchema },
      422: { description: "too-short says how many periods are missing; several-currencies, too-sparse, too-far" },
    },
  },
  {
    method: "get",
    path: "/api/workspace",
    summary: "What holds for the whole workspace: the currency of amounts whose file names none",
    answers: { 200: { description: "The settings", schema: workspaceSettingsSchema } },
  },
  {
    method: "put",
    path: "/api/workspace",
    summary: "Change what holds for the whole workspace; it counts for files to come",
    body: { type: "application/json", schema: workspaceSettingsSchema },
    answers: { 200: { description: "The settings", schema: workspaceSettingsSchema } },
  },
  {
    method: "get",
    path: "/api/datasets",
    summary: "Every dataset with its columns and metrics, and what stands in it",
    answers: { 200: { description: "Datasets", schema: z.object({ datasets: z.array(datasetSchema) }) } },
  },
  {
    method: "post",
    path: "/api/datasets",
    summary: "Define a dataset",
    headers: idempotency,
    body: { type: "application/json", schema: datasetSchema },
    answers: { 201: { description: "The dataset", schema: datasetSchema } },
  },
  {
    method: "get",
    path: "/api/datasets/{id}",
    summary: "One dataset",
    answers: { 200: { description: "The dataset", schema: datasetSchema } },
  },
  {
    method: "put",
    path: "/api/datasets/{id}",
    summary: "Change a dataset: columns that hold data keep role and type",
    body: { type: "application/json", schema: datasetSchema },
    answers: { 200: { description: "The dataset", schema: datasetSchema } },
  },
  {
    method: "get",
    path: "/api/datasets/{id}/rules",
    summary: "A dataset's own rules with their version, which is the ETag as well",
    answers: { 200: { description: "The rules", schema: versioned(rulesBodySchema) } },
  },
  {
    method: "get",
    path: "/api/datasets/{id}/taxonomies",
    summary: "A dataset's name patterns with their version, which is the ETag as well",
    answers: { 200: { description: "The patterns", schema: versioned(taxonomiesBodySchema) } },
  },
  {
    method: "put",
    path: "/api/datasets/{id}/rules",
    summary:
      "Put rules in place of a dataset's own; those that its columns imply are overruled by their ids. With If-Match: 409 with the rules that stand where somebody else was faster",
    headers: ifMatch,
    body: { type: "application/json", schema: rulesBodySchema },
    answers: { 200: { description: "The dataset", schema: datasetSchema } },
  },
  {
    method: "put",
    path: "/api/datasets/{id}/taxonomies",
    summary:
      "Put name patterns in place of a dataset's own; their parts become columns. With If-Match: 409 as for rules",
    headers: ifMatch,
    body: { type: "application/json", schema: taxonomiesBodySchema },
    answers: { 200: { description: "The dataset", schema: datasetSchema } },
  },
  {
    method: "post",
    path: "/api/datasets/{id}/metrics",
    summary: "Add a metric to a dataset; its formula is checked as a question would check it",
    headers: idempotency,
    body: { type: "application/json", schema: metricBodySchema },
    answers: { 201: { description: "The dataset", schema: datasetSchema } },
  },
  {
    method: "delete",
    path: "/api/datasets/{id}/metrics/{name}",
    summary: "Take away a metric that was added, unless other metrics are made of it or a dashboard shows it",
    answers: { 200: { description: "The dataset", schema: datasetSchema } },
  },
  {
    method: "get",
    path: "/api/datasets/{id}/quality",
    summary: "How far its numbers can be relied on: a score whose parts are explained, missing days, days far off",
    answers: { 200: { description: "The quality", schema: z.record(z.string(), z.unknown()) } },
  },
  {
    method: "get",
    path: "/api/datasets/{id}/values",
    summary: "Values of a dimension with how many rows each has, those with most first",
    query: {
      column: { description: "The dimension", schema: z.string(), required: true },
      search: { description: "Part of the value", schema: z.string() },
    },
    answers: {
      200: {
        description: "Values, and the same with their counts",
        schema: z.object({
          values: z.array(z.string()),
          counts: z.array(z.object({ value: z.string(), rows: z.int() })),
        }),
      },
    },
  },
];
