import { InputError } from "@/lib/errors.ts";

/**
 * The version of a part of a definition in If-Match; undefined without the header or for `*`. Throws `InputError` 400 for
 * anything else.
 */
export function ifMatchPart(request: Request): string | undefined {
  const text = request.headers.get("if-match")?.trim();
  if (text === undefined || text === "*") return undefined;
  const match = /^(?:W\/)?"([0-9a-f]{16})"$/.exec(text);
  if (match) return match[1];
  const message = `Cannot read If-Match "${text.slice(0, 100)}"; send the ETag of what you started from`;
  throw new InputError("bad-if-match", message, {}, 400);
}
