import { InputError } from "@/lib/errors.ts";

/** The longest name that an error repeats. */
const SHOWN = 60;

/**
 * The parameters of an address as a record. Throws `InputError` 400 for one that is given twice or as a list (`name[]`):
 * which of its values was meant could only be guessed.
 */
export function singleValues(params: URLSearchParams): Record<string, string> {
  const values: Record<string, string> = Object.create(null);
  for (const [name, value] of params) {
    if (name in values || name.endsWith("]")) {
      const text = `Cannot use the address: "${name.slice(0, SHOWN)}" may be given once, as a single value`;
      throw new InputError("bad-parameter", text, {}, 400);
    }
    values[name] = value;
  }
  return values;
}
