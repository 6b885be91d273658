/** How a part of the outside world does, as `GET /api/status` tells it. */
import { z } from "zod";

/** "idle": not used yet. "away": it does not answer; what works without it goes on. */
export const partHealthSchema = z.object({
  state: z.enum(["ok", "idle", "away"]),
  /** Since when, ISO 8601. */
  since: z.iso.datetime().optional(),
  /** What it is built on: memory, Redis … */
  kind: z.string(),
});
/** How a part of the outside world does. */
export type PartHealth = z.output<typeof partHealthSchema>;
