/** Small things about the XML inside a workbook. */
import { InputError } from "@/lib/errors.ts";

/** The error for a part that is no XML as it should be. */
export function damagedPart(path: string, error: Error): InputError {
  return new InputError("damaged-archive", `Cannot read the workbook: "${path}" in it is damaged (${error.message})`);
}

/** A tag's name without its prefix. */
export function local(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

/** A text as it was typed: signs that XML cannot hold are written as `_x000D_`. */
export function typedText(text: string): string {
  return text.includes("_x")
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    : text;
}
