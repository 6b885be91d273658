/** Names that look like the same one written in two ways. Only ever suggested: who knows which is right is the user. */

/** A name, how often it stands in the file, and whether the dataset knows it already. */
export interface NamedRows {
  text: string;
  rows: number;
  known: boolean;
}

/** A name and the one it may be meant for. */
export interface SpellingSuggestion {
  from: string;
  to: string;
  rows: number;
  /** `case`: only capitals, blanks and joining signs differ. `spelling`: letters do. */
  kind: "case" | "spelling";
}

/** Past so many names each pair cannot be looked at in a moment. */
const MOST_NAMES = 1_000;
/** Shorter words are codes: `us` and `uk` are two countries. */
const SHORTEST_WORD = 4;
const LONG_WORD = 9;
/** Longer texts are no names, and would take long to compare. */
export const LONGEST_NAME = 200;
/** A name this much rarer than the other may be a slip of it. */
const RARER = 3;

/** Suggests what to write instead, for names of the file; the most frequent first. */
export function suggestSpellings(names: NamedRows[]): SpellingSuggestion[] {
  const groups = new Map<string, NamedRows[]>();
  for (const name of names) {
    if (name.text.length > LONGEST_NAME) continue;
    const folded = fold(name.text);
    if (folded === "") continue;
    groups.set(folded, [...groups.get(folded) ?? [], name]);
  }
  const suggestions: SpellingSuggestion[] = [];
  const heads: { words: string[]; head: NamedRows; total: number }[] = [];
  for (const [folded, group] of groups) {
    const [head, ...others] = group.toSorted(better);
    for (const { text, rows } of others) {
      if (rows > 0) suggestions.push({ from: text, to: head!.text, rows, kind: "case" });
    }
    heads.push({ words: folded.split(" "), head: head!, total: group.reduce((sum, { rows }) => sum + rows, 0) });
  }
  if (heads.length <= MOST_NAMES) suggestions.push(...slips(heads, groups));
  return suggestions.toSorted((a, b) => b.rows - a.rows || a.from.localeCompare(b.from));
}

/** A name without what people write differently and mean alike. */
export function fold(text: string): string {
  return text.normalize("NFKC").toLowerCase().replace(/[\s_\-–—·|/]+/g, " ").trim();
}

function slips(
  heads: { words: string[]; head: NamedRows; total: number }[],
  groups: Map<string, NamedRows[]>,
): SpellingSuggestion[] {
  const found: SpellingSuggestion[] = [];
  for (const one of heads) {
    const other = heads.filter((other) => other !== one && isTheRight(other, one) && isSlip(one.words, other.words))
      .toSorted((a, b) => better(a.head, b.head))[0];
    if (!other) continue;
    for (const { text, rows } of groups.get(one.words.join(" "))!) {
      if (rows > 0) found.push({ from: text, to: other.head.text, rows, kind: "spelling" });
    }
  }
  return found;
}

/** The dataset knows it and not the other, or it is much more frequent. */
function isTheRight(right: { head: NamedRows; total: number }, slip: { head: NamedRows; total: number }): boolean {
  if (right.head.known !== slip.head.known) return right.head.known;
  return right.total >= slip.total * RARER;
}

/** One or two words differ by a letter or two; what has digits is a number and not a slip. */
function isSlip(a: string[], b: string[]): boolean {
  if (a.length !== b.length) return false;
  let different = 0;
  for (let at = 0; at < a.length; at++) {
    const [x, y] = [a[at]!, b[at]!];
    if (x === y) continue;
    if (++different > 2 || /\d/.test(x + y) || Math.min(x.length, y.length) < SHORTEST_WORD) return false;
    const allowed = Math.max(x.length, y.length) >= LONG_WORD ? 2 : 1;
    if (Math.abs(x.length - y.length) > allowed || distance(x, y) > allowed) return false;
  }
  return different > 0;
}

/** Letters to put in, take out, change, or swap with their neighbour, to make one word of the other. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, before[j - 2]! + 1);
      next.push(least);
    }
    before = row;
    row = next;
  }
  return row[b.length]!;
}

function better(a: NamedRows, b: NamedRows): number {
  return Number(b.known) - Number(a.known) || b.rows - a.rows || a.text.localeCompare(b.text);
}
