import { z } from "zod";
import { InputError } from "@/lib/errors.ts";
import type { LedgerFilter } from "@/lib/ingest/imports.ts";
import { importStateSchema, slugSchema } from "@/lib/model/mod.ts";

const filterSchema = z.object({ dataset: slugSchema.optional(), state: importStateSchema.optional() });

/** Which imports are asked for; an empty choice asks for all. Throws `InputError` 400 for a state that there is not. */
export function readLedgerFilter(params: URLSearchParams): LedgerFilter {
  const asked = { dataset: params.get("dataset") || undefined, state: params.get("state") || undefined };
  const parsed = filterSchema.safeParse(asked);
  if (parsed.success) return parsed.data;
  throw new InputError("bad-filter", `Cannot list the imports: ${z.prettifyError(parsed.error)}`, {}, 400);
}
