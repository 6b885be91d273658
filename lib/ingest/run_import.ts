/**
 * The walk of a file: recognise, stage, clean, publish. Each step is noted on the import, every step may be repeated,
 * and publishing answers what it did where it was done already; so a process may die anywhere and another goes on.
 */
import { getDataset, listDatasets, putDataset } from "@/lib/dataset/datasets.ts";
import { getWorkspaceSettings } from "@/lib/dataset/workspace_settings.ts";
import { InputError, TesseraError, UnavailableError } from "@/lib/errors.ts";
import { type Dataset, type Finding, type ImportCounts, importCountsSchema, type ImportJob } from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";
import { cleanParts, type DecidedTable } from "./clean_parts.ts";
import { columnNameFor } from "./column_names.ts";
import { decideTable } from "./decide_table.ts";
import { mappingFinding } from "./describe_columns.ts";
import { askIfOlder } from "./older_file.ts";
import { fileShape } from "./file_shape.ts";
import { findDuplicate } from "./find_duplicate.ts";
import type { IdentifyContext } from "./identify.ts";
import { changeImport, FINAL_STATES, loadImport } from "./ledger.ts";
import { readMapping, saveMapping } from "./mappings.ts";
import { partId, partIds } from "./part_ids.ts";
import { type CleanPart, partOf, previewParts, publishParts, stageParts, sumCounts } from "./publish_parts.ts";
import { type OpenFile, recogniseFile } from "./recognise/mod.ts";
import { broughtIn } from "./recount_rows.ts";
import { ANY_DATASET, settleDataset } from "./settle_dataset.ts";
import { siblingRange } from "./sibling_range.ts";
import { nameOf, type ReadTable, stageTables } from "./stage_tables.ts";
import { tableAnswers, tableQuestions } from "./table_answers.ts";
import { todayIn } from "./today_in.ts";
import { whyRefused } from "./why_refused.ts";

/** What the walk needs of the outside world. */
export type ImportServices = Pick<
  Services,
  "documents" | "warehouse" | "staging" | "files" | "events" | "counters" | "clock" | "log" | "sources"
>;

/** Thrown inside the walk where somebody cancelled meanwhile. */
class CancelledError extends Error {
  override name = "CancelledError";
}

/** Another process runs the same import by now: what this one still knows of it counts no more. */
export class ImportTakenOverError extends Error {
  override name = "ImportTakenOverError";
}

/** How to run an import. */
export interface RunImportOptions {
  signal?: AbortSignal;
  /** Reject with `UnavailableError` where a store is away: whoever asks runs it again. @default false: it fails */
  again?: boolean;
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
  const started = performance.now();
  const walk = new Walk(services, workspace, doc, started, signal);
  try {
    return await walk.run();
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    if (error instanceof CancelledError) return (await loadImport(services, workspace, id)).doc;
    if (error instanceof ImportTakenOverError || (again && error instanceof UnavailableError)) throw error;
    const known = error instanceof TesseraError;
    if (!known) services.log.error("Cannot import a file", { import: id, error });
    const line = known && typeof error.extra.line === "number" ? error.extra.line : undefined;
    return await walk.note((job) => ({
      state: "failed",
      counts: addsUp(job.counts) ? job.counts : NOTHING,
      error: {
        code: known ? error.code : "internal",
        message: known ? error.message : "Cannot import the file: something failed inside; the file is kept, try again",
        ...(line === undefined ? {} : { line }),
      },
      milliseconds: job.milliseconds + Math.round(performance.now() - started),
    }));
  } finally {
    await walk.cleanUp();
  }
}

/** What an import that failed on the way has done. */
const NOTHING: ImportCounts = importCountsSchema.parse({});

function addsUp({ read, removed: _ended, ...became }: ImportCounts): boolean {
  return read === Object.values(became).reduce((sum, count) => sum + count, 0);
}

/** What the parts say of the import as a whole. */
function outcomeOf(parts: ImportJob["parts"]): Pick<ImportJob, "parts" | "counts" | "changes"> {
  return { parts, counts: sumCounts(parts), changes: parts.length === 1 ? parts[0]!.changes : undefined };
}

class Walk {
  #services: ImportServices;
  #workspace: string;
  #job: ImportJob;
  #started: number;
  #signal: AbortSignal | undefined;
  /** The import's fence as this run knows it. Its first note raises it, which fences off every earlier run. */
  #fence: number;
  #claimed = false;
  #path: string | null = null;
  /** What tables are held against. */
  #context: IdentifyContext | null = null;
  /** The file holds several tables. */
  #several = false;
  /** Files and folders of this run. */
  #made: string[] = [];
  #ids: string[];

  constructor(
    services: ImportServices,
    workspace: string,
    job: ImportJob,
    started: number,
    signal: AbortSignal | undefined,
  ) {
    this.#services = services;
    this.#workspace = workspace;
    this.#job = job;
    this.#fence = job.fence;
    this.#started = started;
    this.#signal = signal;
    this.#ids = partIds(job);
  }

  async run(): Promise<ImportJob> {
    const twin = await this.#finishedBefore(this.#job);
    if (twin) return twin;
    await this.#note({ state: "running", step: "recognise", error: undefined });
    const file = await this.#recognise();
    try {
      const { recognition } = file;
      this.#ids = recognition.tables.map((_, place) => partId(this.#job.id, place));
      const found = recognition.tables.flatMap((table) => table.findings);
      await this.#note({ step: "stage", findings: [...recognition.findings, ...found], heads: recognition.heads });
      const { tables, findings } = await stageTables(this.#services.staging, file, {
        workspace: this.#workspace,
        importId: this.#job.id,
        path: this.#path!,
        signal: this.#signal,
        onPath: (path) => void this.#made.push(path),
        onRows: (rows) => this.#note({ progress: this.#progress(rows) }),
      });
      return await this.#goOn(tables, [...recognition.findings, ...findings]);
    } finally {
      await file.close();
    }
  }

  /** Decides about every table; then asks, or cleans and publishes. */
  async #goOn(tables: ReadTable[], about: Finding[]): Promise<ImportJob> {
    this.#several = tables.length > 1;
    let decided: DecidedTable[] = [];
    const refused: { table: ReadTable; why: string; dataset: string }[] = [];
    for (const table of tables) {
      const next = await this.#decide(table);
      const why = whyRefused(table, next.decision);
      if (why) refused.push({ table, why, dataset: next.dataset.id });
      else decided.push(next);
    }
    decided = await Promise.all(decided.map(async (table) => {
      const known = siblingRange(table, decided);
      return known ? await this.#decide({ ...table, recognition: known.recognition }) : table;
    }));
    const [first] = refused;
    if (decided.length === 0) {
      throw new InputError("cannot-map", `Cannot import the file: ${first!.why}`, { dataset: first!.dataset });
    }
    const leftOut = refused.map(({ table: { recognition }, why }) => ({
      topic: "left-out",
      finding: nameOf(recognition),
      evidence: why,
    }));
    const findings = [...about, ...leftOut, ...decided.flatMap((table) => table.findings)];
    const moved = await this.#belongsTo(decided);
    if (moved) return moved;
    const questions = new Map(decided.flatMap(({ decision }) => decision.questions.map((asked) => [asked.id, asked])));
    if (questions.size > 0) {
      return await this.#finish({ state: "needs-mapping", questions: [...questions.values()], findings });
    }
    if (Object.keys(this.#job.answers).length > 0) {
      for (const { dataset, recognition, answers: { dataset: about, ...answers } } of decided) {
        const shape = fileShape(recognition);
        const keep = (mapping: { dataset: string; answers: Record<string, string> }) =>
          saveMapping(this.#services, this.#workspace, { ...mapping, shape });
        if (about) await keep({ dataset: ANY_DATASET, answers: { dataset: about } });
        await keep({ dataset: dataset.id, answers });
      }
    }
    await this.#note({ step: "clean", findings, questions: [] });
    return await this.#publish(await this.#clean(decided, findings));
  }

  /** Notes the dataset that the rows belong to where it is not the chosen one; whose twin may be there already. */
  async #belongsTo(decided: DecidedTable[]): Promise<ImportJob | null> {
    const datasets = decided.map(({ dataset }) => dataset.id);
    const { dataset, chosen } = this.#job;
    if (chosen ? datasets.includes(dataset) : datasets[0] === dataset) return null;
    for (const other of new Set(datasets)) {
      const twin = await this.#finishedBefore({ ...this.#job, dataset: other });
      if (twin) return twin;
    }
    await this.#note({ dataset: datasets[0]! });
    return null;
  }

  /** Ends the import as a duplicate where the same bytes are there and current. */
  async #finishedBefore(job: ImportJob): Promise<ImportJob | null> {
    const twin = job.again ? null : await findDuplicate(this.#services, this.#workspace, job);
    if (!twin) return null;
    const counts = { ...job.counts, read: twin.counts.read, unchanged: twin.counts.read };
    return await this.#finish({
      state: "duplicate",
      dataset: job.dataset,
      duplicateOf: twin.id,
      step: "done",
      counts,
      parts: twin.parts,
    });
  }

  async #recognise(): Promise<OpenFile> {
    const { files, sources } = this.#services;
    const { id, sha256, dataset } = this.#job;
    this.#path = await files.stage(this.#workspace, sha256, `import_${id}.csv`);
    const scratch = `${this.#path}.unpacked`;
    this.#made.push(this.#path, scratch);
    await Deno.mkdir(scratch, { recursive: true });
    const datasets = await listDatasets(this.#services, this.#workspace);
    const chosen = this.#job.chosen ? await getDataset(this.#services, this.#workspace, dataset) : undefined;
    this.#context = { datasets, chosen, sources: sources.list() };
    return await recogniseFile(this.#path, this.#context, scratch);
  }

  async #decide(read: ReadTable): Promise<DecidedTable> {
    const { warehouse, staging } = this.#services;
    const workspace = this.#workspace;
    const given = this.#several ? tableAnswers(this.#job.answers, nameOf(read.recognition)) : this.#job.answers;
    const shape = fileShape(read.recognition);
    const settled = read.recognition.rivals.length > 0
      ? await readMapping(this.#services, workspace, ANY_DATASET, shape)
      : {};
    const recognition = settleDataset(read.recognition, this.#context!, given.dataset ?? settled.dataset);
    const table = { ...read, recognition };
    const { raw } = table;
    let dataset = await getDataset(this.#services, workspace, recognition.dataset);
    const mapping = { ...settled, ...await readMapping(this.#services, workspace, dataset.id, shape) };
    const answers = { ...mapping, ...given };
    dataset = await this.#keepColumns(dataset, raw.headers, answers);
    const state = await warehouse.state({ workspace, dataset });
    const today = todayIn(dataset.timeZone, this.#services.clock.now());
    const { currency: workspaceCurrency } = await getWorkspaceSettings(this.#services, workspace);
    const input = { workspace, raw, dataset, recognition, answers, state, workspaceCurrency, today };
    const decision = await askIfOlder(this.#services, this.#job.id, input, await decideTable(staging, input));
    // What was decided says more than what the file's beginning let expect.
    const topics = new Set(decision.findings.map(({ topic }) => topic));
    const findings = [...recognition.findings.filter(({ topic }) => !topics.has(topic)), ...decision.findings];
    const learnt = Object.keys(mapping).filter((id) => !(id in given));
    if (learnt.length > 0) findings.push(mappingFinding(learnt));
    if (this.#several) decision.questions = tableQuestions(decision.questions, nameOf(recognition));
    return { ...table, dataset, answers, decision, findings };
  }

  /** Cleans every table; throws where not one row can be used, or a rule says so. */
  async #clean(decided: DecidedTable[], findings: Finding[]): Promise<{ parts: CleanPart[]; findings: Finding[] }> {
    const cleaned = await cleanParts(this.#services, this.#workspace, decided, {
      name: this.#job.filename,
      onPart: (change) => this.#note(change),
    });
    const told = [...findings, ...cleaned.findings];
    if (cleaned.parts.length === 0) {
      const parts = cleaned.without.map(partOf);
      const counts = sumCounts(parts);
      await this.#note({ counts, parts, findings: told });
      throw new InputError(
        "no-rows",
        `Cannot import the file: of ${counts.read} records none can be used, ${counts.rejected} were set aside with their reasons`,
      );
    }
    return { parts: cleaned.parts, findings: told };
  }

  async #publish({ parts, findings }: { parts: CleanPart[]; findings: Finding[] }): Promise<ImportJob> {
    const services = this.#services;
    const workspace = this.#workspace;
    const { mode } = this.#job;
    const before = parts.map(partOf);
    await stageParts(services, workspace, parts);
    if (this.#job.confirm && !this.#job.confirmed) {
      const previews = await previewParts(services, workspace, mode, parts);
      return await this.#finish({ state: "ready", step: "publish", findings, ...outcomeOf(previews) });
    }
    await this.#note({ step: "publish", counts: sumCounts(before), findings });
    const looked = this.#job.parts;
    const published = (await publishParts(services, workspace, mode, parts, this.#signal)).map((part, place) => {
      const { missing } = looked[place] ?? {};
      return missing === undefined ? part : { ...part, missing };
    });
    const done = await this.#finish({
      state: "published",
      step: "done",
      version: published[0]!.version,
      publishedAt: services.clock.now().toISOString(),
      findings,
      ...outcomeOf(published),
    });
    const versions = new Map(published.map(({ dataset, version }) => [dataset, version!]));
    for (const [dataset, version] of versions) {
      await services.events.publish(workspace, { type: "dataset", dataset, version });
    }
    services.counters.imported(workspace, this.#job.id, broughtIn(done.counts), services.clock.now());
    return done;
  }

  /** Removes what only this run needed. */
  async cleanUp(): Promise<void> {
    for (const id of this.#ids) await this.#services.staging.discard(this.#workspace, id);
    for (const path of this.#made) await Deno.remove(path, { recursive: true }).catch(ignoreMissing);
  }

  /** Columns that somebody chose to keep become columns of the dataset. */
  async #keepColumns(dataset: Dataset, headers: string[], answers: Record<string, string>): Promise<Dataset> {
    const kept = headers.filter((header) => answers[`separates:${header}`] === "keep")
      .filter((header) => !dataset.columns.some((column) => column.name === columnNameFor(header)));
    if (kept.length === 0) return dataset;
    const columns = kept.map((header) => ({
      name: columnNameFor(header),
      title: header,
      role: "dimension" as const,
      type: "text" as const,
      identity: true,
    }));
    const viewer = { workspace: this.#workspace, actor: this.#job.actor, roles: ["editor" as const] };
    return await putDataset(this.#services, viewer, { ...dataset, columns: [...dataset.columns, ...columns] });
  }

  #progress(rows: number): ImportJob["progress"] {
    const seconds = Math.max(0.001, (performance.now() - this.#started) / 1_000);
    return { rows, rowsPerSecond: Math.round(rows / seconds) };
  }

  #finish(change: Partial<ImportJob>): Promise<ImportJob> {
    const milliseconds = this.#job.milliseconds + Math.round(performance.now() - this.#started);
    const rows = change.counts?.read ?? this.#job.progress.rows;
    return this.#note({ ...change, milliseconds, progress: this.#progress(rows) });
  }

  #note(change: Partial<ImportJob>): Promise<ImportJob> {
    return this.note(() => change);
  }

  /**
   * Notes a step, unless somebody cancelled. The first note takes the import for this run; from then on a run that was
   * frozen and overtaken writes nothing, whatever it believes of its lease.
   */
  async note(change: (job: ImportJob) => Partial<ImportJob>): Promise<ImportJob> {
    this.#signal?.throwIfAborted();
    this.#job = await changeImport(this.#services, this.#workspace, this.#job.id, (job) => {
      if (job.state === "cancelled") throw new CancelledError("The import was cancelled");
      if (job.fence !== this.#fence) {
        throw new ImportTakenOverError(`Cannot go on with import "${job.id}": another process runs it now`);
      }
      return { ...change(job), fence: this.#claimed ? job.fence : job.fence + 1 };
    });
    this.#fence = this.#job.fence;
    this.#claimed = true;
    return this.#job;
  }
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}
