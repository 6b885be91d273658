/** What becomes of rows that break a rule whose share has to be known first, and of those that only get listed. */
import type { Duck, DuckRow, DuckSession } from "@/lib/duckdb/duckdb.ts";
import { InputError } from "@/lib/errors.ts";
import { type Rule, type RuleOutcome, rulesOf } from "@/lib/model/mod.ts";
import type { Check, Unchecked } from "./checks.ts";
import type { StagingPlan } from "./mod.ts";
import { cell, literal, type StagingTables } from "./names.ts";

/** Rows of one rule that are listed; their number is exact. */
const LISTED = 1_000;
/** `_verdict` of rows that go on; above stands the check that sets them aside. */
const GOOD = 0;

/** Which of the checks a row breaks, a bit each. A dataset has at most 60 rules of its own, so they fit. */
export function brokenBits(shares: Check[]): string {
  const bits = shares.map(({ broken }, n) => `case when ${broken} then ${1n << BigInt(n)} else 0 end::bigint`);
  return `(${bits.join(" | ")})`;
}

/** How many rows there are of each verdict, and of those that go on how many break which rule. */
export function verdictQuery(rows: string, { masked, shares }: { masked: boolean; shares: Check[] }): string {
  const counts = shares.map((_, n) => `, count(*) filter (where ${has(n)}) as b${n}`).join("");
  return `select _verdict, count(*) as n, ${masked ? "sum(_masked)::bigint" : "0"} as masked${counts}
    from ${rows} group by 1`;
}

/** Throws `InputError` for a pattern that the engine cannot use: a rule may be older than the engine. */
export async function refuseBadPatterns(duck: Duck, { dataset }: StagingPlan): Promise<void> {
  for (const rule of rulesOf(dataset)) {
    if (rule.kind !== "pattern") continue;
    const fault = await checkPattern(duck, rule.pattern);
    if (!fault) continue;
    throw new InputError(
      "bad-pattern",
      `Cannot check the rule "${rule.id}": the pattern ${rule.pattern} cannot be used (${fault}); change the rule`,
      { rule: rule.id },
    );
  }
}

/** Why the engine cannot use a pattern; null where it can. */
export async function checkPattern(duck: Duck, pattern: string): Promise<string | null> {
  try {
    await duck.rows("select regexp_full_match('', $1::varchar)", [pattern]);
    return null;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const fault = /^Invalid Input Error: (.+)/.exec(message)?.[1];
    if (fault === undefined) throw error;
    return fault;
  }
}

/** What is known after the rows were made. */
interface JudgeInput {
  plan: StagingPlan;
  /** Checks that set rows aside at once, in the order of their verdicts. */
  checks: Check[];
  /** The others, in the order of their bits. */
  shares: Check[];
  unchecked: Unchecked[];
  verdicts: DuckRow[];
}

/** What came of the rules: those of the dataset's own and broken ones. `rejecting` are to set their rows aside now. */
export function judge(input: JudgeInput): { outcomes: RuleOutcome[]; rejecting: Check[]; bits: number[] } {
  const { plan, checks, shares, unchecked, verdicts } = input;
  const countOf = (verdict: number) => Number(verdicts.find((row) => Number(row._verdict) === verdict)?.n ?? 0);
  const good = verdicts.find((row) => Number(row._verdict) === GOOD);
  const rows = verdicts.reduce((sum, row) => Number(row._verdict) < GOOD ? sum : sum + Number(row.n), 0);
  const own = new Set(plan.dataset.rules.map(({ id }) => id));
  const outcomes: RuleOutcome[] = [];
  const rejecting: Check[] = [];
  const bits: number[] = [];
  const add = (rule: Rule, title: string, rest: Pick<RuleOutcome, "broken" | "result" | "note">) => {
    if (!own.has(rule.id) && rest.broken === 0) return;
    outcomes.push({ rule: rule.id, kind: rule.kind, title, action: rule.action, ...rest });
  };
  checks.forEach(({ rule, title }, n) => {
    const broken = countOf(n + 1);
    add(rule, title, { broken, result: broken ? "rejected" : "kept" });
  });
  shares.forEach((check, n) => {
    const { rule, title } = check;
    const broken = Number(good?.[`b${n}`] ?? 0);
    const over = broken > 0 && broken * 100 > rule.threshold * rows;
    if (over && rule.action === "reject") {
      rejecting.push(check);
      bits.push(n);
    }
    const taken = { reject: "rejected", flag: "flagged", fail: "failed" } as const;
    add(rule, title, { broken, result: broken === 0 ? "kept" : over ? taken[rule.action] : "tolerated" });
  });
  for (const { rule, title, why } of unchecked) add(rule, title, { broken: 0, result: "not-checked", note: why });
  return { outcomes, rejecting, bits };
}

/** Gives rows that break one of these rules its verdict. Answers whether any did. */
export async function setAside(
  session: DuckSession,
  rows: string,
  { bits, first }: { bits: number[]; first: number },
): Promise<boolean> {
  if (bits.length === 0) return false;
  const verdict = bits.map((bit, n) => `when ${has(bit)} then ${first + n + 1}`).join(" ");
  const any = bits.map(has).join(" or ");
  await session.run(
    `update ${rows} set _verdict = (case ${verdict} end)::smallint where _verdict = ${GOOD} and (${any})`,
  );
  return true;
}

/** Lists rows that go on although they break a rule, with the cell that does. */
export async function keepFlagged(
  session: DuckSession,
  { importId }: StagingPlan,
  { shares, tables }: { shares: Check[]; tables: StagingTables },
): Promise<void> {
  for (const [n, { rule, header, column, reason, code }] of shares.entries()) {
    const value = header ? `left(text.${cell(header)}, 500)` : "null";
    await session.run(
      `insert into ${tables.flagged}
       select $1, bad._line, ${literal(header ?? column)}, ${value}, ${literal(reason)}, ${literal(code)}, ${
        literal(rule.id)
      }
       from (select _line from ${tables.rows} where _verdict = ${GOOD} and ${has(n)} order by _line limit ${LISTED}) bad
       join ${tables.text} text on text._line = bad._line order by bad._line`,
      [importId],
    );
  }
}

function has(bit: number): string {
  return `_broken & ${1n << BigInt(bit)} <> 0`;
}
