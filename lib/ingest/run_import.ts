/**
 * The walk of a file: recognise, stage, clean, publish. Each step is noted on the import, every step may be repeated,
 * and publishing answers what it did where it was done already; so a process may die anywhere and another goes on.
 */
import { getDataset, listDatasets } from "@/lib/dataset/datasets.ts";
import { InputError, TesseraError, UnavailableError } from "@/lib/errors.ts";
import { type Finding, type ImportCounts, importCountsSchema, type ImportJob } from "@/lib/model/mod.ts";
import { cleanParts, type DecidedTable } from "./clean_parts.ts";
import { decideTables, keepAnswers } from "./decide_tables.ts";
import type { IdentifyContext } from "./identify.ts";
import { CancelledError, ImportRun, type ImportServices, ImportTakenOverError } from "./import_run.ts";
import { FINAL_STATES, loadImport } from "./ledger.ts";
import { partId, partIds } from "./part_ids.ts";
import { publishImport } from "./publish_import.ts";
import { type CleanPart, partOf, sumCounts } from "./publish_parts.ts";
import { type OpenFile, recogniseFile } from "./recognise/mod.ts";
import { stageTables } from "./stage_tables.ts";

export { type ImportServices, ImportTakenOverError } from "./import_run.ts";

/** How to run an import. */
export interface RunImportOptions {
  signal?: AbortSignal;
  /** Reject with `UnavailableError` where a store is away: whoever asks runs it again. @default false: it fails */
  again?: boolean;
}

/** What only one run needs: it is removed when the run ends, however it does. */
interface Made {
  /** Files and folders. */
  paths: string[];
  /** Under which staging keeps the tables. */
  ids: string[];
}

/**
 * Runs an import until it is published, waits for an answer, or has failed; what is wrong with the file becomes its
 * error. Safe to repeat. Rejects only where `signal` is aborted, where `again` says so, or (`ImportTakenOverError`) where
 * another process has taken the import over: it goes on there, or when it is run again.
 */
export async function runImport(
  services: ImportServices,
  workspace: string,
  id: string,
  options: RunImportOptions = {},
): Promise<ImportJob> {
  const { signal, again = false } = options;
  const { doc } = await loadImport(services, workspace, id);
  const waits: ImportJob["state"][] = ["uploading", "needs-mapping", "ready"];
  if (FINAL_STATES.includes(doc.state) || waits.includes(doc.state)) return doc;
  const run = new ImportRun(services, workspace, doc, signal);
  const made: Made = { paths: [], ids: partIds(doc) };
  try {
    return await walk(run, made);
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    if (error instanceof CancelledError) return (await loadImport(services, workspace, id)).doc;
    if (error instanceof ImportTakenOverError || (again && error instanceof UnavailableError)) throw error;
    return await noteFailure(run, error);
  } finally {
    for (const id of made.ids) await services.staging.discard(workspace, id);
    for (const path of made.paths) await Deno.remove(path, { recursive: true }).catch(ignoreMissing);
  }
}

async function walk(run: ImportRun, made: Made): Promise<ImportJob> {
  const { services, workspace, signal } = run;
  const twin = await run.endAsDuplicate(run.job);
  if (twin) return twin;
  await run.note({ state: "running", step: "recognise", error: undefined });
  const { file, path, context } = await openFile(run, made);
  try {
    const { recognition } = file;
    made.ids = recognition.tables.map((_, place) => partId(run.job.id, place));
    const found = recognition.tables.flatMap((table) => table.findings);
    await run.note({ step: "stage", findings: [...recognition.findings, ...found], heads: recognition.heads });
    const read = await stageTables(services.staging, file, {
      workspace,
      importId: run.job.id,
      path,
      signal,
      onPath: (path) => void made.paths.push(path),
      onRows: (rows) => run.note({ progress: run.progress(rows) }),
    });
    const { tables, leftOut } = await decideTables(run, context, read.tables);
    const about = [...recognition.findings, ...read.findings, ...leftOut, ...tables.flatMap((table) => table.findings)];
    return await goOn(run, tables, about);
  } finally {
    await file.close();
  }
}

/** Brings the file to where it can be read, and recognises it; `context` is what its tables are held against. */
async function openFile(
  run: ImportRun,
  made: Made,
): Promise<{ file: OpenFile; path: string; context: IdentifyContext }> {
  const { services, workspace, job } = run;
  const path = await services.files.stage(workspace, job.sha256, `import_${job.id}.csv`);
  const scratch = `${path}.unpacked`;
  made.paths.push(path, scratch);
  await Deno.mkdir(scratch, { recursive: true });
  const datasets = await listDatasets(services, workspace);
  const chosen = job.chosen ? await getDataset(services, workspace, job.dataset) : undefined;
  const context = { datasets, chosen, sources: services.sources.list() };
  return { file: await recogniseFile(path, context, scratch), path, context };
}

/** Asks what is open about the tables; where nothing is, cleans and publishes them. */
async function goOn(run: ImportRun, tables: DecidedTable[], findings: Finding[]): Promise<ImportJob> {
  const moved = await belongsTo(run, tables);
  if (moved) return moved;
  const questions = new Map(tables.flatMap(({ decision }) => decision.questions.map((asked) => [asked.id, asked])));
  if (questions.size > 0) {
    return await run.finish({ state: "needs-mapping", questions: [...questions.values()], findings });
  }
  if (Object.keys(run.job.answers).length > 0) await keepAnswers(run, tables);
  await run.note({ step: "clean", findings, questions: [] });
  const cleaned = await clean(run, tables, findings);
  return await publishImport(run, cleaned.parts, cleaned.findings);
}

/** Notes the dataset that the rows belong to where it is not the chosen one; whose twin may be there already. */
async function belongsTo(run: ImportRun, tables: DecidedTable[]): Promise<ImportJob | null> {
  const datasets = tables.map(({ dataset }) => dataset.id);
  const { dataset, chosen } = run.job;
  if (chosen ? datasets.includes(dataset) : datasets[0] === dataset) return null;
  for (const other of new Set(datasets)) {
    const twin = await run.endAsDuplicate({ ...run.job, dataset: other });
    if (twin) return twin;
  }
  await run.note({ dataset: datasets[0]! });
  return null;
}

/** Cleans every table; throws where not one row can be used, or a rule says so. */
async function clean(
  run: ImportRun,
  tables: DecidedTable[],
  findings: Finding[],
): Promise<{ parts: CleanPart[]; findings: Finding[] }> {
  const cleaned = await cleanParts(run.services, run.workspace, tables, {
    name: run.job.filename,
    onPart: (change) => run.note(change),
  });
  const told = [...findings, ...cleaned.findings];
  if (cleaned.parts.length > 0) return { parts: cleaned.parts, findings: told };
  const parts = cleaned.without.map(partOf);
  const counts = sumCounts(parts);
  await run.note({ counts, parts, findings: told });
  throw new InputError(
    "no-rows",
    `Cannot import the file: of ${counts.read} records none can be used, ${counts.rejected} were set aside with their reasons`,
  );
}

/** What is wrong becomes the import's error; its counts stay where they add up. */
async function noteFailure(run: ImportRun, error: unknown): Promise<ImportJob> {
  const known = error instanceof TesseraError;
  if (!known) run.services.log.error("Cannot import a file", { import: run.job.id, error });
  const line = known && typeof error.extra.line === "number" ? error.extra.line : undefined;
  return await run.change((job) => ({
    state: "failed",
    counts: addsUp(job.counts) ? job.counts : NOTHING,
    error: {
      code: known ? error.code : "internal",
      message: known ? error.message : "Cannot import the file: something failed inside; the file is kept, try again",
      ...(line === undefined ? {} : { line }),
    },
    milliseconds: run.milliseconds(job),
  }));
}

/** What an import that failed on the way has done. */
const NOTHING: ImportCounts = importCountsSchema.parse({});

function addsUp({ read, removed: _ended, ...became }: ImportCounts): boolean {
  return read === Object.values(became).reduce((sum, count) => sum + count, 0);
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}
