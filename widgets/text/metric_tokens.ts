/** Live numbers in a text: `{{spend}}`, `{{roas:compare}}`. */

/** What of a metric a token shows: its value, its change, the value it is compared with, or every digit. */
export type TokenForm = "value" | "compare" | "previous" | "exact";

/** A piece of text: words, or a metric. */
export type TextPiece = { words: string } | { metric: string; form: TokenForm };

const TOKEN = /\{\{\s*([a-z][a-z0-9_]{0,62})\s*(?::\s*(compare|previous|exact)\s*)?\}\}/g;
/** As many as one question may ask. */
const METRICS = 50;

/** The metrics that a text names, each once. */
export function namedMetrics(text: string): string[] {
  const names = new Set<string>();
  for (const [, name = ""] of text.matchAll(TOKEN)) names.add(name);
  return [...names].slice(0, METRICS);
}

/** A text in pieces. What is not exactly a token stays words. */
export function textPieces(text: string): TextPiece[] {
  const pieces: TextPiece[] = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    if (match.index > end) pieces.push({ words: text.slice(end, match.index) });
    pieces.push({ metric: match[1] ?? "", form: (match[2] ?? "value") as TokenForm });
    end = match.index + match[0].length;
  }
  if (end < text.length) pieces.push({ words: text.slice(end) });
  return pieces;
}
