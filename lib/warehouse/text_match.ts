/**
 * How text is found, the same in every store: literally, and letter by letter without regard to case. Each code point
 * has one small form, whatever stands around it, as in DuckDB's `lower()`; a language's own rules take no part.
 */

/** How a value is looked for in a text. */
export type TextOp = "contains" | "starts-with" | "ends-with";

/** Letters that DuckDB writes otherwise than JavaScript does letter by letter. */
const SMALL: Record<string, string> = { "\u0130": "i" };

/** The small form of a text, code point by code point. */
export function lowerText(text: string): string {
  // Plain letters are nearly all there is.
  if (/^[\0-\x7F]*$/.test(text)) return text.toLowerCase();
  let small = "";
  for (const letter of text) small += smallOf(letter);
  return small;
}

function smallOf(letter: string): string {
  return SMALL[letter] ?? letter.toLowerCase();
}

/** Whether a text has a value where the op looks for it. */
export function textMatches(op: TextOp, text: string, value: string): boolean {
  const [whole, part] = [lowerText(text), lowerText(value)];
  if (op === "contains") return whole.includes(part);
  return op === "starts-with" ? whole.startsWith(part) : whole.endsWith(part);
}

/**
 * The same as a regular expression in which every letter names its own forms: so it needs no option, and means the same
 * in any engine. `\z` is the end itself; `$` would also stand before a last line break.
 */
export function textPattern(op: TextOp, value: string): string {
  const letters = Array.from(lowerText(value), anyCase).join("");
  if (op === "contains") return letters;
  return op === "starts-with" ? `^${letters}` : `${letters}\\z`;
}

function anyCase(letter: string): string {
  const forms = [letter, ...capitals().get(letter) ?? []];
  return forms.length === 1 ? escape(letter) : `[${forms.map(escape).join("")}]`;
}

/** A letter as it stands for itself, in a class as well; no pattern may hold a zero byte. */
function escape(letter: string): string {
  const code = letter.codePointAt(0) ?? 0;
  if (code < 0x20 || code === 0x7f) return `\\x${code.toString(16).padStart(2, "0")}`;
  return code < 0x80 && !/[A-Za-z0-9_ ]/.test(letter) ? `\\${letter}` : letter;
}

let known: Map<string, string[]> | undefined;

/** Which letters have which small form; worked out once. No letter beyond these planes has one. */
function capitals(): Map<string, string[]> {
  if (known) return known;
  known = new Map();
  for (let code = 0; code <= 0x1ffff; code++) {
    if (code >= 0xd800 && code <= 0xdfff) continue;
    const letter = String.fromCodePoint(code);
    const small = smallOf(letter);
    if (small === letter) continue;
    const forms = known.get(small);
    if (forms) forms.push(letter);
    else known.set(small, [letter]);
  }
  return known;
}
