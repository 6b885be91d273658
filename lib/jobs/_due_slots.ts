import type { JobDefinition } from "./define_job.ts";
import type { JobRuns } from "./_runs.ts";
import { slotAt, slotsBetween } from "./schedule.ts";

const MOST_AT_ONCE = 100;

/** Slots of a job that nobody has claimed yet, oldest first; by its policy for those missed before `wokenAt`. */
export async function dueSlots<S>(
  runs: JobRuns,
  { workspace, job, now, wokenAt }: { workspace: string; job: JobDefinition<S>; now: number; wokenAt: number },
): Promise<number[]> {
  const schedule = job.every!;
  const latest = slotAt(schedule, now);
  if (job.missed === "skip" && latest <= wokenAt) return [];
  const last = await runs.newestSlot(workspace, job.name);
  if (last !== null && last >= latest) return [];
  // Never run before: nothing was missed, and waiting for the next slot could take for ever on a machine that sleeps.
  if (last === null || job.missed !== "all") return [latest];
  return slotsBetween(schedule, last, now, MOST_AT_ONCE);
}
