/** What a cell holds before it is read as something, as SQL. */
import { literal } from "./names.ts";
import { MASKED } from "./read_number.ts";

const BLANKS = "' ' || chr(9) || chr(10) || chr(13) || chr(160) || chr(65279)";

/** A cell without the blanks around it. */
export function trimmed(text: string): string {
  return `trim(${text}, ${BLANKS})`;
}

/** True where a cell holds nothing: blank, or one of the texts that mean so. Null for a missing cell. */
export function isNothing(text: string, nullTokens: string[]): string {
  const tokens = ["", ...nullTokens.map((token) => token.toLowerCase())];
  const longest = Math.max(...tokens.map((token) => new TextEncoder().encode(token).length));
  // Most cells are longer than any token, or are told by their length alone.
  return `(strlen(${text}) <= ${longest + 8} and lower(${trimmed(text)}) in (${tokens.map(literal).join(", ")}))`;
}

/** True where a cell hides its number: `<5`. */
export function isMasked(text: string): string {
  return `regexp_matches(${text}, ${literal(MASKED)})`;
}
