import { InputError, TesseraError } from "@/lib/errors.ts";
import { readBytes } from "./read_bytes.ts";

/** No form of ours is longer; files go through `readUpload`. */
const MAX_FORM_BYTES = 256 * 2 ** 10;

/**
 * Reads a form that a page sends. Throws `TesseraError` 415 for what is no form, 413 past 256 KiB, `InputError` 400 for
 * one that cannot be read.
 */
export async function readForm(request: Request): Promise<FormData> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(type)) {
    const text = `Cannot read the form: its content type is "${type.slice(0, 60)}"; send it as a page's form does`;
    throw new TesseraError("not-a-form", text, 415);
  }
  const bytes = await readBytes(request, MAX_FORM_BYTES, "form");
  try {
    return await new Response(bytes, { headers: { "content-type": type } }).formData();
  } catch (error) {
    throw new InputError("bad-form", `Cannot read the form: ${(error as Error).message}`, {}, 400);
  }
}
