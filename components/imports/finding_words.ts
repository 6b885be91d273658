/** What findings about a file are called. Pure. */
import type { Finding } from "@/lib/model/mod.ts";

const TOPICS: Record<string, string> = {
  platform: "Source",
  encoding: "Encoding",
  delimiter: "Separator",
  header: "Header",
  range: "Stated days",
  time: "Days",
  numbers: "Numbers",
  account: "Account",
  currency: "Currency",
  clicks: "Clicks",
  duplicates: "Repeated",
  collapsed: "Merged",
  masked: "Hidden",
  total: "Total",
  dates: "Dates",
};
const DECIDED: Record<string, string> = { name: "same name", synonym: "known under this name too" };

/** A column of the file and what it is read as. */
export interface ColumnFinding {
  header: string;
  column: string;
  decided: string;
}

/** Findings in the reader's words, those about single columns apart: there are many, and they are seldom of interest. */
export function findingWords(findings: Finding[]): { facts: Finding[]; columns: ColumnFinding[] } {
  const facts: Finding[] = [];
  const columns: ColumnFinding[] = [];
  for (const { topic, finding, evidence } of findings) {
    const at = topic.indexOf(":");
    const kind = at < 0 ? topic : topic.slice(0, at);
    const about = at < 0 ? "" : topic.slice(at + 1);
    if (kind === "column") columns.push({ header: about, column: finding, decided: DECIDED[evidence] ?? evidence });
    else facts.push({ topic: TOPICS[kind] ?? sentence(kind), finding, evidence });
  }
  // Where it comes from first, how it was cut apart after it.
  const order = Object.values(TOPICS);
  const place = ({ topic }: Finding) => order.includes(topic) ? order.indexOf(topic) : order.length;
  return { facts: facts.toSorted((a, b) => place(a) - place(b)), columns };
}

function sentence(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1).replaceAll(/[-_]/g, " ");
}
