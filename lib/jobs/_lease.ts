import type { DocumentStore } from "@/lib/documents/mod.ts";
import { ConflictError } from "@/lib/errors.ts";
import { type JobRun, jobRunsCollection } from "./job_run.ts";

/** Another runner holds the run now: whatever this one still writes must not count. */
export class LeaseLostError extends Error {
  override name = "LeaseLostError";
}

/** The process ends; the run goes on in the next one. */
export class RunnerStoppedError extends Error {
  override name = "RunnerStoppedError";
  constructor() {
    super("The process is stopping");
  }
}

/** What a lease is on. */
export interface LeaseOptions {
  documents: DocumentStore;
  workspace: string;
  /** As claimed: its owner and fence are what this lease stands on. */
  run: JobRun;
  stop: AbortSignal;
}

/** Holds a claimed run: renews its lease every third of it, and aborts `signal` once it is lost. */
export class Lease {
  readonly #options: LeaseOptions;
  readonly #abort = new AbortController();
  readonly #timer: ReturnType<typeof setInterval>;
  #renewing = false;
  /** By this process's own clock, which does not jump: when the lease was certainly still held. */
  #heldAt = performance.now();

  /** Aborted when the lease is lost or the process stops. */
  readonly signal: AbortSignal;

  constructor(options: LeaseOptions) {
    this.#options = options;
    this.signal = AbortSignal.any([this.#abort.signal, options.stop]);
    this.#timer = setInterval(() => void this.#renew(), options.run.leaseMs / 3);
  }

  /** True once another runner may have taken over. */
  get lost(): boolean {
    return this.#abort.signal.aborted;
  }

  /** Renews at once; throws `LeaseLostError` where this owner no longer holds the run. */
  async confirm(): Promise<void> {
    this.signal.throwIfAborted();
    const asked = performance.now();
    const renewedAt = await this.#options.documents.now();
    await this.write((run) => ({ ...run, renewedAt }));
    this.#heldAt = asked;
  }

  /** Changes the run's document, as long as it is this owner's. */
  async write(change: (run: JobRun) => JobRun): Promise<void> {
    const { documents, workspace, run } = this.#options;
    for (;;) {
      const stored = await documents.get(jobRunsCollection, workspace, run.id);
      const mine = stored?.doc.state === "running" && stored.doc.owner === run.owner && stored.doc.fence === run.fence;
      if (!mine || this.lost) throw this.#lose();
      try {
        await documents.put(jobRunsCollection, workspace, change(stored.doc), stored.version);
        return;
      } catch (error) {
        // Asked for once more meanwhile, or taken over: the next look tells.
        if (!(error instanceof ConflictError)) throw error;
      }
    }
  }

  /** Renews no more. */
  end(): void {
    clearInterval(this.#timer);
  }

  async #renew(): Promise<void> {
    if (this.#renewing || this.lost) return;
    this.#renewing = true;
    try {
      await this.confirm();
    } catch (error) {
      // A store that cannot be reached gives no news: the lease holds until its time is over.
      const over = performance.now() - this.#heldAt > this.#options.run.leaseMs;
      if (!(error instanceof LeaseLostError) && over) this.#lose();
    } finally {
      this.#renewing = false;
    }
  }

  #lose(): LeaseLostError {
    const { id, fence } = this.#options.run;
    const error = new LeaseLostError(`The run "${id}" is no longer held with fence ${fence}: another runner took over`);
    this.#abort.abort(error);
    return error;
  }
}
