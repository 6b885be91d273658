/** Between datasets that a table fits alike somebody must choose; the choice is kept for files of the same shape. Pure. */
import type { ImportQuestion } from "@/lib/model/mod.ts";
import { type IdentifyContext, identifyTable } from "./identify.ts";
import type { TableRecognition } from "./recognise/mod.ts";

/** The answer's key. */
export const DATASET_QUESTION = "dataset";
/** Stands in place of a dataset's id where the choice of one is kept. */
export const ANY_DATASET = "any";
/** Topics of findings that a choice may change. */
const MEANING = new Set(["platform", "report", "language", "dataset"]);

/** Takes the dataset that was answered for an open table; any other table stays as it is. */
export function settleDataset(
  table: TableRecognition,
  context: IdentifyContext,
  answer: string | undefined,
): TableRecognition {
  if (!table.rivals.some(({ dataset }) => dataset === answer)) return table;
  const chosen = context.datasets.find(({ id }) => id === answer)!;
  const { dataset, source, report, language, findings } = identifyTable(table, { ...context, chosen, several: false });
  return {
    ...table,
    ...{ dataset, source, report, language },
    rivals: [],
    findings: [
      ...table.findings.filter(({ topic }) => !MEANING.has(topic)),
      ...findings.filter(({ topic }) => MEANING.has(topic) && topic !== "dataset"),
      { topic: "dataset", finding: chosen.title, evidence: "answered" },
    ],
  };
}

/** Asks what a table is about, with what speaks for each dataset; null where that is known. */
export function datasetQuestion(
  { rivals, headerLines }: TableRecognition,
  answer: string | undefined,
): ImportQuestion | null {
  if (rivals.length === 0 || rivals.some(({ dataset }) => dataset === answer)) return null;
  const sides = rivals.map(({ evidence }) => evidence).join("; ");
  return {
    id: DATASET_QUESTION,
    kind: "dataset",
    title: "What is this file about?",
    detail: headerLines.length === 0
      ? "It has no row of headers that would tell"
      : `It fits several datasets: ${sides}`,
    choices: rivals.map(({ dataset, title, evidence, headers }) => ({
      value: dataset,
      title: headers.length === 0 && evidence ? `${title}: ${evidence}` : title,
      preview: headers.slice(0, 4).map(({ header, column }) => ({ raw: header, read: column })),
    })),
  };
}
