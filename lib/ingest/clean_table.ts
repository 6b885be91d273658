import type { CleaningStep, RuleOutcome } from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";
import type { ColumnProfile, ColumnReading, StagedRows, StagingPlan } from "@/lib/staging/mod.ts";
import { cleaningPlan, columnsToLookAt, type TextsByColumn } from "./cleaning_plan.ts";
import { judgeFile } from "./judge_file.ts";
import { addKnownNames, readKnownNames } from "./known_names.ts";
import { ruleFacts } from "./rule_facts.ts";
import { LONGEST_NAME, type NamedRows, type SpellingSuggestion, suggestSpellings } from "./suggest_spellings.ts";

/** A table that is clean and judged. */
export interface CleanTable {
  staged: StagedRows;
  /** What cleaning did, and what it suggests. */
  steps: CleaningStep[];
  /** What came of every rule that is the dataset's own or was broken. */
  rules: RuleOutcome[];
}

/** Past so many different texts a column holds no list of names. */
const MOST_TEXTS = 2_000;

/**
 * Makes typed rows of a table and holds them, and the table as a whole, against the dataset's rules. `answers` that begin
 * with `clean:` turn steps on and off.
 */
export async function cleanTable(
  services: Pick<Services, "documents" | "warehouse" | "staging" | "clock">,
  workspace: string,
  { plan, profiles, answers }: { plan: StagingPlan; profiles: ColumnProfile[]; answers: Record<string, string> },
): Promise<CleanTable> {
  const { dataset } = plan;
  const texts: TextsByColumn = {};
  const suggestions: Record<string, SpellingSuggestion[]> = {};
  for (const column of columnsToLookAt(plan, profiles, MOST_TEXTS)) {
    const { header } = plan.columns[column.name] as ColumnReading & { from: "header" };
    const found = await services.staging.texts(workspace, plan.importId, header, MOST_TEXTS);
    texts[column.name] = found;
    const known = await readKnownNames(services, workspace, dataset.id, column.name);
    suggestions[column.name] = suggestSpellings(namesOf(found, known, plan.nullTokens));
  }
  const cleaning = cleaningPlan({ plan, profiles, answers, texts, suggestions });
  const facts = await ruleFacts(services, workspace, dataset);
  const clean = await services.staging.clean(workspace, { ...cleaning.plan, facts });
  for (const [column, found] of Object.entries(texts)) {
    const written = writtenNames(cleaning.plan, column, found);
    await addKnownNames(services, workspace, { dataset: dataset.id, column, ...written });
  }
  const { staged, outcomes } = await judgeFile(services, { workspace, dataset, staged: clean, today: facts.today! });
  return { staged, steps: cleaning.steps, rules: [...clean.rules, ...outcomes] };
}

/** The names as they went in, and the slips that were mended: those are none. */
function writtenNames(plan: StagingPlan, column: string, found: { text: string }[]) {
  const from = plan.columns[column];
  const spellings = from?.from === "header" && from.as === "text" ? from.spellings ?? {} : {};
  const names = namesOf(found.map(({ text }) => ({ text: spellings[text] ?? text, rows: 1 })), [], plan.nullTokens);
  return {
    names: names.map(({ text }) => text).filter(({ length }) => length <= LONGEST_NAME),
    slips: Object.keys(spellings),
  };
}

function namesOf(found: { text: string; rows: number }[], known: string[], nullTokens: string[]): NamedRows[] {
  const before = new Set(known);
  const names = found.filter(({ text }) => text !== "" && !nullTokens.includes(text.toLowerCase()))
    .map(({ text, rows }) => ({ text, rows, known: before.has(text) }));
  const here = new Set(names.map(({ text }) => text));
  return [...names, ...known.filter((text) => !here.has(text)).map((text) => ({ text, rows: 0, known: true }))];
}
