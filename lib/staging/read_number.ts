/**
 * Numbers out of text, as SQL. What most cells hold is read by one cast; the rest (grouping, currency marks, percent,
 * brackets for minus) is taken apart by patterns that must match as a whole. Exact: never by way of a DOUBLE, rounded
 * once, half away from zero.
 */
import { literal } from "./names.ts";

// Written for RE2. Spaces, no-break spaces and apostrophes group digits in either style.
const SPACE = "[\\s\\x{A0}\\x{202F}\\x{2009}]";
const GROUP_MARK = "[ \\x{A0}\\x{202F}\\x{2009}'\\x{2019}]";
const MINUS = "[-\\x{2212}\\x{2013}]";
const MARK = "(?:[A-Z]{2}\\$|[A-Z]{3}|R\\$|[$€£¥₹₽₩₺₫₴₪฿]|kr\\.?|zł|Kč|Ft|Fr\\.)";
const BEFORE = `^${SPACE}*\\(?${SPACE}*(?:${MINUS}|\\+)?${SPACE}*${MARK}?${SPACE}*(?:${MINUS}|\\+)?${SPACE}*`;
const AFTER = `${SPACE}*(?:%|${MARK})?${SPACE}*${MINUS}?${SPACE}*\\)?${SPACE}*$`;

function core(group: string, decimal: string): string {
  const whole = `[0-9]+|[0-9]{1,3}(?:${group}[0-9]{3})+|[0-9]{1,3}(?:${group}[0-9]{2})+${group}[0-9]{3}|` +
    `[0-9]{1,3}(?:${GROUP_MARK}[0-9]{3})+`;
  return `(?:(?:${whole})(?:${decimal}[0-9]*)?|${decimal}[0-9]+)`;
}
const CORE = { ".": core(",", "\\."), ",": core("\\.", ",") };
const PATTERN = {
  ".": `${BEFORE}(${CORE["."]})${AFTER}`,
  ",": `${BEFORE}(${CORE[","]})${AFTER}`,
};

/** Cells that hide a number on purpose: `<5`, `> 90%`. They read as nothing. */
export const MASKED = `^${SPACE}*[<>≤≥]=?${SPACE}*[0-9][0-9.,]*${SPACE}*%?${SPACE}*$`;

/** True where a cell reads as a number with this decimal sign. */
export function isNumber(text: string, decimal: "." | ","): string {
  return `regexp_matches(${text}, ${literal(PATTERN[decimal])})`;
}

/** The currency mark around a number, or ''. */
export function currencyMark(text: string): string {
  const digits = "[0-9][0-9., \\x{A0}\\x{202F}'\\x{2019}]*";
  const pattern = `^[^0-9A-Za-z$€£¥₹₽₩₺₫₴₪฿]*(${MARK})?[^0-9A-Za-z]*?${digits}(${MARK})?[^0-9A-Za-z]*$`;
  return `concat(regexp_extract(${text}, ${literal(pattern)}, 1), regexp_extract(${text}, ${literal(pattern)}, 2))`;
}

/** How a number column is read. */
export interface NumberReading {
  decimal: "." | ",";
  /** 0: whole numbers; 6: micros. */
  scale: 0 | 6;
  divisor: number;
}

/** The stored integer of a cell; null where it is none. */
export function numberExpression(text: string, { decimal, scale, divisor }: NumberReading): string {
  const shift = 6 - Math.log10(divisor);
  if (!Number.isInteger(shift) || shift < 0) {
    throw new RangeError(`Cannot divide a column by ${divisor}: use 1, 100 or 1000000`);
  }
  const slow = slowMicros(text, decimal, shift);
  // The engine reads `1_000` and, with a comma as decimal sign, `1.234` as plain: both go the slow way.
  const odd = decimal === "." ? `contains(${text}, '_')` : `(contains(${text}, '.') or contains(${text}, '_'))`;
  if (scale === 6) {
    const fast = `case when not ${odd} then ${scaled(`try_cast(${text} as decimal(18, 6))`, shift)} end`;
    return `coalesce(${fast}, ${slow})`;
  }
  const whole = (value: string) => `case when ${value} % 1000000 = 0 then ${value} // 1000000 end`;
  if (divisor !== 1) return whole(`(${slow})`);
  const plain = `case when not contains(${text}, '.') and not contains(lower(${text}), 'e') and not ${odd}
    then try_cast(${text} as bigint) end`;
  return `coalesce(${plain}, ${whole(`(${slow})`)})`;
}

/** Micros of a cell by taking it apart. */
function slowMicros(text: string, decimal: "." | ",", shift: number): string {
  const extracted = `regexp_extract(${text}, ${literal(PATTERN[decimal])}, 1)`;
  const digits = decimal === "."
    ? `regexp_replace(${extracted}, '[^0-9.]', '', 'g')`
    : `replace(regexp_replace(${extracted}, '[^0-9,]', '', 'g'), ',', '.')`;
  const wide = `try_cast(nullif(${digits}, '') as decimal(38, 12))`;
  // What is divided must not lose digits before it is rounded; the wide cast takes a hundred times as long.
  const read = (by: number) =>
    by === 6
      ? `coalesce(${scaled(`try_cast(nullif(${digits}, '') as decimal(18, 6))`, by)}, ${scaled(wide, by, "hugeint")})`
      : scaled(wide, by, "hugeint");
  const value = `case when contains(${text}, '%') then ${read(Math.max(0, shift - 2))} else ${read(shift)} end`;
  const negative = `regexp_matches(${text}, ${literal(`${MINUS}|^${SPACE}*\\(`)})`;
  const exponent = decimal === "." ? scaled(`try_cast(${text} as decimal(18, 6))`, shift) : "null";
  const all = `case when ${isNumber(text, decimal)} then (case when ${negative} then -(${value}) else ${value} end)
    when regexp_full_match(${text}, '\\s*[-+]?[0-9.]+[eE][-+]?[0-9]+\\s*') then ${exponent} end`;
  return `try_cast(${all} as bigint)`;
}

/**
 * A decimal times a power of ten, as an integer, rounded half away from zero. Whole part and fraction apart: the product
 * of the two together would leave the engine's fast 64-bit decimals.
 */
function scaled(value: string, power: number, type: "bigint" | "hugeint" = "bigint"): string {
  if (power === 0) return `cast(${value} as ${type})`;
  const factor = 10 ** power;
  return `(cast(trunc(${value}) as ${type}) * ${factor} + cast((${value} - trunc(${value})) * ${factor} as ${type}))`;
}
