/** Whose rows these are and in which currency: platform, account, currency. Pure. */
import { type Finding, headerCurrency, type ImportQuestion, isCurrencyCode } from "@/lib/model/mod.ts";
import type { ColumnProfile, ColumnReading } from "@/lib/staging/mod.ts";

/** What was decided. */
export interface OriginDecision {
  reading?: ColumnReading;
  finding?: Finding;
  question?: ImportQuestion;
}

/** An account that is known: by its id where it has one, then with its latest name. */
export interface KnownAccount {
  platform: string;
  account: string;
  name?: string;
}

/** What was decided of the two columns that say whose rows these are. */
export interface AccountDecision {
  account?: ColumnReading;
  accountId?: ColumnReading;
  finding?: Finding;
  question?: ImportQuestion;
}

/**
 * The account of a file without an account column: each platform's only one, "main" where there is none, else asked.
 * `perPlatform`: the rows tell their platform themselves. `above`: the account that stands above the header.
 */
export function decideAccount(
  platforms: string[],
  known: KnownAccount[],
  answer: string | undefined,
  { perPlatform = false, above }: { perPlatform?: boolean; above?: string } = {},
): AccountDecision {
  const here = known.filter((k) => platforms.includes(k.platform));
  const accounts = [...new Set(here.map((k) => k.account))].sort();
  const several = here.some((a) => here.some((b) => a.platform === b.platform && a.account !== b.account));
  const finding = (value: string, evidence: string): Finding => ({ topic: "account", finding: value, evidence });
  const text = answer?.trim();
  if (text) {
    return {
      ...constantAccount(here.find((k) => k.account === text) ?? { account: text }),
      finding: finding(text, "answered"),
    };
  }
  const named = above && here.find((k) => k.account === above || k.name === above);
  if (named) return { ...constantAccount(named), finding: finding(above, "above the header") };
  if (above && !perPlatform && accounts.length === 0) {
    return { ...constantAccount({ account: above }), finding: finding(above, "above the header") };
  }
  if (accounts.length === 0) {
    return {
      ...constantAccount({ account: "main" }),
      finding: finding("main", "the file names none, and none is known yet"),
    };
  }
  if (perPlatform && !several) {
    const rows = (of: (known: KnownAccount) => string | undefined) =>
      here.flatMap((k) => {
        const value = of(k);
        return value === undefined ? [] : [{ when: [k.platform], value }];
      });
    const ids = rows((k) => k.name === undefined ? undefined : k.account);
    return {
      account: { from: "lookup", by: ["platform"], rows: rows((k) => k.name ?? k.account), otherwise: "main" },
      ...(ids.length ? { accountId: { from: "lookup", by: ["platform"], rows: ids, otherwise: null } } : {}),
      finding: finding(here.map((k) => k.name ?? k.account).join(", "), "the only one known for each platform"),
    };
  }
  if (!perPlatform && accounts.length === 1) {
    const [only] = here;
    return {
      ...constantAccount(only!),
      finding: finding(only!.name ?? only!.account, "the only one known for this platform"),
    };
  }
  return {
    question: {
      id: "account",
      kind: "account",
      title: "Which account do these rows belong to?",
      detail: "The file does not say, and several are known for this platform; any other name may be given too",
      choices: accounts.map((value) => {
        const name = here.find((k) => k.account === value)?.name;
        return { value, title: name ? `${name} (${value})` : value, preview: [] };
      }),
    },
  };
}

function constantAccount(
  { account, name }: Omit<KnownAccount, "platform">,
): Pick<AccountDecision, "account" | "accountId"> {
  if (name === undefined) return { account: { from: "constant", value: account } };
  return { account: { from: "constant", value: name }, accountId: { from: "constant", value: account } };
}

/**
 * The ids of a file that names its accounts: a name that is known to be one id's stands for that id, so that the same
 * account is not counted under both. Undefined where no id is known.
 */
export function idsOfNames(known: KnownAccount[]): ColumnReading | undefined {
  const named = known.filter((k) => k.name !== undefined && k.name !== k.account);
  const rows = named
    .filter((k) =>
      !named.some((other) => other.platform === k.platform && other.name === k.name && other.account !== k.account)
    )
    .map((k) => ({ when: [k.platform, k.name!], value: k.account }));
  return rows.length ? { from: "lookup", by: ["platform", "account"], rows, otherwise: null } : undefined;
}

/**
 * Accounts of which rows are there under their names, before any file told their ids: they stay under their names, so
 * that a file with both is not counted beside those rows. Undefined where there are none.
 */
export function namedBefore(known: KnownAccount[], header: string): (ColumnReading & { from: "unless" }) | undefined {
  const named = known.filter((k) => k.name === undefined && !/^\d[\d-]*$/.test(k.account) && k.account !== "main");
  return named.length
    ? { from: "unless", by: ["platform", "account"], keys: named.map((k) => [k.platform, k.account]), header }
    : undefined;
}

/** Asks whether an id that a file tells is an account whose rows are there under its name. */
export function sameAccountQuestion(id: string, named: KnownAccount[]): ImportQuestion {
  return {
    id: "same-account",
    kind: "account",
    title: `Which account is ${id}?`,
    detail:
      "The file names its account by an id alone, and rows of this platform are there under a name. Were it the " +
      "same account under two names, everything would be counted twice",
    choices: [
      ...named.map(({ account }) => ({ value: account, title: `It is "${account}"`, preview: [] })),
      { value: "none", title: "Another one", preview: [] },
    ],
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
  "A$": "AUD",
  "C$": "CAD",
  "S$": "SGD",
  "HK$": "HKD",
  "NT$": "TWD",
  "NZ$": "NZD",
  "MX$": "MXN",
  "￥": "JPY",
  "円": "JPY",
  "元": "CNY",
  "Rs": "INR",
  "Rs.": "INR",
  "RM": "MYR",
  "Rp": "IDR",
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
  if (answer && (isCurrencyCode(answer) || answer === NO_CURRENCY)) return take(answer, "answered");
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
  const samples = money.flatMap((profile) => profile.samples).slice(0, 3);
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
        preview: samples.map((raw) => ({ raw, read: value === NO_CURRENCY ? raw : `${value} ${raw}` })),
      })),
    },
  };
}
