/**
 * Numbers out of text, as SQL. What most cells hold is read by one cast; the rest (grouping, currency marks, percent,
 * brackets for minus) is taken apart by patterns that must match as a whole. Exact: digits become an integer by way of
 * an exponent (`12.345e6`), never of a DOUBLE, rounded once, half away from zero.
 *
 * The engine computes an expression that stands twice in a statement once, before any branch is taken. So a pattern that
 * only odd cells should meet must not be written twice alike: `salt` tells the places apart.
 */
import { literal } from "./names.ts";
import { SHORT_MARK, SHORT_MARKS } from "./short_numbers.ts";

// Written for RE2. Spaces, no-break spaces and apostrophes group digits in either style.
const SPACE = "[\\s\\x{A0}\\x{202F}\\x{2009}]";
const GROUP_MARK = "[ \\x{A0}\\x{202F}\\x{2009}'\\x{2019}]";
const MINUS = "[-\\x{2212}\\x{2013}]";
const MARK = "(?:[A-Z]{1,2}\\$|[A-Z]{3}|[$€£¥￥₹₽₩₺₫₴₪฿円元]|RM|Rp|Rs\\.?|kr\\.?|zł|Kč|Ft|Fr\\.)";
const BEFORE = `^${SPACE}*\\(?${SPACE}*(?:${MINUS}|\\+)?${SPACE}*${MARK}?${SPACE}*(?:${MINUS}|\\+)?${SPACE}*`;
/** Not the first letters of something else, as `K` is of `Kč`. */
const ENDED = "(?:[^\\p{Latin}]|$)";
const AFTER = `${SPACE}*${SHORT_MARK}?${SPACE}*(?:%|${MARK})?${SPACE}*${MINUS}?${SPACE}*\\)?${SPACE}*$`;
const GROUP = { ".": ",", ",": "\\." };
const POINT = { ".": "\\.", ",": "," };

function wholePart(decimal: "." | ","): string {
  const group = GROUP[decimal];
  return `[0-9]+|[0-9]{1,3}(?:${group}[0-9]{3})+|[0-9]{1,3}(?:${group}[0-9]{2})+${group}[0-9]{3}|` +
    `[0-9]{1,3}(?:${GROUP_MARK}[0-9]{3})+`;
}

/** A number with its marks; the digits are group 1. */
function numberPattern(decimal: "." | ","): string {
  const point = POINT[decimal];
  return `${BEFORE}((?:${wholePart(decimal)})(?:${point}[0-9]*)?|${point}[0-9]+)${AFTER}`;
}

/** A whole number with its marks, decimals of zero allowed; the digits before them are group 1. */
function wholePattern(decimal: "." | ","): string {
  return `${BEFORE}(${wholePart(decimal)})(?:${POINT[decimal]}0*)?${AFTER}`;
}

/** Cells that hide a number on purpose: `<5`, `> 90%`. They read as nothing. */
export const MASKED = `^${SPACE}*[<>≤≥]=?${SPACE}*[0-9][0-9.,]*${SPACE}*%?${SPACE}*$`;

/** The same pattern under another name. */
export function salted(pattern: string, salt: number): string {
  return literal("(?:)".repeat(salt) + pattern);
}

/** True where a cell reads as a number with this decimal sign. */
export function isNumber(text: string, decimal: "." | ",", salt = 0): string {
  return `regexp_matches(${text}, ${salted(numberPattern(decimal), salt)})`;
}

/** True where a number is shortened, and so rounded: `1.2K`. */
export function isShortened(text: string): string {
  return `regexp_matches(${text}, ${literal(`[0-9]${SPACE}*${SHORT_MARK}${ENDED}`)})`;
}

/** The zeros that a shortened number leaves out; 0 for any other. */
function shortZeros(text: string): string {
  const cases = Object.entries(SHORT_MARKS).map(([zeros, marks]) =>
    `when regexp_matches(${text}, ${literal(`[0-9]${SPACE}*(?:${marks})${ENDED}`)}) then ${zeros}`
  );
  return `(case ${cases.join(" ")} else 0 end)`;
}

/** The currency mark around a number, or ''. */
export function currencyMark(text: string): string {
  const digits = "[0-9][0-9., \\x{A0}\\x{202F}'\\x{2019}]*";
  const pattern =
    `^[^0-9A-Za-z$€£¥￥₹₽₩₺₫₴₪฿円元]*(${MARK})?[^0-9A-Za-z]*?${digits}${SHORT_MARK}?${SPACE}*(${MARK})?[^0-9A-Za-z]*$`;
  return `concat(regexp_extract(${text}, ${literal(pattern)}, 1), regexp_extract(${text}, ${literal(pattern)}, 2))`;
}

/** Digits and marks of full width, as Japanese exports write them, as plain ones. */
export function narrow(text: string): string {
  return `translate(${text}, '０１２３４５６７８９．，％－＋（）＜＞', '0123456789.,%-+()<>')`;
}

/** A length of time in seconds as a stored decimal: `00:01:23`, `1:23`, `1h 2m 3s`, `45s`, or a plain number. */
export function clockExpression(text: string): string {
  const part = (pattern: string) =>
    `coalesce(try_cast(nullif(regexp_extract(${text}, ${literal(pattern)}, 1), '') as bigint), 0)`;
  const colons = `(${part("([0-9]+):[0-9]{2}:[0-9]{2}")} * 3600 + ${part("([0-9]+):[0-9]{2}(?:[.][0-9]+)?\\s*$")} * 60 +
    ${part(":([0-9]{2})(?:[.][0-9]+)?\\s*$")})`;
  const words = `(${part("([0-9]+)\\s*h")} * 3600 + ${part("([0-9]+)\\s*m")} * 60 + ${part("([0-9]+)\\s*s")})`;
  return `case when ${text} is null then null
    when regexp_matches(${text}, '^\\s*(?:[0-9]+:)?[0-9]{1,2}:[0-9]{2}(?:[.][0-9]+)?\\s*$') then ${colons} * 1000000
    when regexp_matches(${text}, '^\\s*(?:[0-9]+\\s*h(?:rs?)?\\s*)?(?:[0-9]+\\s*m(?:in)?\\s*)?(?:[0-9]+\\s*s(?:ec)?)?\\s*$')
      and regexp_matches(${text}, '[hms]') then ${words} * 1000000
    else cast(try_cast(${text} as decimal(18, 6)) * 1000000 as bigint) end`;
}

/** How a number column is read. */
export interface NumberReading {
  decimal: "." | ",";
  /** 0: whole numbers; 6: micros. */
  scale: 0 | 6;
  /** 1, 100 or 1,000,000. */
  divisor: number;
  /** What is known of every cell, so that nothing else need be tried. */
  cells?: "digits" | "plain";
}

/** The stored integer of a cell; null where it is none. */
export function numberExpression(text: string, { decimal, scale, divisor, cells }: NumberReading): string {
  const shift = Math.log10(divisor);
  if (!Number.isInteger(shift) || shift < 0 || shift > 6) {
    throw new RangeError(`Cannot divide a column by ${divisor}: use 1, 100 or 1000000`);
  }
  if (scale === 0 && divisor !== 1) throw new RangeError(`Cannot divide whole numbers by ${divisor}`);
  // A plain number to the engine; with a comma as decimal sign a point can only be grouping.
  const plain = `try_cast(${text} as decimal(18, 6))`;
  const isPlain = decimal === "." ? `${plain} is not null` : `${plain} is not null and not contains(${text}, '.')`;
  if (scale === 0 && cells === "digits") return `try_cast(${text} as bigint)`;
  if (scale === 0 && cells === "plain") return `case when ${plain} = trunc(${plain}) then cast(${plain} as bigint) end`;
  if (scale === 0) {
    return `case when ${isPlain} then (case when ${plain} = trunc(${plain}) then cast(${plain} as bigint) end)
      when ${isShortened(text)} then ${signed(text, fractionOf(text, decimal), `('e' || ${shortZeros(text)})`)}
      else ${signed(text, digitsOf(text, wholePattern(decimal), "[^0-9]"), "''")} end`;
  }
  const exponent = 6 - shift;
  if (cells === "digits") return `(try_cast(${text} as bigint) * ${10 ** exponent})`;
  // `1e3` has an exponent of its own.
  const scientific = `cast(try_cast(${text} as decimal(38, 12)) * ${10 ** exponent} as bigint)`;
  const exact = `coalesce(try_cast(${text} || 'e${exponent}' as bigint), ${scientific})`;
  // Without a second text, where the engine's decimals are exact: one product fits into 64 bits below a million, and a
  // tiny number with an exponent of its own may round up to the last digit.
  const quick = shift === 0
    ? `case when abs(${plain}) < 1000000 and abs(${plain}) <> 0.000001 then cast(${plain} * 1000000 as bigint) else ${exact} end`
    : exact;
  if (cells === "plain") return quick;
  const power = `(case when contains(${text}, '%') then 'e${exponent - 2}'
    when ${isShortened(text)} then 'e' || (${exponent} + ${shortZeros(text)}) else 'e${exponent}' end)`;
  return `case when ${isPlain} then ${quick}
    else ${signed(text, fractionOf(text, decimal), power)} end`;
}

/** The digits of a number with a point before its decimals. */
function fractionOf(text: string, decimal: "." | ","): string {
  return decimal === "."
    ? digitsOf(text, numberPattern("."), "[^0-9.]")
    : `replace(${digitsOf(text, numberPattern(","), "[^0-9,]")}, ',', '.')`;
}

function digitsOf(text: string, pattern: string, others: string): string {
  return `nullif(regexp_replace(regexp_extract(${text}, ${literal(pattern)}, 1), ${literal(others)}, '', 'g'), '')`;
}

function signed(text: string, digits: string, power: string): string {
  const sign = `(case when regexp_matches(${text}, ${literal(`${MINUS}|^${SPACE}*\\(`)}) then '-' else '' end)`;
  return `try_cast(${sign} || ${digits} || ${power} as bigint)`;
}
