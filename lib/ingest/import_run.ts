/** One run of an import: the import as this run knows it, and the only way to note what became of it. */
import type { ImportJob } from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";
import { findDuplicate } from "./find_duplicate.ts";
import { changeImport } from "./ledger.ts";

/** What the walk needs of the outside world. */
export type ImportServices = Pick<
  Services,
  "documents" | "warehouse" | "staging" | "files" | "events" | "counters" | "clock" | "log" | "sources"
>;

/** Thrown inside the walk where somebody cancelled meanwhile. */
export class CancelledError extends Error {
  override name = "CancelledError";
}

/** Another process runs the same import by now: what this one still knows of it counts no more. */
export class ImportTakenOverError extends Error {
  override name = "ImportTakenOverError";
}

/** What every step of the walk is handed. */
export class ImportRun {
  readonly services: ImportServices;
  readonly workspace: string;
  readonly signal: AbortSignal | undefined;
  #job: ImportJob;
  #started = performance.now();
  /** The import's fence as this run knows it. Its first note raises it, which fences off every earlier run. */
  #fence: number;
  #claimed = false;

  constructor(services: ImportServices, workspace: string, job: ImportJob, signal?: AbortSignal) {
    this.services = services;
    this.workspace = workspace;
    this.signal = signal;
    this.#job = job;
    this.#fence = job.fence;
  }

  /** The import as it was last noted. */
  get job(): ImportJob {
    return this.#job;
  }

  /** Milliseconds that the import has taken, in this run and in those before it. */
  milliseconds(job: ImportJob): number {
    return job.milliseconds + Math.round(performance.now() - this.#started);
  }

  /** How far it is. */
  progress(rows: number): ImportJob["progress"] {
    const seconds = Math.max(0.001, (performance.now() - this.#started) / 1_000);
    return { rows, rowsPerSecond: Math.round(rows / seconds) };
  }

  /** Notes a step. */
  note(change: Partial<ImportJob>): Promise<ImportJob> {
    return this.change(() => change);
  }

  /** Notes the last step of this run, with how long it took. */
  finish(change: Partial<ImportJob>): Promise<ImportJob> {
    const rows = change.counts?.read ?? this.#job.progress.rows;
    return this.note({ ...change, milliseconds: this.milliseconds(this.#job), progress: this.progress(rows) });
  }

  /**
   * Changes what is noted, unless somebody cancelled. The first change takes the import for this run; from then on a run
   * that was frozen and overtaken writes nothing, whatever it believes of its lease.
   */
  async change(change: (job: ImportJob) => Partial<ImportJob>): Promise<ImportJob> {
    this.signal?.throwIfAborted();
    this.#job = await changeImport(this.services, this.workspace, this.#job.id, (job) => {
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

  /** Ends the import as a duplicate where the same bytes are there and current; null where they are not. */
  async endAsDuplicate(job: ImportJob): Promise<ImportJob | null> {
    const twin = job.again ? null : await findDuplicate(this.services, this.workspace, job);
    if (!twin) return null;
    const counts = { ...job.counts, read: twin.counts.read, unchanged: twin.counts.read };
    return await this.finish({
      state: "duplicate",
      dataset: job.dataset,
      duplicateOf: twin.id,
      step: "done",
      counts,
      parts: twin.parts,
    });
  }
}
