/** Tables of one text stand under one title: the range that the first one names holds for those below it. Pure. */
import type { TableRecognition } from "./recognise/recognition.ts";

/** Gives tables that name no range the one of the table above them in the same text. */
export function withRangeAbove(tables: TableRecognition[]): TableRecognition[] {
  const known = new Map<string | null, TableRecognition>();
  return tables.map((table) => {
    if (table.range) {
      known.set(table.entry, table);
      return table;
    }
    const above = known.get(table.entry);
    if (!above?.range || above.period || table.period) return table;
    const { from, to } = above.range;
    const finding = { topic: "range", finding: `${from} to ${to}`, evidence: "above another table of the same text" };
    return {
      ...table,
      range: above.range,
      facts: { ...table.facts, range: above.range, rangeLine: above.facts.rangeLine },
      findings: [...table.findings, finding],
    };
  });
}
