import type { TableDecision } from "./decide_table.ts";
import type { ReadTable } from "./stage_tables.ts";

/** Why nothing of a table can be imported, for people; null where something can. Pure. */
export function whyRefused({ recognition: { headerLines, rows } }: ReadTable, decision: TableDecision): string | null {
  // Whoever has still to say what the columns hold may find numbers there.
  if (headerLines.length === 0 && decision.questions.length > 0) return null;
  const why = decision.impossible ?? withoutNumbers(decision);
  if (why === null || headerLines.length > 0) return why;
  return `it has no row of headers (line ${
    rows[0]?.line ?? 1
  } is data already), and no column was said to be a number ` +
    "that counts. Answer for its columns again, or write names above them";
}

/** Headers may sound like measures where the cells below them are words: a list of settings has a "Value" too. */
function withoutNumbers({ plan, profiles }: TableDecision): string | null {
  const headers = Object.values(plan.columns).flatMap((reading) =>
    reading.from === "header" && reading.as === "number" ? [reading.header] : []
  );
  const measures = profiles.filter(({ header, filled }) => headers.includes(header) && filled > 0);
  const numbers = measures.some(({ numbers: { dot, comma }, masked }) => dot + comma + masked > 0);
  if (measures.length === 0 || numbers) return null;
  const shown = measures.slice(0, 3).map(({ header, samples }) => `"${header}" holds ${samples[0] ?? "nothing"}`);
  return `no number stands in its columns of numbers (${shown.join(", ")})`;
}
