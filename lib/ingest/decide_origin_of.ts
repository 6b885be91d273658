/** Platform, account and currency of a file, out of its columns, its report, and what is known already. Pure. */
import type { Finding, ImportQuestion } from "@/lib/model/mod.ts";
import type { ColumnProfile, ColumnReading } from "@/lib/staging/mod.ts";
import type { DecideInput } from "./decide.ts";
import { BESIDE, besideQuestion, platformNamed } from "./beside_others.ts";
import {
  decideAccount,
  decideCurrency,
  idsOfNames,
  type KnownAccount,
  namedBefore,
  sameAccountQuestion,
} from "./decide_origin.ts";

/** Adds the readings of platform, account and currency to `columns`; answers what there is to say and to ask. */
export function decideOriginOf(
  input: DecideInput,
  columns: Record<string, ColumnReading>,
): { findings: Finding[]; questions: ImportQuestion[] } {
  const { dataset, recognition, profiles, answers, state } = input;
  const findings: Finding[] = [];
  const questions: ImportQuestion[] = [];
  const note = (decided: { finding?: Finding; question?: ImportQuestion }) => {
    if (decided.finding) findings.push(decided.finding);
    if (decided.question) questions.push(decided.question);
  };
  const has = (name: string) => dataset.columns.some((c) => c.name === name);
  const profileOf = (name: string) => {
    const from = columns[name];
    return from?.from === "header" ? profiles.find((p) => p.header === from.header) : undefined;
  };
  const { beside } = recognition;
  const apart = answers[BESIDE];
  if (beside && apart === undefined) questions.push(besideQuestion(beside, recognition.report?.fallback === false));
  const named = beside && apart === "platform" ? platformNamed(beside.name) : undefined;
  const platform = answers.platform?.trim() || (named ?? recognition.source?.platform ?? "other");
  if (beside && (apart === "platform" || apart === "account")) {
    const finding = apart === "platform" ? platform : beside.name;
    findings.push({ topic: apart, finding, evidence: `answered: it is called "${beside.name}"` });
  }
  if (beside && apart === "account" && has("account")) columns.account = { from: "constant", value: beside.name };
  if (has("platform") && !columns.platform) columns.platform = { from: "constant", value: platform };
  if (columns.platform?.from === "header") {
    const { header } = columns.platform;
    findings.push({ topic: "platform", finding: "as each row says", evidence: `column "${header}"` });
  }
  if (has("account") && !columns.account && !columns.account_id) {
    const column = profileOf("platform");
    const above = recognition.facts.account ?? undefined;
    const platforms = column ? platformsOf(column, state.accounts) : [platform];
    const decided = decideAccount(platforms, state.accounts, answers.account, {
      perPlatform: column !== undefined,
      above,
    });
    if (decided.account) columns.account = decided.account;
    if (decided.accountId && has("account_id")) columns.account_id = decided.accountId;
    note(decided);
  } else if (has("account_id") && columns.account && !columns.account_id && columns.platform) {
    const ids = idsOfNames(state.accounts);
    if (ids) columns.account_id = ids;
  }
  if (columns.account_id?.from === "header" && columns.platform) {
    note(decideKnownByName(input, columns, { platform, header: columns.account_id.header }));
  }
  const money = dataset.columns.filter((c) => c.unit === "currency").flatMap((c) => profileOf(c.name) ?? []);
  if (has("currency") && !columns.currency && money.length > 0) {
    const decided = decideCurrency(money, {
      known: state.currencies,
      workspaceDefault: input.workspaceCurrency,
      answer: answers.currency,
    });
    if (decided.reading) columns.currency = decided.reading;
    note(decided);
  } else if (columns.currency?.from === "header") {
    const { header } = columns.currency;
    const shown = profileOf("currency")?.samples.slice(0, 4).join(", ") ?? "";
    findings.push({ topic: "currency", finding: shown || "as each row says", evidence: `column "${header}"` });
  }
  return { findings, questions };
}

/** An account that is known by its name alone stays under it, also where a file tells its id. */
function decideKnownByName(
  { state, profiles, answers }: DecideInput,
  columns: Record<string, ColumnReading>,
  { platform, header }: { platform: string; header: string },
): { finding?: Finding; question?: ImportQuestion } {
  const unless = namedBefore(state.accounts, header);
  if (!unless) return {};
  const evidence = "its rows are there under this name, from files that told no id";
  if (columns.account) {
    const names = unless.keys.map(([, name]) => name!);
    const { account } = columns;
    const here = account.from === "header" ? profiles.find((p) => p.header === account.header)?.samples ?? [] : [];
    const same = names.filter((name) => here.includes(name));
    if (same.length === 0) return {};
    columns.account_id = unless;
    return { finding: { topic: "account", finding: `${same.join(", ")}: by name, not by id`, evidence } };
  }
  const named = state.accounts.filter((k) =>
    k.platform === platform && unless.keys.some(([p, a]) => p === k.platform && a === k.account)
  );
  const profile = profiles.find((p) => p.header === header);
  const known = state.accounts.some((k) => k.platform === platform && profile?.samples.includes(k.account));
  if (named.length === 0 || !profile || profile.distinct !== 1 || known || answers["same-account"] === "none") {
    return {};
  }
  const chosen = named.find((k) => k.account === answers["same-account"]);
  if (!chosen) return { question: sameAccountQuestion(profile.samples[0]!, named) };
  delete columns.account_id;
  columns.account = { from: "constant", value: chosen.account };
  return { finding: { topic: "account", finding: chosen.account, evidence: "answered" } };
}

/** The platforms that a file's own column names, where the sample shows all of them; else every one that is known. */
function platformsOf({ distinct, samples }: ColumnProfile, known: KnownAccount[]): string[] {
  return distinct <= samples.length ? samples.map((text) => text.trim()) : known.map((account) => account.platform);
}
