/** The part of the contract about dashboards. */
import { z } from "zod";
import { dashboardSchema } from "@/lib/model/mod.ts";
import { idempotency, ifMatch, type Operation, stored } from "./operation.ts";

/** What `POST /api/dashboards/:id/answers` takes. */
export const tilesBodySchema = z.strictObject({
  /** The page's query text: its filters. */
  search: z.string().max(20_000).default(""),
  /** Keys of the tiles that the caller has. */
  have: z.record(z.string().max(200), z.string().max(100)).default({}),
});

/** What `POST /api/dashboards/preview` takes: a dashboard as it would be saved. */
export const previewBodySchema = tilesBodySchema.extend({ dashboard: dashboardSchema });
/** What `PUT /api/dashboards/:id` takes besides the dashboard: the version it started from, and why it was changed. */
export const saveBodySchema = z.looseObject({ version: z.int().optional(), note: z.string().max(500).optional() });
/** What `PUT /api/dashboards/:id/versions/:number` takes. */
export const versionNameBodySchema = z.strictObject({ name: z.string().trim().max(200) });
/** What `POST /api/dashboards/:id/presence` takes: which open editor says so, and whether it goes. */
export const presenceBodySchema = z.strictObject({
  editor: z.string().min(1).max(100),
  state: z.enum(["here", "gone"]),
});
/** A version of a dashboard in the list of them. */
export const versionSummarySchema = z.object({
  number: z.int(),
  name: z.string(),
  author: z.string(),
  at: z.iso.datetime().nullable(),
  note: z.string(),
  tiles: z.int(),
  current: z.boolean(),
});

/** The operations of dashboards. */
export const dashboardOperations: Operation[] = [
  {
    method: "get",
    path: "/api/dashboards",
    summary: "Every dashboard",
    answers: { 200: { description: "Dashboards", schema: z.object({ dashboards: z.array(stored(dashboardSchema)) }) } },
  },
  {
    method: "post",
    path: "/api/dashboards",
    summary: "Create a dashboard",
    headers: idempotency,
    body: { type: "application/json", schema: dashboardSchema.partial({ id: true }) },
    answers: { 201: { description: "The dashboard, its version as ETag", schema: stored(dashboardSchema) } },
  },
  {
    method: "get",
    path: "/api/dashboards/{id}",
    summary: "One dashboard; its version is the ETag",
    answers: { 200: { description: "The dashboard", schema: stored(dashboardSchema) } },
  },
  {
    method: "put",
    path: "/api/dashboards/{id}",
    summary: "Save a dashboard over the version it started from; 409 with both versions on conflict",
    headers: ifMatch,
    body: { type: "application/json", schema: dashboardSchema.extend(saveBodySchema.shape) },
    answers: { 200: { description: "The dashboard", schema: stored(dashboardSchema) } },
  },
  {
    method: "delete",
    path: "/api/dashboards/{id}",
    summary: "Delete a dashboard",
    headers: ifMatch,
    answers: { 204: { description: "Deleted" } },
  },
  {
    method: "post",
    path: "/api/dashboards/{id}/answers",
    summary: "What a dashboard's tiles show under some filters; tiles that the caller has already are left out",
    headers: idempotency,
    body: { type: "application/json", schema: tilesBodySchema },
    answers: { 200: { description: "Tiles", schema: z.record(z.string(), z.unknown()) } },
  },
  {
    method: "post",
    path: "/api/dashboards/preview",
    summary: "What a dashboard that is not saved would show",
    body: { type: "application/json", schema: previewBodySchema },
    answers: { 200: { description: "Tiles", schema: z.record(z.string(), z.unknown()) } },
  },
  {
    method: "post",
    path: "/api/dashboards/{id}/presence",
    summary: "Tell others who edit this dashboard that an editor is open, every few seconds, or that it closes",
    body: { type: "application/json", schema: presenceBodySchema },
    answers: { 204: { description: "Told" } },
  },
  {
    method: "get",
    path: "/api/dashboards/{id}/versions",
    summary: "The versions of a dashboard, newest first: every save is one",
    answers: {
      200: { description: "Versions", schema: z.object({ versions: z.array(versionSummarySchema) }) },
    },
  },
  {
    method: "get",
    path: "/api/dashboards/{id}/versions/{number}",
    summary: "A version with its dashboard",
    answers: {
      200: { description: "The version", schema: versionSummarySchema.extend({ dashboard: dashboardSchema }) },
    },
  },
  {
    method: "put",
    path: "/api/dashboards/{id}/versions/{number}",
    summary: "Name a version; an empty name takes it away",
    body: { type: "application/json", schema: versionNameBodySchema },
    answers: { 200: { description: "The version", schema: versionSummarySchema } },
  },
  {
    method: "post",
    path: "/api/dashboards/{id}/versions/{number}/restore",
    summary: "Make a version the newest again, as a save of its own",
    headers: ifMatch,
    answers: { 200: { description: "The dashboard", schema: stored(dashboardSchema) } },
  },
];
