/** Whose rows these are and in which currency: platform, account, currency. Pure. */
import { type Finding, headerCurrency, type ImportQuestion, isCurrencyCode } from "@/lib/model/mod.ts";
import type { ColumnProfile, ColumnReading } from "@/lib/staging/mod.ts";

/** What was decided. */
export interface OriginDecision {
  reading?: ColumnReading;
  finding?: Finding;
  question?: ImportQuestion;
}

/** The account of a file without an account column: the platform's only one, "main" where there is none, else asked. */
export function decideAccount(
  platforms: string[],
  known: { platform: string; account: string }[],
  answer: string | undefined,
): OriginDecision {
  const accounts = [...new Set(known.filter((k) => platforms.includes(k.platform)).map((k) => k.account))].sort();
  const take = (value: string, evidence: string): OriginDecision => ({
    reading: { from: "constant", value },
    finding: { topic: "account", finding: value, evidence },
  });
  if (answer !== undefined && answer.trim() !== "") return take(answer.trim(), "answered");
  if (accounts.length === 0) return take("main", "the file names none, and none is known yet");
  if (accounts.length === 1) return take(accounts[0]!, "the only one known for this platform");
  return {
    question: {
      id: "account",
      kind: "account",
      title: "Which account do these rows belong to?",
      detail: "The file does not say, and several are known for this platform; any other name may be given too",
      choices: accounts.map((value) => ({ value, title: value, preview: [] })),
    },
  };
}

const SYMBOLS: Record<string, string> = {
  "$": "USD",
  "US$": "USD",
  "€": "EUR",
  "£": "GBP",
  "¥": "JPY",
  "₹": "INR",
  "₽": "RUB",
  "₩": "KRW",
  "₺": "TRY",
  "₫": "VND",
  "₴": "UAH",
  "₪": "ILS",
  "฿": "THB",
  "R$": "BRL",
  "CA$": "CAD",
  "AU$": "AUD",
  "zł": "PLN",
  "Kč": "CZK",
  "Ft": "HUF",
};

/** Currency not known. */
export const NO_CURRENCY = "XXX";

/** The currency of a file without a currency column: header suffix, then marks in cells, then the workspace's own. */
export function decideCurrency(
  money: ColumnProfile[],
  options: { known: string[]; workspaceDefault: string | null; answer: string | undefined },
): OriginDecision {
  const take = (value: string, evidence: string): OriginDecision => ({
    reading: { from: "constant", value },
    finding: { topic: "currency", finding: value, evidence },
  });
  const { known, workspaceDefault, answer } = options;
  if (answer && isCurrencyCode(answer)) return take(answer, "answered");
  const suffixes = new Set(money.map((p) => headerCurrency(p.header)).filter((code) => code !== null));
  if (suffixes.size === 1) return take([...suffixes][0]!, "in the header");
  const marks = new Set(
    money.flatMap((p) => p.currencies).map((mark) => SYMBOLS[mark] ?? mark).filter((code) => isCurrencyCode(code)),
  );
  if (suffixes.size === 0 && marks.size === 1) return take([...marks][0]!, "the mark beside the amounts");
  const several = [...suffixes, ...marks];
  const others = known.filter((code) => code !== NO_CURRENCY && code !== "");
  if (several.length === 0) {
    if (workspaceDefault) return take(workspaceDefault, "the workspace's own");
    if (others.length === 0) return take(NO_CURRENCY, "the file names none, and no other is there yet");
  }
  const choices = [...new Set([...several, ...others, NO_CURRENCY])];
  return {
    question: {
      id: "currency",
      kind: "currency",
      title: "Which currency are the amounts in?",
      detail: several.length
        ? `The file names several: ${several.join(", ")}`
        : `The file does not say, and there are amounts in ${others.join(", ")} already`,
      choices: choices.map((value) => ({
        value,
        title: value === NO_CURRENCY ? "Not known: shown without a currency" : value,
        preview: [],
      })),
    },
  };
}
