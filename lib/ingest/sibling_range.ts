/** Days that one table of a file has and another lacks: reports that are packed together are of the same days. Pure. */
import type { DecidedTable } from "./clean_parts.ts";
import type { DayRange } from "./preamble.ts";
import type { TableRecognition } from "./recognise/mod.ts";
import { nameOf } from "./stage_tables.ts";

/** The days of a table beside one that has none of its own; null where no table of the same platform tells any. */
export function siblingRange(
  table: DecidedTable,
  tables: readonly DecidedTable[],
): { range: DayRange; recognition: TableRecognition; evidence: string } | null {
  const { decision, recognition } = table;
  if (!recognition.source || !decision.questions.some(({ id }) => id === "range")) return null;
  for (const other of tables) {
    const { range } = other.decision;
    if (other === table || other.recognition.source?.platform !== recognition.source.platform || !range) continue;
    const evidence = `${nameOf(other.recognition)} beside it has these days`;
    const facts = { ...recognition.facts, rangeLine: evidence };
    return { range, recognition: { ...recognition, range, facts }, evidence };
  }
  return null;
}
