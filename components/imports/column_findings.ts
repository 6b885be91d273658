/** Which column of the file is read as which of ours. Pure. */
import type { Finding } from "@/lib/model/mod.ts";

const DECIDED: Record<string, string> = { name: "same name", synonym: "known under this name too" };

/** A column of the file and what it is read as. */
export interface ColumnFinding {
  header: string;
  column: string;
  decided: string;
}

/** The findings about single columns: there are many, and they are seldom of interest. */
export function columnFindings(findings: Finding[]): ColumnFinding[] {
  return findings.flatMap(({ topic, finding, evidence }) =>
    topic.startsWith("column:")
      ? [{ header: topic.slice("column:".length), column: finding, decided: DECIDED[evidence] ?? evidence }]
      : []
  );
}
