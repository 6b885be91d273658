/**
 * Names that hold several facts (`brand_us_search_q3`), and the pattern that takes them apart. Pure, and without schemas:
 * pages show it live.
 */

/** One piece of a pattern: a sign that stands there, or a part with a name. */
export type TaxonomyPiece = { sign: string } | {
  name: string;
  /** What it may be, compared without regard to case; anything where left out. */
  values?: string[];
};

/** Reads a pattern, or says what is wrong with it, for people. */
export function readTaxonomy(pattern: string): { pieces: TaxonomyPiece[] } | { fault: string } {
  const pieces: TaxonomyPiece[] = [];
  for (const [text, inner] of pattern.matchAll(/\{([^{}]*)\}|[^{}]+|[{}]/g)) {
    if (text === "{" || text === "}") return { fault: `a ${text} stands alone: write each part as {name}` };
    if (inner === undefined) {
      pieces.push({ sign: text });
      continue;
    }
    const [name = "", list] = inner.split(/:(.*)/s);
    if (!/^[a-z][a-z0-9_]{0,62}$/.test(name)) {
      return { fault: `{${inner}} needs a name of lower-case letters, digits and _, as in {country}` };
    }
    const previous = pieces.at(-1);
    if (previous && "name" in previous) {
      return { fault: `a sign must stand between {${previous.name}} and {${name}}: where does one end?` };
    }
    if (pieces.some((piece) => "name" in piece && piece.name === name)) {
      return { fault: `{${name}} stands there twice` };
    }
    const values = list?.split("|").map((value) => value.trim()).filter((value) => value !== "");
    if (values?.length === 0) return { fault: `{${name}:} lists nothing: write {${name}} or {${name}:a|b}` };
    pieces.push(values ? { name, values } : { name });
  }
  if (!pieces.some((piece) => "name" in piece)) return { fault: "no part has a name yet: write {brand}_{country}" };
  return { pieces };
}

/** The names of a pattern's parts, in order. */
export function taxonomyParts(pattern: string): string[] {
  const read = readTaxonomy(pattern);
  return "fault" in read ? [] : read.pieces.flatMap((piece) => "name" in piece ? [piece.name] : []);
}

/**
 * A pattern as a regular expression, one group per part; for JavaScript with the flag `i` and, after `(?i)`, for the
 * engine. `upTo`: only so many pieces, as the beginning of a name.
 */
export function taxonomyExpression(pieces: TaxonomyPiece[], upTo?: number): string {
  const parts = pieces.slice(0, upTo).map((piece, at) => {
    if ("sign" in piece) return escaped(piece.sign);
    if (piece.values) return `(${piece.values.toSorted((a, b) => b.length - a.length).map(escaped).join("|")})`;
    const next = pieces[at + 1];
    if (!next || !("sign" in next)) return "(.+)"; // the last one takes what is left
    // A part ends where the sign after it begins. It cannot hold the letter that tells the sign, so that is at once known
    // and no name, however long, has to be tried in many ways.
    return `([^${escaped(tellingLetter(next.sign))}]+${at + 1 === upTo ? "" : "?"})`;
  });
  return `^${parts.join("")}${upTo === undefined ? "$" : ""}`;
}

/** The parts of a name, or why it does not fit, for people. */
export function splitName(
  pieces: TaxonomyPiece[],
  name: string,
): { parts: Record<string, string> } | { fault: string } {
  const found = new RegExp(taxonomyExpression(pieces), "i").exec(name);
  if (found) {
    const names = pieces.flatMap((piece) => "name" in piece ? [piece.name] : []);
    return { parts: Object.fromEntries(names.map((part, at) => [part, found[at + 1]!])) };
  }
  const { read, rest } = readBegin(pieces, name);
  return { fault: faultAt(pieces, read, rest) };
}

/**
 * The parts of a name by the first pattern that it fits, and which one that is. Where it fits none: the one that it comes
 * nearest to, and why it does not fit that, for people.
 */
export function splitByFirst(
  patterns: TaxonomyPiece[][],
  name: string,
): { at: number; parts: Record<string, string> } | { at: number; fault: string } {
  let nearest = { at: 0, read: -1, fault: "" };
  for (const [at, pieces] of patterns.entries()) {
    const split = splitName(pieces, name);
    if ("parts" in split) return { at, parts: split.parts };
    const { read } = readBegin(pieces, name);
    if (read > nearest.read) nearest = { at, read, fault: split.fault };
  }
  return { at: nearest.at, fault: nearest.fault };
}

/** How many pieces of a pattern a name begins with, and what is left of it then. */
function readBegin(pieces: TaxonomyPiece[], name: string): { read: number; rest: string } {
  let read = 0;
  let rest = name;
  while (read < pieces.length) {
    const begin = new RegExp(taxonomyExpression(pieces, read + 1), "i").exec(name);
    if (!begin) break;
    rest = name.slice(begin[0].length);
    read++;
  }
  return { read, rest };
}

/** The letter of a sign that stands least in names: a joining sign, else the first that is no blank. */
function tellingLetter(sign: string): string {
  const letters = [...sign];
  return letters.find((letter) => /[^\p{L}\p{N}\s]/u.test(letter)) ?? letters.find((letter) => /\S/.test(letter)) ??
    letters[0]!;
}

function faultAt(pieces: TaxonomyPiece[], read: number, rest: string): string {
  const piece = pieces[read];
  if (!piece) return `"${rest}" is left over after {${lastName(pieces)}}`;
  if ("sign" in piece) {
    const before = lastName(pieces.slice(0, read));
    return rest === ""
      ? `it ends after {${before}}; "${piece.sign}" and {${nextName(pieces, read)}} are missing`
      : `"${piece.sign}" is missing${before ? ` after {${before}}` : " at the beginning"}`;
  }
  if (rest === "") return `{${piece.name}} is missing`;
  return piece.values
    ? `"${short(rest)}" is no {${piece.name}}: ${piece.values.join(", ")}`
    : `{${piece.name}} is empty`;
}

function lastName(pieces: TaxonomyPiece[]): string {
  return pieces.findLast((piece) => "name" in piece)?.name ?? "";
}

function nextName(pieces: TaxonomyPiece[], from: number): string {
  return pieces.slice(from).find((piece) => "name" in piece)?.name ?? "the end";
}

function short(text: string): string {
  return text.length > 30 ? `${text.slice(0, 30)}…` : text;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
