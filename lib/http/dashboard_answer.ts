import type { Stored } from "@/lib/documents/mod.ts";
import { InputError } from "@/lib/errors.ts";
import type { Dashboard } from "@/lib/model/mod.ts";

/** A dashboard as the API answers it: the document with its version, which is the ETag as well. */
export function dashboardAnswer({ doc, version }: Stored<Dashboard>, status: number, request?: Request): Response {
  const headers = new Headers({ etag: `"${version}"`, location: `/api/dashboards/${doc.id}` });
  if (status !== 201) headers.delete("location");
  if (isKnown(request, version)) return new Response(null, { status: 304, headers });
  return Response.json({ ...doc, version }, { status, headers });
}

/** The version in If-Match; undefined without the header or for `*`. Throws `InputError` 400 for anything else. */
export function readIfMatch(request: Request): number | undefined {
  const text = request.headers.get("if-match")?.trim();
  if (text === undefined || text === "*") return undefined;
  const match = /^(?:W\/)?"(\d{1,15})"$/.exec(text);
  if (match) return Number(match[1]);
  throw new InputError(
    "bad-if-match",
    `Cannot read If-Match "${text}"; send the ETag of what you started from`,
    {},
    400,
  );
}

/** The number of a version, from the address. Throws `InputError` 400 for what is none. */
export function readVersionNumber(text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new InputError(
    "bad-version",
    `Cannot read the version "${text}"; give its number, as the list has it`,
    {},
    400,
  );
}

/** True where the client has this very version. Compressing an answer makes its ETag a weak one on the way. */
function isKnown(request: Request | undefined, version: number): boolean {
  const known = request?.headers.get("if-none-match")?.split(",").map((tag) => tag.trim().replace(/^W\//, "")) ?? [];
  return known.includes(`"${version}"`) || known.includes("*");
}
