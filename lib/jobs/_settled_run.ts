import type { JobDefinition } from "./define_job.ts";
import type { JobRun } from "./job_run.ts";

/** How a try ended. */
export interface Ending<S> {
  job: JobDefinition<S>;
  /** The store's clock. */
  now: number;
  /** Undefined where it ended well. */
  failure: unknown;
  /** It ended because the process stops: that costs no try. */
  stopped: boolean;
  /** Before the next try. */
  pauseMs: number;
}

/** What becomes of a run whose try has ended: done, failed, or waiting for another try. */
export function settledRun<S>(run: JobRun, { job, now, failure, stopped, pauseMs }: Ending<S>): JobRun {
  const free = { ...run, owner: "", again: false };
  if (stopped) return { ...free, state: "waiting", runAt: now, attempt: run.attempt - 1 };
  if (failure !== undefined && run.attempt < job.attempts) {
    return { ...free, state: "waiting", runAt: now + pauseMs, error: textOf(failure) };
  }
  if (run.again) return { ...free, state: "waiting", runAt: now, attempt: 0, takeovers: 0 };
  if (failure !== undefined) return { ...free, state: "failed", error: textOf(failure), finishedAt: now };
  return { ...free, state: "done", error: undefined, finishedAt: now };
}

function textOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 2_000) : String(error).slice(0, 2_000);
}
