/** Decides about every table of a file: its dataset, how it is read, and what has to be asked. */
import { getDataset, putDataset } from "@/lib/dataset/datasets.ts";
import { getWorkspaceSettings } from "@/lib/dataset/workspace_settings.ts";
import { InputError } from "@/lib/errors.ts";
import type { Dataset, Finding } from "@/lib/model/mod.ts";
import { besideOthers } from "./beside_others.ts";
import type { DecidedTable } from "./clean_parts.ts";
import { columnNameFor } from "./column_names.ts";
import { decideTable } from "./decide_table.ts";
import { mappingFinding } from "./describe_columns.ts";
import { fileShape } from "./file_shape.ts";
import type { IdentifyContext } from "./identify.ts";
import type { ImportRun } from "./import_run.ts";
import { readMapping, saveMapping } from "./mappings.ts";
import { askIfOlder } from "./older_file.ts";
import { ANY_DATASET, settleDataset } from "./settle_dataset.ts";
import { shareAccount } from "./share_account.ts";
import type { TableRecognition } from "./recognise/mod.ts";
import { siblingRange } from "./sibling_range.ts";
import { nameOf, type ReadTable } from "./stage_tables.ts";
import { tableAnswers, tableQuestions } from "./table_answers.ts";
import { todayIn } from "./today_in.ts";
import { whyRefused } from "./why_refused.ts";

/** What was decided. */
export interface DecidedTables {
  /** Never none. */
  tables: DecidedTable[];
  /** The tables that go nowhere, with the reason. */
  leftOut: Finding[];
}

/**
 * Decides about the tables of one file, which may know of one another; `context` is what they are held against. Throws
 * `InputError` where none can go in.
 */
export async function decideTables(
  run: ImportRun,
  context: IdentifyContext,
  read: ReadTable[],
): Promise<DecidedTables> {
  const several = read.length > 1;
  const decided: DecidedTable[] = [];
  const refused: { table: ReadTable; why: string; dataset: string }[] = [];
  for (const table of shareAccount(read)) {
    const next = await decide(run, context, table, several);
    const why = whyRefused(table, next.decision);
    if (why) refused.push({ table, why, dataset: next.dataset.id });
    else decided.push(next);
  }
  const again = (table: DecidedTable, recognition: TableRecognition) =>
    decide(run, context, { ...table, recognition }, several);
  const dated = await Promise.all(decided.map(async (table) => {
    const known = siblingRange(table, decided);
    return known ? await again(table, known.recognition) : table;
  }));
  const tables = await Promise.all(dated.map(async (table) => {
    const beside = besideOthers(table, dated);
    return beside ? await again(table, beside) : table;
  }));
  const [first] = refused;
  if (tables.length === 0) {
    throw new InputError("cannot-map", `Cannot import the file: ${first!.why}`, { dataset: first!.dataset });
  }
  const leftOut = refused.map(({ table: { recognition }, why }) => ({
    topic: "left-out",
    finding: nameOf(recognition),
    evidence: why,
  }));
  return { tables, leftOut };
}

/** Keeps the answers about the tables for the next file of the same shape. */
export async function keepAnswers({ services, workspace }: ImportRun, tables: DecidedTable[]): Promise<void> {
  for (const { dataset, recognition, answers: { dataset: about, ...answers } } of tables) {
    const shape = fileShape(recognition);
    if (about) await saveMapping(services, workspace, { dataset: ANY_DATASET, answers: { dataset: about }, shape });
    await saveMapping(services, workspace, { dataset: dataset.id, answers, shape });
  }
}

async function decide(
  { services, workspace, job }: ImportRun,
  context: IdentifyContext,
  read: ReadTable,
  several: boolean,
): Promise<DecidedTable> {
  const { warehouse, staging, clock } = services;
  const given = several ? tableAnswers(job.answers, nameOf(read.recognition)) : job.answers;
  const shape = fileShape(read.recognition);
  const settled = read.recognition.rivals.length > 0 ? await readMapping(services, workspace, ANY_DATASET, shape) : {};
  const recognition = settleDataset(read.recognition, context, given.dataset ?? settled.dataset);
  const { raw } = read;
  let dataset = await getDataset(services, workspace, recognition.dataset);
  const mapping = { ...settled, ...await readMapping(services, workspace, dataset.id, shape) };
  const answers = { ...mapping, ...given };
  const kept = columnsToKeep(dataset, raw.headers, answers);
  if (kept.length > 0) {
    const viewer = { workspace, actor: job.actor, roles: ["editor" as const] };
    dataset = await putDataset(services, viewer, { ...dataset, columns: [...dataset.columns, ...kept] });
  }
  const state = await warehouse.state({ workspace, dataset });
  const today = todayIn(dataset.timeZone, clock.now());
  const { currency: workspaceCurrency } = await getWorkspaceSettings(services, workspace);
  const input = { workspace, raw, dataset, recognition, answers, state, workspaceCurrency, today };
  const decision = await askIfOlder(services, job.id, input, await decideTable(staging, input));
  // What was decided says more than what the file's beginning let expect.
  const topics = new Set(decision.findings.map(({ topic }) => topic));
  const findings = [...recognition.findings.filter(({ topic }) => !topics.has(topic)), ...decision.findings];
  const learnt = Object.keys(mapping).filter((id) => !(id in given));
  if (learnt.length > 0) findings.push(mappingFinding(learnt));
  if (several) decision.questions = tableQuestions(decision.questions, nameOf(recognition));
  return { ...read, recognition, dataset, answers, decision, findings };
}

/** Columns that somebody chose to keep become columns of the dataset; those that are not yet. */
function columnsToKeep(dataset: Dataset, headers: string[], answers: Record<string, string>) {
  return headers.filter((header) => answers[`separates:${header}`] === "keep")
    .filter((header) => !dataset.columns.some((column) => column.name === columnNameFor(header)))
    .map((header) => ({
      name: columnNameFor(header),
      title: header,
      role: "dimension" as const,
      type: "text" as const,
      identity: true,
    }));
}
