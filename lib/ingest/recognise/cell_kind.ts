/** What a cell looks like, without knowing what it means. Pure. */
import { SHORT_MARK } from "@/lib/staging/short_numbers.ts";

/** `nothing`: holds a token for "no value". */
export type CellKind = "empty" | "nothing" | "value" | "text";

const NOTHING = /^(?:-{1,3}|[—–]|n\/a|#n\/a|null|\(null\)|nan|none|#div\/0!|\\n)$/i;
const CURRENCY =
  "[$€£¥₹₽₩₺฿]|[A-Z]{1,2}\\$|kr\\.?|Fr\\.?|zł|Rs\\.?|Kč|Ft|円|元|원|USD|EUR|GBP|CHF|JPY|CAD|AUD|NZD|SEK|NOK|DKK|PLN|CZK|HUF|BRL|MXN|INR|CNY|ZAR|TRY|RUB|KRW|SGD|HKD|AED|ILS|THB|TWD|IDR|MYR|PHP|CLP|COP|ARS";
const LONGEST_NOTHING = 7;
/** No number or day is longer. */
const LONGEST = 60;
/** A number with what exports put around it: signs, currency, percent, bounds, brackets. */
const NUMBER = new RegExp(
  `^[\\s("'<>≤≥~]*[-+−]?\\s*(?:${CURRENCY})?\\s*[-+−]?\\s*(?:\\d[\\d.,'’\\u00a0\\u202f ]*|\\.\\d+)(?:[eE][-+]?\\d+)?\\s*${SHORT_MARK}?\\s*(?:%|‰|${CURRENCY})?\\)?\\s*$`,
  "u",
);
/** A day, a time or both, with digits and signs only. */
const DATE =
  /^\d{1,4}[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,4}日?\.?(?:[ T]\s?\d{1,2}:\d{2}.*)?$|^\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s?[ap]m)?$|^\d{4}[-/ ]?Q[1-4]$|^Q[1-4][-/ ]\d{4}$|^\d{4}-W\d{2}$|^\d{4}[-/.]\d{1,2}$|^\d{1,2}[-/.]\d{4}$/iu;
/** A day with the month's name, in any language: a number, a word, a year. */
const NAMED_DATE =
  /^(?:\p{L}{2,10}\.?,?\s+)?(?:\d{1,2}(?:st|nd|rd|th|er|º|\.)?[-\s/]+(?:de\s+)?\p{L}{3,12}\.?,?[-\s/]+(?:de\s+)?\d{2,4}|\p{L}{3,12}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4})(?:,?\s+\d{1,2}:\d{2}.*)?$/iu;

/** Tells a cell's kind. */
export function cellKind(cell: string): CellKind {
  if (isDigits(cell)) return "value"; // most cells of most exports: nothing else has to be asked
  const text = cell.trim();
  if (text === "") return "empty";
  if (text.length <= LONGEST_NOTHING && NOTHING.test(text)) return "nothing";
  // Without a digit nothing is a number or a day, and plain ones need no longer look.
  if (text.length > LONGEST || !/\d/.test(text)) return "text";
  if (/^\d+(?:\.\d+)?$/.test(text)) return "value";
  return NUMBER.test(text) || DATE.test(text) || NAMED_DATE.test(text) ? "value" : "text";
}

/** Whether a cell is a whole number without sign or blanks; as long ones as `cellKind` reads. */
function isDigits(cell: string): boolean {
  if (cell === "" || cell.length > LONGEST) return false;
  for (let at = 0; at < cell.length; at++) {
    const code = cell.charCodeAt(at);
    if (code < 48 || code > 57) return false;
  }
  return true;
}

/** Whether a cell is a year, which a header may be too. */
export function isYear(cell: string): boolean {
  return /^\s*(?:19|20)\d{2}\s*$/.test(cell);
}
