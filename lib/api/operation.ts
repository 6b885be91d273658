/** What describes one operation of the API. */
import { z } from "zod";

/** One operation. Paths are as OpenAPI writes them: `/api/imports/{id}`. */
export interface Operation {
  method: "get" | "post" | "put" | "patch" | "delete";
  path: string;
  summary: string;
  query?: Record<string, { description: string; schema: z.ZodType; required?: boolean }>;
  headers?: Record<string, string>;
  body?: { type: string; schema: z.ZodType | null; description?: string };
  answers: Record<number, { description: string; type?: string; schema?: z.ZodType }>;
}

/** A document with its version, as the API answers it. */
export const stored = <Schema extends z.ZodObject>(schema: Schema) => schema.extend({ version: z.int() });
/** The header of requests that may be repeated. */
export const idempotency = {
  "Idempotency-Key": "Repeating a request with the same key answers what the first one did",
};
/** The header of changes. */
export const ifMatch = { "If-Match": "The ETag that the change started from" };
