import {
  FORMULA_FUNCTIONS,
  type FormulaFunction,
  type FormulaNode,
  type FormulaOutcome,
  type FormulaProblem,
  MAX_FORMULA_DEPTH,
  MAX_FORMULA_LENGTH,
} from "./ast.ts";
import { nearestName } from "../nearest_name.ts";
import { type Token, tokenise } from "./tokenise.ts";

/**
 * Reads a formula:
 * `sum = product (("+" | "-") product)*`, `product = factor (("*" | "/") factor)*`,
 * `factor = "-" factor | number | "(" sum ")" | function "(" column? ")" | metric | dataset "." metric`.
 */
export function parseFormula(text: string): FormulaOutcome<FormulaNode> {
  if (text.length > MAX_FORMULA_LENGTH) {
    const message = `The formula has ${text.length} characters; at most ${MAX_FORMULA_LENGTH} are read`;
    return { ok: false, problem: { message, at: MAX_FORMULA_LENGTH } };
  }
  const tokens = tokenise(text);
  if (!tokens.ok) return tokens;
  try {
    return { ok: true, value: new Parser(tokens.value).whole() };
  } catch (error) {
    if (error instanceof Stop) return { ok: false, problem: error.problem };
    throw error;
  }
}

/** Ends the reading from any depth; never leaves this file. */
class Stop extends Error {
  constructor(readonly problem: FormulaProblem) {
    super(problem.message);
  }
}

class Parser {
  #tokens: Token[];
  #next = 0;
  #depth = 0;

  constructor(tokens: Token[]) {
    this.#tokens = tokens;
  }

  whole(): FormulaNode {
    if (this.#peek().kind === "end") throw new Stop({ message: "The formula is empty", at: 0 });
    const node = this.#sum();
    const rest = this.#peek();
    if (rest.kind !== "end") {
      const mend = rest.text === ")" ? `there is no "(" for it` : "an operator is missing before it";
      throw new Stop({ message: `Did not expect "${rest.text}": ${mend}`, at: rest.at });
    }
    return node;
  }

  #sum(): FormulaNode {
    let left = this.#product();
    for (let op = this.#takeSign("+", "-"); op; op = this.#takeSign("+", "-")) {
      left = { kind: "binary", op: op.sign, left, right: this.#product(), at: op.at };
    }
    return left;
  }

  #product(): FormulaNode {
    let left = this.#factor();
    for (let op = this.#takeSign("*", "/"); op; op = this.#takeSign("*", "/")) {
      left = { kind: "binary", op: op.sign, left, right: this.#factor(), at: op.at };
    }
    return left;
  }

  #factor(): FormulaNode {
    const token = this.#peek();
    if (++this.#depth > MAX_FORMULA_DEPTH) {
      throw new Stop({ message: `The formula is nested deeper than ${MAX_FORMULA_DEPTH} levels`, at: token.at });
    }
    try {
      this.#next++;
      if (token.kind === "number") return { kind: "number", value: token.value, at: token.at };
      if (token.kind === "name") return this.#name(token);
      if (token.kind === "sign" && token.sign === "-") {
        return { kind: "negate", operand: this.#factor(), at: token.at };
      }
      if (token.kind === "sign" && token.sign === "(") {
        const inner = this.#sum();
        this.#close(token);
        return inner;
      }
      const message = token.kind === "end"
        ? "The formula ends too early: a number, a metric or a function is missing"
        : `Did not expect "${token.text}": a number, a metric or a function has to stand here`;
      throw new Stop({ message, at: token.at });
    } finally {
      this.#depth--;
    }
  }

  #name(token: Token): FormulaNode {
    const open = this.#peek();
    if (open.kind !== "sign" || open.sign !== "(") {
      const [first = "", second] = token.text.split(".");
      return { kind: "metric", dataset: second === undefined ? null : first, name: second ?? first, at: token.at };
    }
    const fn = FORMULA_FUNCTIONS.find((name) => name === token.text.toLowerCase());
    if (!fn) {
      const nearest = nearestName(token.text, FORMULA_FUNCTIONS);
      throw new Stop({
        message: `There is no function "${token.text}"; there are ${FORMULA_FUNCTIONS.join(", ")}`,
        at: token.at,
        ...(nearest === null ? {} : { nearest }),
      });
    }
    this.#next++;
    return this.#call(fn, token, open);
  }

  #call(fn: FormulaFunction, token: Token, open: Token): FormulaNode {
    const column = this.#peek();
    if (column.kind === "name" && column.text.includes(".")) {
      const message = `${fn}() is over a column of its own dataset; name a metric of another one, as in ${column.text}`;
      throw new Stop({ message, at: column.at });
    }
    if (column.kind === "name") {
      this.#next++;
      this.#close(open);
      return { kind: "call", fn, column: column.text, columnAt: column.at, at: token.at };
    }
    if (column.kind === "sign" && column.sign === ")" && fn === "count") {
      this.#next++;
      return { kind: "call", fn, column: null, columnAt: column.at, at: token.at };
    }
    throw new Stop({ message: `${fn}() needs the name of a column, as in ${fn}(spend)`, at: column.at });
  }

  #close(open: Token): void {
    const token = this.#peek();
    if (token.kind !== "sign" || token.sign !== ")") {
      const found = token.kind === "end" ? "the formula ends" : `"${token.text}" stands there`;
      throw new Stop({ message: `The "(" is not closed: expected ")", but ${found}`, at: open.at });
    }
    this.#next++;
  }

  #takeSign<S extends string>(...signs: S[]): { sign: S; at: number } | null {
    const token = this.#peek();
    if (token.kind !== "sign") return null;
    const sign = signs.find((one) => one === token.sign);
    if (sign === undefined) return null;
    this.#next++;
    return { sign, at: token.at };
  }

  #peek(): Token {
    return this.#tokens[Math.min(this.#next, this.#tokens.length - 1)] ?? { kind: "end", at: 0, text: "" };
  }
}
