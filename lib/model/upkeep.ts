/** Upkeep: what keeps a store quick, and what was done the last time. */
import { z } from "zod";

/** One thing that upkeep did or found. */
export const upkeepStepSchema = z.object({
  /** Which store: `warehouse`, `documents`. */
  part: z.string(),
  /** `statistics`, `checkpoint`, `indexes` … */
  step: z.string(),
  /** What was done, for people: "9 tables of Ads were looked over". */
  did: z.string(),
  /** What is not as declared and could not be mended, for people. */
  problem: z.string().optional(),
  milliseconds: z.number(),
});
/** One thing that upkeep did or found. */
export type UpkeepStep = z.output<typeof upkeepStepSchema>;

/** One run of upkeep, as stored. */
export const upkeepReportSchema = z.looseObject({
  /** The moment it began, ISO 8601. */
  id: z.string(),
  steps: z.array(upkeepStepSchema),
  milliseconds: z.number(),
});
/** One run of upkeep. */
export type UpkeepReport = z.output<typeof upkeepReportSchema>;
