/** What a cell holds before it is read as something, as SQL. */
import { literal } from "./names.ts";
import { MASKED, salted } from "./read_number.ts";

const BLANK_LETTERS = [" ", "\t", "\n", "\r", "\u00a0", "\ufeff"];
const BLANKS = "' ' || chr(9) || chr(10) || chr(13) || chr(160) || chr(65279)";
const BLANK = "[\\s\\x{A0}\\x{FEFF}]*";

/** A cell without the blanks around it. Looking at both ends takes a tenth of what trimming every cell does. */
export function trimmed(text: string): string {
  return `case when ${isPadded(text)} then trim(${text}, ${BLANKS}) else ${text} end`;
}

/** True where blanks stand around a cell. */
export function isPadded(text: string): string {
  const ends = [" ", "\u00a0", "\t", "\n", "\r"].map((end) => `suffix(${text}, ${literal(end)})`);
  const starts = [`${text} < '!'`, `(${text} >= chr(160) and ${text} < chr(161))`, `prefix(${text}, chr(65279))`];
  return `(${[...starts, ...ends].join(" or ")})`;
}

/**
 * True where a cell may begin with one of these letters, blanks before it left out: a tenth of what a pattern costs.
 * Meant for the condition of a CASE or a filter, before the pattern itself.
 */
export function mayBegin(text: string, firsts: Iterable<string>): string {
  const letters = [...firsts].flatMap((first) => [first.toLowerCase(), first.toUpperCase()]);
  // 0 stands for an empty cell.
  const points = new Set([0, ...[...letters, ...BLANK_LETTERS].map((letter) => letter.codePointAt(0)!)]);
  return `(ascii(${text}) in (${[...points].join(", ")}))`;
}

/** True where a cell holds nothing: blank, or one of the texts that mean so. Null for a missing cell. */
export function isNothing(text: string, nullTokens: string[], salt = 0): string {
  const tokens = nullTokens.map((token) => token.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join("|");
  const pattern = salted(`(?i)${BLANK}(?:${tokens})?${BLANK}`, salt);
  const firsts = nullTokens.map((token) => [...token][0]!);
  return `(${mayBegin(text, firsts)} and regexp_full_match(${text}, ${pattern}))`;
}

/** True where a cell hides its number: `<5`. */
export function isMasked(text: string, salt = 0): string {
  return `regexp_matches(${text}, ${salted(MASKED, salt)})`;
}

/** True where a cell, as a whole, is what a total line is called. */
export function isTotalLabel(text: string, labels: string[]): string {
  const pattern = literal(`(?i)\\s*(?:${labels.join("|")})\\s*`);
  const firsts = labels.map(firstLetters);
  const known = firsts.every((letters) => letters !== null);
  const match = `regexp_full_match(${text}, ${pattern})`;
  return known ? `(case when ${mayBegin(text, new Set(firsts.flat()))} then ${match} else false end)` : `(${match})`;
}

/** The letters that what a pattern matches may begin with; null where they cannot be told. */
function firstLetters(pattern: string): string[] | null {
  const [first] = pattern;
  if (first !== undefined && /[\p{L}\p{So}@©]/u.test(first)) return [first];
  const group = /^\(\?:([^()]*)\)(\??)/.exec(pattern);
  if (!group) return null;
  const letters = group[1]!.split("|").map((choice) => firstLetters(choice));
  if (group[2] === "?") letters.push(firstLetters(pattern.slice(group[0].length).replace(/^\[[^\]]*\]\?/, "")));
  return letters.every((letter) => letter !== null) ? letters.flat() : null;
}
