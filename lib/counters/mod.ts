/**
 * Counters: what happened today, minute by minute, in UTC. Noting is free: it never waits and never fails. Nothing is
 * lost for good: imports can be noted again from the ledger, and an instance keeps what it noted itself.
 */
import { z } from "zod";
import type { PartHealth } from "@/lib/model/mod.ts";

const countSchema = z.object({
  total: z.int(),
  /** Minutes in which something happened, `HH:MM` in UTC, in order. */
  minutes: z.array(z.object({ minute: z.string(), count: z.int() })),
});

/** What happened today in a workspace. */
export const todayCountsSchema = z.object({
  /** YYYY-MM-DD in UTC. */
  day: z.string(),
  /** "this-instance": what the others noted cannot be read at this moment. */
  scope: z.enum(["every-instance", "this-instance"]),
  /** Requests for pages and of the API that were let in. */
  requests: countSchema,
  /** Rows that imports brought in: new, changed or confirmed. */
  rows: countSchema,
});
/** What happened today in a workspace. */
export type TodayCounts = z.output<typeof todayCountsSchema>;

/** The role; one contract suite (`tests/contracts/counters.ts`) holds for every implementation. */
export interface Counters {
  /** Notes a request that was let in. */
  request(workspace: string): void;
  /** Notes the rows that an import brought in. The same import noted again, here or elsewhere, changes nothing. */
  imported(workspace: string, importId: string, rows: number, at: Date): void;
  /** What every instance noted today; what this one noted where the others' cannot be read. Never throws. */
  today(workspace: string): Promise<TodayCounts>;
  /** How it does at this moment; asks nobody. */
  health(): PartHealth;
  close(): Promise<void>;
}
