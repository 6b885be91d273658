/**
 * The walk of a file: recognise, stage, clean, publish. Each step is noted on the import, every step may be repeated,
 * and publishing answers what it did where it was done already; so a process may die anywhere and another goes on.
 */
import { getDataset, putDataset } from "@/lib/dataset/datasets.ts";
import { ConflictError, InputError, TesseraError, UnavailableError } from "@/lib/errors.ts";
import { type Dataset, type Finding, type ImportCounts, importCountsSchema, type ImportJob } from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";
import type { RawTable, StagedRows } from "@/lib/staging/mod.ts";
import { cleanTable, refuseFailed } from "./clean_table.ts";
import { lastingAnswers, mappingId, mappingsCollection } from "./collections.ts";
import { columnNameFor } from "./column_names.ts";
import { decideTable } from "./decide_table.ts";
import { findDuplicate } from "./find_duplicate.ts";
import { importChanges } from "./import_changes.ts";
import { changeImport, FINAL_STATES, loadImport } from "./ledger.ts";
import { HEAD_BYTES, recogniseText, type TableRecognition } from "./recognise/mod.ts";
import { identifyTable, knownHeaders } from "./identify.ts";
import { readSample } from "./read_sample.ts";
import { reconcile } from "./reconcile.ts";
import { broughtIn } from "./recount_rows.ts";
import { todayIn } from "./today_in.ts";

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
  }

  async run(): Promise<ImportJob> {
    const { documents, warehouse, sources } = this.#services;
    const workspace = this.#workspace;
    if (!this.#job.again) {
      const twin = await findDuplicate(this.#services, workspace, this.#job);
      if (twin) {
        const counts = { ...this.#job.counts, read: twin.counts.read, unchanged: twin.counts.read };
        return await this.#finish({
          state: "duplicate",
          duplicateOf: twin.id,
          step: "done",
          counts,
          parts: twin.parts,
        });
      }
    }
    await this.#note({ state: "running", step: "recognise", error: undefined });
    let dataset = await getDataset(this.#services, workspace, this.#job.dataset);
    const head = await this.#services.files.head(workspace, this.#job.sha256, HEAD_BYTES);
    const context = { datasets: [dataset], chosen: dataset, sources: sources.list() };
    const table = recogniseText(head, this.#job.bytes <= head.length, knownHeaders(context));
    const meaning = identifyTable(table, context);
    const recognition = { ...table, ...meaning, findings: [...table.findings, ...meaning.findings] };
    const mapping = await documents.get(mappingsCollection, workspace, mappingId(dataset.id, recognition.headers));
    const answers = { ...mapping?.doc.answers, ...this.#job.answers };

    await this.#note({ step: "stage", findings: recognition.findings });
    const raw = await this.#stage(recognition);
    if (raw.rows === 0 && raw.unreadable === 0) {
      throw new InputError("empty-file", "Cannot import the file: no row stands below its header");
    }
    await this.#note({ progress: this.#progress(raw.rows) });

    dataset = await this.#keepColumns(dataset, answers);
    const state = await warehouse.state({ workspace, dataset });
    const decision = await decideTable(this.#services.staging, {
      workspace,
      raw,
      dataset,
      recognition,
      answers,
      state,
      workspaceCurrency: null,
    });
    // What was decided says more than what the file's beginning let expect.
    const decided = new Set(decision.findings.map(({ topic }) => topic));
    const findings = [...recognition.findings.filter(({ topic }) => !decided.has(topic)), ...decision.findings];
    if (decision.impossible) {
      throw new InputError("cannot-map", `Cannot import the file: ${decision.impossible}`, { dataset: dataset.id });
    }
    if (decision.questions.length > 0) {
      return await this.#finish({ state: "needs-mapping", questions: decision.questions, findings });
    }
    if (Object.keys(this.#job.answers).length > 0) await this.#saveMapping(dataset, recognition, answers);

    await this.#note({ step: "clean", findings, questions: [] });
    const { staging } = this.#services;
    const { staged, steps, rules } = await cleanTable(this.#services, workspace, { ...decision, answers });
    const sample = await readSample(staging, workspace, { plan: decision.plan, raw });
    await staging.discard(workspace, this.#job.id, { only: "text" });
    await this.#note({ cleaning: steps, rules, sample });
    refuseFailed(dataset, rules);
    return await this.#publish(dataset, staged, [...findings, ...reconcile(dataset, staged)]);
  }

  /** Removes what only this run needed. */
  async cleanUp(): Promise<void> {
    await this.#services.staging.discard(this.#workspace, this.#job.id);
    if (this.#path) await Deno.remove(this.#path).catch(ignoreMissing);
  }

  async #stage(recognition: TableRecognition): Promise<RawTable> {
    const { files, staging } = this.#services;
    const { id, sha256 } = this.#job;
    this.#path = await files.stage(this.#workspace, sha256, `import_${id}.csv`);
    const dialect = { ...recognition.dialect, path: this.#path };
    return await staging.read(this.#workspace, id, dialect, { signal: this.#signal });
  }

  /** Columns that somebody chose to keep become columns of the dataset. */
  async #keepColumns(dataset: Dataset, answers: Record<string, string>): Promise<Dataset> {
    const kept = Object.keys(answers).filter((id) => id.startsWith("separates:") && answers[id] === "keep")
      .map((id) => id.slice("separates:".length))
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

  async #saveMapping(dataset: Dataset, { headers }: TableRecognition, answers: Record<string, string>): Promise<void> {
    const { documents } = this.#services;
    const id = mappingId(dataset.id, headers);
    const mapping = { id, dataset: dataset.id, headers, answers: lastingAnswers(answers) };
    const stored = await documents.get(mappingsCollection, this.#workspace, id);
    try {
      if (stored) {
        await documents.put(mappingsCollection, this.#workspace, { ...stored.doc, ...mapping }, stored.version);
      } else await documents.create(mappingsCollection, this.#workspace, mapping);
    } catch (error) {
      // Somebody answered for the same headers at the same moment: theirs stands, this import has its own answers.
      if (!(error instanceof ConflictError)) throw error;
    }
  }

  async #publish(dataset: Dataset, staged: StagedRows, findings: Finding[]): Promise<ImportJob> {
    const { warehouse, clock, events, counters } = this.#services;
    const { id, mode, filename } = this.#job;
    const ref = { workspace: this.#workspace, dataset };
    const { read, collapsed, duplicates, rejected, totals } = staged.counts;
    const counts = { ...this.#job.counts, read, collapsed, duplicates, rejected, totals };
    const grain = staged.level.split(":")[0]!;
    const part = (
      all: ImportCounts,
    ) => [{ table: filename, dataset: dataset.id, level: staged.level, grain, range: staged.range, counts: all }];
    if (staged.counts.rows === 0) {
      await this.#note({ counts, parts: part(counts), findings });
      throw new InputError(
        "no-rows",
        `Cannot import the file: of ${read} records none can be used, ${rejected} were set aside with their reasons`,
      );
    }
    await warehouse.ensure(ref);
    await warehouse.stage(ref, staged);
    const provisionalFrom = todayIn(dataset.timeZone, clock.now());
    const options = { mode, provisionalFrom };
    if (this.#job.confirm && !this.#job.confirmed) {
      const { version } = await warehouse.state(ref);
      const diff = await warehouse.preview(ref, id, { ...options, expectedVersion: version });
      const { inserted, updated, unchanged, removed } = diff;
      const all = { ...counts, inserted, updated, unchanged, removed };
      const changes = importChanges(dataset, diff);
      return await this.#finish({ state: "ready", step: "publish", counts: all, parts: part(all), changes, findings });
    }
    await this.#note({ step: "publish", counts, findings });
    for (;;) {
      this.#signal?.throwIfAborted();
      const { version: expectedVersion } = await warehouse.state(ref);
      try {
        const result = await warehouse.publish(ref, id, { ...options, expectedVersion });
        const { version, inserted, updated, unchanged, removed } = result;
        const all = { ...counts, inserted, updated, unchanged, removed };
        const done = await this.#finish({
          state: "published",
          step: "done",
          version,
          publishedAt: clock.now().toISOString(),
          counts: all,
          parts: part(all),
          changes: importChanges(dataset, result),
          findings,
        });
        await events.publish(this.#workspace, { type: "dataset", dataset: dataset.id, version });
        counters.imported(this.#workspace, id, broughtIn(all), clock.now());
        return done;
      } catch (error) {
        const other = (await warehouse.state(ref)).version !== expectedVersion;
        if (!(error instanceof ConflictError) || !other) throw error; // else: published next to us, try on top of it
      }
    }
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
