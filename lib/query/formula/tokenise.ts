import type { FormulaOutcome } from "./ast.ts";

/** A word of a formula and where it begins. */
export type Token =
  | { kind: "number"; value: number; at: number; text: string }
  | { kind: "name"; at: number; text: string }
  | { kind: "sign"; sign: "+" | "-" | "*" | "/" | "(" | ")"; at: number; text: string }
  | { kind: "end"; at: number; text: "" };

const SIGNS: Record<string, "+" | "-" | "*" | "/" | "(" | ")"> = {
  "+": "+",
  "-": "-",
  "−": "-",
  "–": "-",
  "*": "*",
  "×": "*",
  "·": "*",
  "/": "/",
  "÷": "/",
  "(": "(",
  ")": ")",
};

/** Cuts a formula into numbers, names and signs; the last token is the end. */
export function tokenise(text: string): FormulaOutcome<Token[]> {
  const tokens: Token[] = [];
  // Sticky: each match begins exactly where the one before ended.
  const word =
    /\s*(?:((?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?)|([A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)?)|([+\-−–*×·/÷()]))/uy;
  let at = 0;
  while (at < text.length) {
    word.lastIndex = at;
    const match = word.exec(text);
    if (!match) {
      const rest = text.slice(at);
      const blank = rest.length - rest.trimStart().length;
      if (blank === rest.length) break;
      return problem(at + blank, text);
    }
    const [whole, number, name, sign] = match;
    const found = number ?? name ?? sign ?? "";
    const start = at + whole.length - found.length;
    if (number !== undefined) {
      const value = Number(number);
      if (!Number.isFinite(value)) {
        return { ok: false, problem: { message: `The number "${number}" is too large`, at: start } };
      }
      // "2x" or "1.2.3": two tokens that touch were meant as one.
      if (/[A-Za-z_.\d]/.test(text[word.lastIndex] ?? "")) return problem(word.lastIndex, text);
      tokens.push({ kind: "number", value, at: start, text: number });
    } else if (name !== undefined) tokens.push({ kind: "name", at: start, text: name });
    else tokens.push({ kind: "sign", sign: SIGNS[found] ?? "+", at: start, text: found });
    at = word.lastIndex;
  }
  tokens.push({ kind: "end", at: text.length, text: "" });
  return { ok: true, value: tokens };
}

function problem(at: number, text: string): { ok: false; problem: { message: string; at: number } } {
  const character = String.fromCodePoint(text.codePointAt(at) ?? 32);
  const mend = character === ","
    ? "write numbers without thousands separators and with a point, 1000.5"
    : character === "."
    ? "a metric of another dataset is named dataset.metric, as in orders.revenue"
    : "a formula has numbers, names, + - * / and parentheses";
  return { ok: false, problem: { message: `Cannot read "${character}" here: ${mend}`, at } };
}
