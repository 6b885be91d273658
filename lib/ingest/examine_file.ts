/** What an upload would find in a file, without keeping or publishing anything: the same code, its answers put down. */
import { listDatasets } from "@/lib/dataset/datasets.ts";
import { TesseraError } from "@/lib/errors.ts";
import { type Dataset, type Finding, type ImportQuestion, timeColumn } from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";
import { besideOthers } from "./beside_others.ts";
import { cleanTable } from "./clean_table.ts";
import type { DecidedTable } from "./clean_parts.ts";
import type { Decision } from "./decide.ts";
import { decideTable, type TableDecision } from "./decide_table.ts";
import type { IdentifyContext } from "./identify.ts";
import { recogniseFile } from "./recognise/mod.ts";
import { refusal, type TableReport, tableReport } from "./report_table.ts";
import { settleDataset } from "./settle_dataset.ts";
import { shareAccount } from "./share_account.ts";
import { siblingRange } from "./sibling_range.ts";
import { nameOf, type ReadTable, stageTables } from "./stage_tables.ts";
import { tableAnswers, tableQuestions } from "./table_answers.ts";
import { todayIn } from "./today_in.ts";
import { whyRefused } from "./why_refused.ts";

/** What looking needs of the outside world. */
export type ExamineServices = Pick<Services, "documents" | "warehouse" | "staging" | "clock" | "sources">;

/** A file, and what is known of it beforehand. */
export interface FileToExamine {
  /** Under the folder that staging reads from. What is made beside it is removed. */
  path: string;
  workspace: string;
  importId: string;
  /** The dataset for what no platform's report claims. @default the one that fits best */
  dataset?: string;
  /** Answers to questions. */
  answers?: Record<string, string>;
  /** Called with each table while its text is there. */
  onTable?(table: ReadTable, place: number): Promise<unknown>;
}

/** What was found. */
export interface FileReport {
  container: string;
  encoding: string;
  delimiter: string;
  /** How long it took to see what the file is, from its first bytes. */
  recognisedInMs: number;
  findings: Finding[];
  tables: TableReport[];
}

/** So many rounds of questions that lead to others. */
const ROUNDS = 4;

/** Looks at a file. Throws `InputError` for one in which nothing is a table. */
export async function examineFile(services: ExamineServices, file: FileToExamine): Promise<FileReport> {
  const { workspace, path, importId, onTable } = file;
  const made: string[] = [`${path}.unpacked`];
  await Deno.mkdir(made[0]!, { recursive: true });
  try {
    const datasets = await listDatasets(services, workspace);
    const chosen = file.dataset === undefined ? undefined : datasetOf(datasets, file.dataset);
    const started = performance.now();
    const context = { datasets, chosen, sources: services.sources.list() };
    const open = await recogniseFile(path, context, made[0]!);
    const recognisedInMs = Math.round((performance.now() - started) * 10) / 10;
    try {
      const onPath = (target: string) => void made.push(target);
      const { tables, findings } = await stageTables(services.staging, open, { workspace, importId, path, onPath });
      for (const [place, table] of tables.entries()) await onTable?.(table, place);
      const reports = await examineTables(services, file, tables, context);
      const [first] = open.recognition.tables;
      return {
        container: open.recognition.container,
        encoding: first!.dialect.encoding,
        delimiter: first!.dialect.delimiter,
        recognisedInMs,
        findings: [...open.recognition.findings, ...findings],
        tables: reports,
      };
    } finally {
      await open.close();
    }
  } finally {
    for (const target of made) await Deno.remove(target, { recursive: true }).catch(ignoreMissing);
  }
}

async function examineTables(
  services: ExamineServices,
  file: FileToExamine,
  tables: ReadTable[],
  context: IdentifyContext,
): Promise<TableReport[]> {
  const { staging } = services;
  try {
    const decide = async (read: ReadTable): Promise<DecidedTable> => {
      const answers = tables.length > 1
        ? tableAnswers(file.answers ?? {}, nameOf(read.recognition))
        : file.answers ?? {};
      const table = { ...read, recognition: settleDataset(read.recognition, context, answers.dataset) };
      const dataset = datasetOf(context.datasets, table.recognition.dataset);
      const decision = await decideWith(services, file, table, dataset, answers);
      return { ...table, dataset, answers, decision, findings: [] };
    };
    const decided: DecidedTable[] = [];
    for (const table of shareAccount(tables)) decided.push(await decide(table));
    const dated: DecidedTable[] = [];
    for (const table of decided) {
      const known = siblingRange(table, decided);
      dated.push(known ? await decide({ ...table, recognition: known.recognition }) : table);
    }
    const reports: TableReport[] = [];
    for (const table of dated) {
      const beside = besideOthers(table, dated);
      const report = await examineTable(
        services,
        file,
        beside ? await decide({ ...table, recognition: beside }) : table,
      );
      const questions = tables.length > 1
        ? tableQuestions(report.questions, nameOf(table.recognition))
        : report.questions;
      reports.push({ ...report, questions });
    }
    return reports;
  } finally {
    for (const { id } of tables) {
      await staging.discard(file.workspace, id);
      await staging.forget(file.workspace, id);
    }
  }
}

function decideWith(
  { staging, clock }: ExamineServices,
  { workspace }: FileToExamine,
  { raw, recognition }: ReadTable,
  dataset: Dataset,
  answers: Record<string, string>,
): Promise<TableDecision> {
  const today = todayIn(dataset.timeZone, clock.now());
  const state = { accounts: [], currencies: [] };
  return decideTable(staging, { workspace, raw, dataset, recognition, answers, state, workspaceCurrency: null, today });
}

async function examineTable(
  services: ExamineServices,
  file: FileToExamine,
  table: DecidedTable,
): Promise<TableReport> {
  const { staging, clock } = services;
  const { workspace } = file;
  const { dataset, answers, decision: asked } = table;
  try {
    const why = whyRefused(table, asked);
    if (why) return tableReport({ table, dataset, decision: asked, refused: refusal("cannot-map", why) });
    // Figures are wanted all the same: where something is open, the first answer stands for all.
    let decision = asked;
    const assumed: Record<string, string> = {};
    for (let round = 0; decision.questions.length > 0 && round < ROUNDS; round++) {
      const today = todayIn(dataset.timeZone, clock.now());
      for (const question of decision.questions) assumed[question.id] = likelyAnswer(question, today);
      decision = await decideWith(services, file, table, dataset, { ...answers, ...assumed });
    }
    const given = { ...answers, ...assumed };
    // No answer that anybody could guess: the questions say what is missing, and there are no figures.
    if (!decision.plan.columns[timeColumn(dataset).name]) return tableReport({ table, dataset, decision: asked });
    const { staged, rules } = await cleanTable(services, workspace, { ...decision, answers: given });
    const rejected = await staging.rejected(workspace, table.id, { offset: 0, limit: 1_000 });
    const currencies = await currenciesOf(staging, workspace, decision, table);
    return tableReport({
      table,
      dataset,
      decision: { ...decision, questions: asked.questions },
      assumed,
      staged,
      rules,
      rejected,
      currencies,
    });
  } catch (error) {
    if (!(error instanceof TesseraError)) throw error;
    return tableReport({ table, dataset, refused: refusal(error.code, error.message) });
  }
}

function likelyAnswer({ kind, choices }: ImportQuestion, today: string): string {
  if (choices[0]?.value) return choices[0].value;
  const year = String(Number(today.slice(0, 4)) - 1);
  return kind === "range" ? `${year}-01-01..${year}-12-31` : kind === "year" ? year : "unknown";
}

async function currenciesOf(
  staging: ExamineServices["staging"],
  workspace: string,
  { plan }: Decision,
  table: ReadTable,
): Promise<string[]> {
  const reading = plan.columns.currency;
  if (!reading) return [];
  if (reading.from === "constant") return [reading.value];
  if (reading.from !== "header") return [];
  const texts = await staging.texts(workspace, table.id, reading.header, 50);
  const nothing = new Set(plan.nullTokens);
  return texts.map(({ text }) => text.trim()).filter((text) => text !== "" && !nothing.has(text.toLowerCase()));
}

function datasetOf(datasets: readonly Dataset[], id: string): Dataset {
  const dataset = datasets.find((d) => d.id === id);
  if (dataset) return dataset;
  const known = datasets.map((d) => d.id).join(", ");
  throw new TesseraError("not-found", `There is no dataset "${id}"; there are ${known}`, 404);
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}
