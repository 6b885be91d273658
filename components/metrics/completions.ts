/** What may stand in a formula at the place of the cursor. Pure. */
import type { Column, Metric } from "@/lib/model/mod.ts";

/** A word that a formula may hold. */
export interface FormulaWord {
  /** What is written into the formula. */
  text: string;
  title: string;
  /** What it is made of, or what kind of word it is. */
  note: string;
}

type KnownMetric = Pick<Metric, "name" | "title" | "formula">;

/** Every word of a dataset's formulas: its metrics, functions over its columns, metrics of other datasets. */
export function formulaWords(
  { metrics, columns }: { metrics: KnownMetric[]; columns: Pick<Column, "name" | "title" | "role" | "additive">[] },
  others: { id: string; title: string; metrics: KnownMetric[] }[],
): FormulaWord[] {
  return [
    ...metrics.map(({ name, title, formula }) => ({ text: name, title, note: formula })),
    ...columns.filter(({ role }) => role !== "time").map(({ name, title, role, additive }) => ({
      text: `${role === "dimension" ? "count_distinct" : additive ? "sum" : "only"}(${name})`,
      title: role === "dimension" ? `How many: ${title}` : title,
      note: "column",
    })),
    ...others.flatMap(({ id, title: dataset, metrics }) =>
      metrics.map(({ name, title }) => ({ text: `${id}.${name}`, title: `${dataset}: ${title}`, note: "other data" }))
    ),
  ];
}

/** As many as can be read at a glance. */
const SHOWN = 8;

/** The words that the one before the cursor may become, the likeliest first; none where nothing is being typed. */
export function completions(text: string, cursor: number, words: FormulaWord[]): FormulaWord[] {
  const typed = typedWord(text, cursor).toLowerCase();
  if (typed === "") return [];
  const rank = ({ text, title }: FormulaWord) => {
    const name = text.toLowerCase();
    if (name === typed) return 4;
    if (name.startsWith(typed)) return 0;
    if (title.toLowerCase().startsWith(typed)) return 1;
    return name.includes(typed) || title.toLowerCase().includes(typed) ? 2 : 4;
  };
  return words.map((word) => ({ word, rank: rank(word) })).filter(({ rank }) => rank < 4)
    .sort((a, b) => a.rank - b.rank || a.word.text.length - b.word.text.length).slice(0, SHOWN)
    .map(({ word }) => word);
}

/** The formula with a word in the place of the one before the cursor, and where the cursor stands then. */
export function completed(text: string, cursor: number, word: FormulaWord): { text: string; cursor: number } {
  const before = text.slice(0, cursor - typedWord(text, cursor).length) + word.text;
  return { text: before + text.slice(cursor), cursor: before.length };
}

/** A name for a metric with this title: what formulas call it. */
export function metricName(title: string): string {
  const plain = title.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  return plain.replace(/[^a-z0-9]+/g, "_").replace(/^[^a-z]+|_+$/g, "").slice(0, 63).replace(/_+$/, "");
}

function typedWord(text: string, cursor: number): string {
  return /[A-Za-z_][\w.]*$/.exec(text.slice(0, cursor))?.[0] ?? "";
}
