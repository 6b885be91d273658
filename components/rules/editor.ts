/** What the editor of rules does with them: which show, what a new one is, what is saved. Pure. */
import type { Rule, RuleKind } from "@/lib/model/mod.ts";

/** A column as far as rules need it. */
export interface RuleColumn {
  name: string;
  title: string;
  role: "time" | "dimension" | "measure";
  type: "date" | "text" | "integer" | "decimal";
  additive: boolean;
}

/** A rule on the page. `implied`: what a column's definition says; it can be changed and not removed. */
export interface ShownRule {
  rule: Rule;
  implied: boolean;
}

/** What the form of a new rule holds. */
export interface RuleForm {
  kind: RuleKind;
  column: string;
  whole: string;
  min: string;
  max: string;
  pattern: string;
  values: string;
  dataset: string;
  other: string;
  number: string;
  equal: boolean;
}

/** The kinds that can be added, in words. `type` is not among them: every column of numbers or days has one. */
export const KIND_WORDS: { kind: RuleKind; title: string }[] = [
  { kind: "required", title: "is there in every row" },
  { kind: "range", title: "lies in a range" },
  { kind: "one-of", title: "is one of a list" },
  { kind: "pattern", title: "looks like a pattern" },
  { kind: "unique", title: "is unique in a file" },
  { kind: "sum-of-parts", title: "is at most another number" },
  { kind: "related", title: "is known in other data" },
  { kind: "usual", title: "is like on other days" },
  { kind: "not-future", title: "No day lies in the future" },
  { kind: "fresh", title: "The file is fresh" },
];

/** An empty form. */
export const EMPTY_FORM: RuleForm = {
  kind: "required",
  column: "",
  whole: "",
  min: "",
  max: "",
  pattern: "",
  values: "",
  dataset: "",
  other: "",
  number: "",
  equal: false,
};

/** The columns that a kind of rule may be about. */
export function columnsFor(kind: RuleKind, columns: RuleColumn[]): RuleColumn[] {
  if (kind === "range" || kind === "sum-of-parts") return columns.filter(({ role }) => role === "measure");
  if (kind === "usual") return columns.filter(({ role, additive }) => role === "measure" && additive);
  if (kind === "pattern" || kind === "one-of" || kind === "related") {
    return columns.filter(({ type }) => type === "text");
  }
  // The day of a row is required as it is.
  if (kind === "required") return columns.filter(({ role }) => role !== "time");
  return kind === "not-future" || kind === "fresh" ? [] : columns;
}

/** The rule that a form means, or what it lacks, for people. */
export function ruleOf(form: RuleForm, taken: string[]): { rule: Rule } | { lacks: string } {
  const usual = { action: "flag", threshold: 0, off: false } as const;
  const { kind, column } = form;
  if (kind === "not-future") return { rule: { ...usual, kind, id: freeId(kind, taken) } };
  if (kind === "fresh") {
    const days = numberOf(form.number);
    if (days === null || days < 1) return { lacks: "Say how many days old the newest day may be" };
    return { rule: { ...usual, kind, id: freeId(kind, taken), days: Math.round(days) } };
  }
  if (!column) return { lacks: "Choose what the rule is about" };
  const base = { ...usual, id: freeId(`${kind}.${column}`, taken) };
  switch (kind) {
    case "range": {
      const [min, max] = [numberOf(form.min), numberOf(form.max)];
      if (min === null && max === null) return { lacks: "Write the least value, the greatest, or both" };
      return { rule: { ...base, kind, column, min: min ?? undefined, max: max ?? undefined } };
    }
    case "one-of": {
      const values = form.values.split("\n").map((value) => value.trim()).filter((value) => value !== "");
      return values.length ? { rule: { ...base, kind, column, values } } : { lacks: "Write the values, one a line" };
    }
    case "pattern":
      return form.pattern ? { rule: { ...base, kind, column, pattern: form.pattern } } : { lacks: "Write the pattern" };
    case "sum-of-parts":
      if (!form.whole || form.whole === column) return { lacks: "Choose the number that it is part of" };
      return { rule: { ...base, kind, parts: [column], whole: form.whole, compare: form.equal ? "equal" : "at-most" } };
    case "related":
      if (!form.dataset || !form.other) return { lacks: "Choose the other data and its column" };
      return { rule: { ...base, kind, column, dataset: form.dataset, other: form.other } };
    case "usual": {
      const percent = numberOf(form.number);
      if (percent === null || percent < 1) return { lacks: "Say how many percent off is too much" };
      return { rule: { ...base, kind, column, percent } };
    }
    case "unique":
      return { rule: { ...base, kind, columns: [column] } };
    default:
      return { rule: { ...base, kind: "required", column } };
  }
}

/** The dataset's own rules first, then those that its columns bring, as they stand now. */
export function shownRules(own: Rule[], implied: Rule[]): ShownRule[] {
  const places = new Set(implied.map(({ id }) => id));
  const changed = new Map(own.map((rule) => [rule.id, rule]));
  return [
    ...own.filter(({ id }) => !places.has(id)).map((rule) => ({ rule, implied: false })),
    ...implied.map((rule) => ({ rule: changed.get(rule.id) ?? rule, implied: true })),
  ];
}

/** The rules to save: the dataset's own, and implied ones that were changed. */
export function rulesToSave(shown: ShownRule[], implied: Rule[]): Rule[] {
  return shown.filter(({ rule, implied: isImplied }) => {
    if (!isImplied) return true;
    const usual = implied.find(({ id }) => id === rule.id);
    return usual?.action !== rule.action || usual.threshold !== rule.threshold || usual.off !== rule.off;
  }).map(({ rule }) => rule);
}

function freeId(wanted: string, taken: string[]): string {
  if (!taken.includes(wanted)) return wanted;
  for (let n = 2;; n++) if (!taken.includes(`${wanted}-${n}`)) return `${wanted}-${n}`;
}

function numberOf(text: string): number | null {
  const number = Number(text.trim().replace(",", "."));
  return text.trim() === "" || !Number.isFinite(number) ? null : number;
}
