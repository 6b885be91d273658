import type { DocumentStore, Stored } from "@/lib/documents/mod.ts";
import { ConflictError } from "@/lib/errors.ts";
import { type JobRun, jobRunsCollection } from "./job_run.ts";

/** The runs in the document store, as far as a runner needs them. */
export class JobRuns {
  readonly #documents: DocumentStore;

  constructor(documents: DocumentStore) {
    this.#documents = documents;
  }

  /** The store's clock. */
  now(): Promise<number> {
    return this.#documents.now();
  }

  /** Every run in a state, those that may begin first coming first; `to` leaves out later ones. */
  async *list(workspace: string, state: JobRun["state"], to?: number): AsyncIterable<Stored<JobRun>> {
    let cursor: string | undefined;
    do {
      const options = { index: "byState", equals: [state], to, cursor };
      const page = await this.#documents.list(jobRunsCollection, workspace, options);
      yield* page.items;
      cursor = page.cursor ?? undefined;
    } while (cursor);
  }

  /** The latest slot of a job that anybody claimed, in milliseconds. */
  async newestSlot(workspace: string, job: string): Promise<number | null> {
    const page = await this.#documents.list(jobRunsCollection, workspace, {
      index: "bySlot",
      equals: [job],
      direction: "descending",
      limit: 1,
    });
    const slot = page.items[0]?.doc.slot;
    return slot === undefined ? null : Date.parse(slot);
  }

  /** Makes the run, or answers null where it is there already. */
  create(workspace: string, run: JobRun): Promise<Stored<JobRun> | null> {
    return unlessConflict(this.#documents.create(jobRunsCollection, workspace, run));
  }

  /** Changes the run, or answers null where somebody was faster. */
  put(workspace: string, run: JobRun, version: number): Promise<Stored<JobRun> | null> {
    return unlessConflict(this.#documents.put(jobRunsCollection, workspace, run, version));
  }

  /** Makes a run wait, whatever became of the one before with the same key. */
  async enqueue(workspace: string, job: string, key: string, payload: Record<string, unknown>): Promise<void> {
    const id = `${job}:${key}`;
    let written: Stored<JobRun> | null = null;
    while (!written) {
      const runAt = await this.now();
      const present = await this.#documents.get(jobRunsCollection, workspace, id);
      if (!present) {
        const run = { id, job, key, payload, state: "waiting", runAt } as JobRun;
        written = await this.create(workspace, run);
      } else if (present.doc.state === "running") {
        written = await this.put(workspace, { ...present.doc, payload, again: true }, present.version);
      } else {
        const ended = present.doc.state !== "waiting";
        const anew = ended ? { attempt: 0, takeovers: 0, error: undefined, finishedAt: undefined } : {};
        const run: JobRun = { ...present.doc, ...anew, payload, state: "waiting", runAt };
        written = await this.put(workspace, run, present.version);
      }
    }
  }
}

async function unlessConflict<T>(write: Promise<T>): Promise<T | null> {
  try {
    return await write;
  } catch (error) {
    if (error instanceof ConflictError) return null;
    throw error;
  }
}
