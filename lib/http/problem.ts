import { STATUS_CODES } from "node:http";
import { TesseraError } from "@/lib/errors.ts";

/** What to say besides the error. */
export interface ProblemOptions {
  /** Told with every problem, so that the log can be searched for it. */
  requestId?: string;
}

const RESERVED = new Set(["type", "title", "status", "detail", "instance", "code", "requestId"]);

/** The HTTP status that an error is answered with. */
export function statusOf(error: unknown): number {
  if (error instanceof TesseraError) return error.status;
  if (isZodError(error)) return 400;
  const status = (error as { status?: unknown } | null | undefined)?.status;
  return error instanceof Error && Number.isInteger(status) && status as number >= 400 && status as number <= 599
    ? status as number
    : 500;
}

/**
 * Any error as problem details (RFC 9457). Our own errors are written for people and told in full; of everything else
 * a server error tells nothing but the request's id. Never a stack.
 */
export function problem(error: unknown, { requestId }: ProblemOptions = {}): Response {
  const status = statusOf(error);
  const { code, detail, ...extra } = contentOf(error, status);
  const title = STATUS_CODES[status] ?? (status < 500 ? "Bad Request" : "Internal Server Error");
  const body = { type: "about:blank", title, status, code, detail, ...extra, requestId };
  const headers = new Headers({ "content-type": "application/problem+json", "cache-control": "private, no-store" });
  if (status === 401) headers.set("www-authenticate", 'Bearer realm="tessera"');
  if (status === 503 || status === 429) headers.set("retry-after", "5");
  return new Response(JSON.stringify(body), { status, headers });
}

function contentOf(error: unknown, status: number): { code: string; detail: string; [more: string]: unknown } {
  if (error instanceof TesseraError) {
    const extra = Object.fromEntries(Object.entries(error.extra).filter(([name]) => !RESERVED.has(name)));
    return { code: error.code, detail: error.message, ...extra };
  }
  if (isZodError(error)) {
    const errors = error.issues.map(({ path, message }) => ({ field: path.join("."), message }));
    const first = errors[0];
    const where = first?.field ? `"${first.field}": ${first.message}` : first?.message ?? "it does not fit";
    return { code: "bad-input", detail: `Cannot use what was sent: ${where}`, errors };
  }
  const code = (STATUS_CODES[status] ?? "error").toLowerCase().replace(/[^a-z]+/g, "-");
  if (status < 500) return { code, detail: (error as Error).message || (STATUS_CODES[status] ?? "Bad Request") };
  return { code: "internal", detail: "Something went wrong on our side; the log has more under the request's id" };
}

/** By its shape: several builds of zod may be loaded. */
function isZodError(error: unknown): error is Error & { issues: { path: PropertyKey[]; message: string }[] } {
  return error instanceof Error && /^\$?ZodError$/.test(error.name) &&
    Array.isArray((error as { issues?: unknown }).issues);
}
