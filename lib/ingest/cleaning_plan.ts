/** From what a file holds to the steps that clean it: which are done, which are offered, and the plan with them in. */
import {
  cleaningQuestion,
  type CleaningStep,
  type Column,
  type Dataset,
  isEncoded,
  urlPartExpression,
} from "@/lib/model/mod.ts";
import type { ColumnProfile, ColumnReading, StagingPlan } from "@/lib/staging/mod.ts";
import { cleaningStep } from "./cleaning_step.ts";
import { NO_CURRENCY } from "./decide_origin.ts";
import { taxonomySteps } from "./taxonomy_steps.ts";
import { fold, type SpellingSuggestion } from "./suggest_spellings.ts";

/** A column's different texts, as far as they were looked at. */
export type TextsByColumn = Record<string, { text: string; rows: number }[]>;

/** What the steps are made of. */
export interface CleaningInput {
  plan: StagingPlan;
  profiles: ColumnProfile[];
  /** Answers to the import's questions; those that begin with `clean:` are about steps. */
  answers: Record<string, string>;
  texts: TextsByColumn;
  suggestions: Record<string, SpellingSuggestion[]>;
}

type TextReading = ColumnReading & { from: "header"; as: "text" };
/** Examples, suggestions and misfits that are told one by one. */
const SHOWN = 5;
const MOST_SUGGESTIONS = 50;

/** The steps, and the plan as the steps that are on make it. Pure. */
export function cleaningPlan(input: CleaningInput): { plan: StagingPlan; steps: CleaningStep[] } {
  const { plan: { dataset }, profiles } = input;
  const columns = { ...input.plan.columns };
  const steps: CleaningStep[] = [];
  const isOn = (id: string, usual: boolean) => {
    const answer = input.answers[cleaningQuestion(id)];
    return answer === undefined ? usual : answer === "on";
  };
  for (const column of dataset.columns) {
    const from = columns[column.name];
    const profile = from?.from === "header" ? profiles.find(({ header }) => header === from.header) : undefined;
    if (!profile || from?.from !== "header") continue;
    if (from.as !== "text") {
      if (profile.nothing > 0) steps.push({ ...emptied(column, profile), on: true, canTurn: false });
      continue;
    }
    const reading: TextReading = { ...from };
    if (profile.padded > 0) {
      const step = trimming(column, profile, isOn(`trim:${column.name}`, true));
      steps.push(step);
      if (!step.on) reading.keepBlanks = true;
    }
    if (profile.nothing > 0) {
      const step = { ...emptied(column, profile), on: isOn(`empty:${column.name}`, true) };
      steps.push(step);
      if (!step.on) reading.keepTokens = true;
    }
    const spelt = spellingSteps(column, input);
    steps.push(...spelt);
    const chosen = spelt.filter(({ on }) => on).map(({ examples: [pair] }) => [pair!.from, pair!.to]);
    if (chosen.length) reading.spellings = Object.fromEntries(chosen);
    columns[column.name] = reading;
  }
  steps.push(...urlSteps(dataset, columns, profiles, isOn));
  steps.push(...taxonomySteps(input, columns, isOn));
  const kept = currencyStep(dataset, columns, profiles);
  return { plan: { ...input.plan, columns }, steps: kept ? [...steps, kept] : steps };
}

/** Columns whose different texts say something: names of entities, and what a pattern takes apart. */
export function columnsToLookAt(plan: StagingPlan, profiles: ColumnProfile[], mostDistinct: number): Column[] {
  const { dataset } = plan;
  return dataset.columns.filter((column) => {
    const from = plan.columns[column.name];
    const isName = column.labels !== undefined || column.name === "campaign" || !dataset.builtIn && column.identity;
    const isApart = dataset.taxonomies.some(({ column: name }) => name === column.name);
    if (from?.from !== "header" || from.as !== "text" || !(isName || isApart)) return false;
    // What people type into a search is misspelt on purpose.
    if (["keyword", "search_term"].includes(column.name) && !isApart) return false;
    const profile = profiles.find(({ header }) => header === from.header);
    return profile !== undefined && profile.distinct <= mostDistinct;
  });
}

function trimming(column: Column, profile: ColumnProfile, on: boolean): CleaningStep {
  const padded = profile.samples.filter((text) => text !== text.trim());
  return cleaningStep({
    id: `trim:${column.name}`,
    kind: "trim",
    column: column.name,
    title: `${column.title}: blanks at the ends are left out`,
    count: profile.padded,
    on,
    examples: padded.slice(0, SHOWN).map((text) => ({ from: text, to: text.trim() })),
  });
}

function emptied(column: Column, profile: ColumnProfile): CleaningStep {
  return cleaningStep({
    id: `empty:${column.name}`,
    kind: "empty",
    column: column.name,
    title: `${column.title}: texts such as -- count as empty, never as 0`,
    count: profile.nothing,
    on: true,
  });
}

/** What was accepted for names of this file, and what is suggested besides. */
function spellingSteps(column: Column, { answers, texts, suggestions }: CleaningInput): CleaningStep[] {
  const id = (from: string) => `spelling:${column.name}:${from}`;
  const accepted = (texts[column.name] ?? []).flatMap(({ text, rows }) => {
    const to = acceptedSpelling(answers[cleaningQuestion(id(text))]);
    return to === null ? [] : [{ from: text, to, rows, kind: fold(text) === fold(to) ? "case" : "spelling" } as const];
  });
  const others = (suggestions[column.name] ?? []).filter(({ from }) => !accepted.some((one) => one.from === from));
  return [...accepted, ...others].slice(0, MOST_SUGGESTIONS).map(({ from, to, rows, kind }, at) =>
    cleaningStep({
      id: id(from),
      kind,
      column: column.name,
      title: `${column.title}: “${from}” may be “${to}”`,
      count: rows,
      on: at < accepted.length,
      suggested: true,
      examples: [{ from, to }],
    })
  );
}

/** The answer that accepts a spelling holds it, so that later files need not suggest it anew. */
export function acceptSpelling(to: string): string {
  return `=${to}`;
}

function acceptedSpelling(answer: string | undefined): string | null {
  return answer?.startsWith("=") ? answer.slice(1) : null;
}

function urlSteps(
  dataset: Dataset,
  columns: Record<string, ColumnReading>,
  profiles: ColumnProfile[],
  isOn: (id: string, usual: boolean) => boolean,
): CleaningStep[] {
  const lacking = dataset.columns.filter(({ name, part }) => part && !columns[name] && columns[part.of]);
  return [...Map.groupBy(lacking, ({ part }) => part!.of)].flatMap(([of, parts]) => {
    const from = columns[of]!;
    const profile = from.from === "header" ? profiles.find(({ header }) => header === from.header) : undefined;
    if (!profile || profile.filled === 0) return [];
    const on = isOn(`url:${of}`, true);
    const title = dataset.columns.find(({ name }) => name === of)!.title;
    const words = (url: string) =>
      parts.flatMap(({ title, part }) => {
        const found = new RegExp(urlPartExpression(part!.is), "i").exec(url)?.[1];
        return found ? [`${title} ${found}`] : [];
      }).join(", ");
    for (const { name, part } of on ? parts : []) {
      columns[name] = {
        from: "part",
        of,
        patterns: [{ pattern: urlPartExpression(part!.is), group: 1 }],
        encoded: isEncoded(part!.is),
      };
    }
    return [cleaningStep({
      id: `url:${of}`,
      kind: "url",
      column: of,
      title: `${title}: taken apart into host, path and UTM tags`,
      count: profile.filled,
      on,
      examples: profile.samples.slice(0, SHOWN).map((url) => ({
        from: url,
        to: words(url) || "nothing found",
      })),
    })];
  });
}

function currencyStep(
  dataset: Dataset,
  columns: Record<string, ColumnReading>,
  profiles: ColumnProfile[],
): CleaningStep | null {
  const money = dataset.columns.filter(({ unit, name }) => unit === "currency" && columns[name]?.from === "header");
  const from = columns.currency;
  if (money.length === 0 || !from) return null;
  const filled = money.reduce((sum, { name }) => {
    const { header } = columns[name] as ColumnReading & { from: "header" };
    return sum + (profiles.find((profile) => profile.header === header)?.filled ?? 0);
  }, 0);
  const isNamed = from.from !== "constant" || from.value !== NO_CURRENCY;
  const which = from.from === "constant" ? from.value : "each row's own currency";
  const stay = isNamed ? `stay in ${which}; reports convert them when read` : "are kept without a currency";
  return cleaningStep({
    id: "currency",
    kind: "currency",
    column: "currency",
    title: `${money.map(({ title }) => title).join(", ")}: amounts ${stay}`,
    count: filled,
    on: true,
    canTurn: false,
  });
}
