/** Jobs: named background work. What others need of it; the runner is in `runner.ts`. */

/** Puts one-off runs into the queue; a run with the same job and key that waits already is not added again. */
export interface JobQueue {
  enqueue(workspace: string, job: string, key: string, payload?: Record<string, unknown>): Promise<void>;
}
