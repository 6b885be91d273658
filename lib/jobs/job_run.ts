import { z } from "zod";
import type { Collection } from "@/lib/documents/mod.ts";

/** One run of a job, as stored. Making the document claims it; every change names the version it started from. */
export const jobRunSchema = z.looseObject({
  /** `<job>@<slot>` or `<job>:<key>`: the same slot or key twice cannot be. */
  id: z.string(),
  job: z.string(),
  /** ISO 8601; absent for runs that were asked for. */
  slot: z.string().optional(),
  key: z.string().optional(),
  payload: z.record(z.string(), z.unknown()).default({}),
  state: z.enum(["waiting", "running", "done", "failed"]),
  /** Not before this moment; milliseconds by the store's clock, as all below. */
  runAt: z.number(),
  owner: z.string().default(""),
  renewedAt: z.number().default(0),
  leaseMs: z.number().default(0),
  fence: z.int().default(0),
  /** Tries that began, those of a killed owner not counted again. */
  attempt: z.int().default(0),
  /** How often an owner fell silent. */
  takeovers: z.int().default(0),
  /** Asked for once more while it ran: it runs again afterwards. */
  again: z.boolean().default(false),
  /** The slot had passed before anybody was there to run it. */
  late: z.boolean().default(false),
  error: z.string().optional(),
  finishedAt: z.number().optional(),
});
/** One run of a job. */
export type JobRun = z.output<typeof jobRunSchema>;

/** Runs by id `<job>@<slot>` or `<job>:<key>`. */
export const jobRunsCollection: Collection<JobRun> = {
  name: "job_runs",
  schema: jobRunSchema,
  indexes: {
    byState: { fields: ["state", "runAt"] },
    bySlot: { fields: ["job", "slot"] },
    byEnd: { fields: ["state", "finishedAt"] },
  },
};
