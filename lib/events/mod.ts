/** Events: what live pages listen to. Lost events cost nothing but a late repaint: pages ask for versions, not for diffs. */
import { z } from "zod";
import type { PartHealth } from "@/lib/model/mod.ts";

/** What happened; `workspace` is the channel and not repeated inside. */
export const liveEventSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("dataset"), dataset: z.string(), version: z.int() }),
  z.object({ type: z.literal("import"), id: z.string(), state: z.string() }),
  /** What stands out in a dataset is another: found, gone, put aside or brought back. */
  z.object({ type: z.literal("anomalies"), dataset: z.string() }),
  z.object({ type: z.literal("dashboard"), id: z.string(), version: z.int() }),
  /** Somebody edits a dashboard; said again every few seconds, so one that is lost costs nothing. */
  z.object({
    type: z.literal("presence"),
    dashboard: z.string(),
    editor: z.string().max(100),
    actor: z.string().max(200),
    state: z.enum(["here", "gone"]),
  }),
]);
/** What happened. */
export type LiveEvent = z.output<typeof liveEventSchema>;

/** The role; one contract suite (`tests/contracts/events.ts`) holds for every implementation. */
export interface Events {
  /** Tells every listener, those of this process at once. Rejects for what is no event, never for a network. */
  publish(workspace: string, event: LiveEvent): Promise<void>;
  /** Calls `listener` for each event from now on; the answer ends it. */
  subscribe(workspace: string, listener: (event: LiveEvent) => void): () => void;
  /** How it does at this moment; asks nobody. */
  health(): PartHealth;
  close(): Promise<void>;
}
