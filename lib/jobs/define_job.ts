import type { Log } from "@/lib/log.ts";
import type { Services } from "@/lib/services.ts";
import { checkSchedule, type Schedule } from "./schedule.ts";

/** What a run is told. */
export interface JobContext {
  readonly workspace: string;
  /** The slot it runs for, ISO 8601; null for a run that was asked for. */
  readonly slot: string | null;
  /** The key it was asked for under; null for a slot. */
  readonly key: string | null;
  readonly payload: Readonly<Record<string, unknown>>;
  /** Aborted when the process stops or the lease is lost: throw its reason soon. Returning means that all is done. */
  readonly signal: AbortSignal;
  /** Rises with every owner of this run: a store that is told to can refuse the writes of an earlier one. */
  readonly fence: number;
  readonly attempt: number;
  /** Throws unless this owner still holds the run; call it before a step that cannot be repeated. */
  confirm(): Promise<void>;
  readonly log: Log;
}

/** What a job may need of the process that runs it: an engine that cleans rows, or a data directory of its own. */
export type JobNeed = "engine" | "data-directory";

/** Named background work. Every run may be repeated: a killed one begins again. */
export interface JobDefinition<S = Services> {
  /** kebab-case; stored in runs, never changes. */
  readonly name: string;
  /** Without it the job runs only when asked for. */
  readonly every?: Schedule;
  /** What becomes of slots that passed while nothing ran: none, the latest one, or all of them. */
  readonly missed: "skip" | "latest" | "all";
  /** How long an owner may be silent before another takes over. */
  readonly leaseMs: number;
  /** How often a run is tried until it counts as failed. A try whose process was killed is begun again for free. */
  readonly attempts: number;
  /** The pause before the second, third … try; the last one repeats. */
  readonly backoffMs: readonly number[];
  /** A process that lacks any of these leaves the job to others. */
  readonly needs: readonly JobNeed[];
  run(services: S, context: JobContext): Promise<void>;
}

/** Defines a job: checked at once, with the usual values for what is left out. */
export function defineJob<S = Services>(
  job: Pick<JobDefinition<S>, "name" | "run"> & Partial<JobDefinition<S>>,
): JobDefinition<S> {
  if (!/^[a-z][a-z0-9-]{0,62}$/.test(job.name)) {
    throw new TypeError(`Cannot define the job "${job.name}": use lower-case letters, digits and - for its name`);
  }
  if (job.every) checkSchedule(job.every);
  const defined = {
    missed: "latest",
    leaseMs: 30_000,
    attempts: 3,
    backoffMs: [10_000, 60_000, 300_000],
    needs: [],
    ...job,
  } as const;
  if (!(defined.leaseMs >= 30)) throw new RangeError(`Cannot define the job "${job.name}": its lease is too short`);
  if (!(defined.attempts >= 1)) throw new RangeError(`Cannot define the job "${job.name}": it must be tried once`);
  return defined;
}
