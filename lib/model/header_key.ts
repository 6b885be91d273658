/** Comparing headers as people and exports write them: `Impr.` and `impr` are one. */

const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf("currency"));
// In capitals only: `(all)` is no Albanian lek.
const CURRENCY_SUFFIX = /[(（[]\s*([A-Z]{3}|[$€£¥₹])\s*[)）\]]\s*$/u;
const SYMBOLS: Record<string, string> = { "€": "EUR", "£": "GBP", "₹": "INR" };

/** The currency a header ends with: `Amount spent (USD)` → USD. A symbol that several currencies share decides nothing. */
export function headerCurrency(header: string): string | null {
  const mark = CURRENCY_SUFFIX.exec(header)?.[1];
  if (!mark) return null;
  const code = SYMBOLS[mark] ?? mark;
  return CURRENCIES.has(code) ? code : null;
}

/** True for an ISO 4217 code in capitals. */
export function isCurrencyCode(text: string): boolean {
  return CURRENCIES.has(text);
}

/**
 * The form under which headers are compared: compatibility-decomposed, without marks, BOM, `#`, currency suffix and
 * punctuation; words of `CamelCase` and `snake_case` apart; lower case. `%` and `/` stay, they carry meaning.
 */
export function headerKey(header: string): string {
  const known = keys.get(header);
  if (known !== undefined) return known;
  const key = makeKey(header);
  if (keys.size >= MAX_KEYS) keys.clear();
  keys.set(header, key);
  return key;
}

/** Keys that were made already: the headers of one file are compared with those of every platform and language. */
const keys = new Map<string, string>();
const MAX_KEYS = 20_000;

function makeKey(header: string): string {
  let text = header.normalize("NFKD").replace(/[\u{FEFF}\p{M}]/gu, "");
  const suffix = CURRENCY_SUFFIX.exec(text);
  if (suffix?.[1] && (suffix[1].length === 1 || CURRENCIES.has(suffix[1]))) {
    text = text.slice(0, suffix.index);
  }
  return text
    .replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}%/]+/gu, " ")
    .trim();
}
