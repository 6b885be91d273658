import { z } from "zod";
import { InputError, TesseraError } from "@/lib/errors.ts";
import { readBytes } from "./read_bytes.ts";

/** No JSON that this API takes is longer. */
const MAX_JSON_BYTES = 4 * 2 ** 20;
/** Groups of filters nest, and what reads them recurses: a body made to exhaust the stack is refused before. */
const MAX_JSON_DEPTH = 40;

/**
 * Reads a JSON body and checks it. Throws `TesseraError` 415 for another content type, 413 past 4 MiB,
 * 400 for text that is no JSON or does not fit, naming the fields.
 */
export async function readJson<Schema extends z.ZodType>(request: Request, schema: Schema): Promise<z.output<Schema>> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json" && !type?.endsWith("+json")) {
    throw new TesseraError(
      "not-json",
      `Cannot read the body: its content type is "${type ?? ""}"; send application/json`,
      415,
    );
  }
  const text = new TextDecoder().decode(await readBytes(request, MAX_JSON_BYTES, "body"));
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new InputError("bad-json", `Cannot read the body as JSON: ${(error as Error).message}`, {}, 400);
  }
  if (!isShallow(value, MAX_JSON_DEPTH)) {
    throw new InputError("too-deep", `Cannot use the body: it nests deeper than ${MAX_JSON_DEPTH} levels`, {}, 400);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new InputError("bad-body", `Cannot use the body: ${z.prettifyError(parsed.error)}`, {
    errors: parsed.error.issues.map((issue) => ({ field: issue.path.join("."), message: issue.message })),
  }, 400);
}

function isShallow(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return true;
  return levels > 0 && Object.values(value).every((inner) => isShallow(inner, levels - 1));
}
