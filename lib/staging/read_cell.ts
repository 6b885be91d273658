/** What a cell holds before it is read as something, as SQL. */
import { literal } from "./names.ts";
import { MASKED, salted } from "./read_number.ts";

const BLANKS = "' ' || chr(9) || chr(10) || chr(13) || chr(160) || chr(65279)";
const BLANK = "[\\s\\x{A0}\\x{FEFF}]*";

/** A cell without the blanks around it. Looking at both ends takes a tenth of what trimming every cell does. */
export function trimmed(text: string): string {
  const ends = [" ", "\u00a0", "\t", "\n", "\r"].map((end) => `suffix(${text}, ${literal(end)})`);
  const starts = [`${text} < '!'`, `(${text} >= chr(160) and ${text} < chr(161))`, `prefix(${text}, chr(65279))`];
  return `case when ${[...starts, ...ends].join(" or ")} then trim(${text}, ${BLANKS}) else ${text} end`;
}

/**
 * True where a cell holds nothing: blank, or one of the texts that mean so. Null for a missing cell. Meant for the
 * condition of a CASE or a filter, where the length decides first.
 */
export function isNothing(text: string, nullTokens: string[], salt = 0): string {
  const longest = Math.max(0, ...nullTokens.map((token) => new TextEncoder().encode(token).length));
  const tokens = nullTokens.map((token) => token.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join("|");
  const pattern = salted(`(?i)${BLANK}(?:${tokens})?${BLANK}`, salt);
  return `((strlen(${text}) <= ${longest + 2} or ${text} < '!') and regexp_full_match(${text}, ${pattern}))`;
}

/** True where a cell hides its number: `<5`. */
export function isMasked(text: string, salt = 0): string {
  return `regexp_matches(${text}, ${salted(MASKED, salt)})`;
}
