/** Rolls the parts of an import back, or restores them. */
import { getDataset } from "@/lib/dataset/datasets.ts";
import { ConflictError } from "@/lib/errors.ts";
import type { ImportJob } from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";
import { actTogether, type UntimedAct } from "./act_together.ts";

type Action = "rollback" | "restore";
type Needed = Pick<Services, "documents" | "warehouse">;

/**
 * Turns every part by one switch; answers the version that each dataset has now. The part that was published last is the
 * first to go.
 */
export async function turnParts(
  services: Needed,
  workspace: string,
  job: ImportJob,
  action: Action,
): Promise<Map<string, number>> {
  const parts = job.parts.length > 0 ? job.parts : [{ import: job.id, dataset: job.dataset }];
  const acts: UntimedAct[] = [];
  for (const part of action === "rollback" ? parts.toReversed() : parts) {
    const dataset = await getDataset(services, workspace, part.dataset);
    acts.push({ ref: { workspace, dataset }, import: part.import ?? job.id, act: action });
  }
  await turn(services, acts);
  const versions = new Map<string, number>();
  for (const { ref } of acts) versions.set(ref.dataset.id, (await services.warehouse.state(ref)).version);
  return versions;
}

/** Turns them; what a process that was killed before it could note so has turned already is as it should be. */
async function turn(services: Needed, acts: UntimedAct[]): Promise<void> {
  if (acts.length === 0) return;
  try {
    await actTogether(services, acts);
  } catch (error) {
    const turned = error instanceof ConflictError && error.extra.state !== undefined ? error.extra.importId : undefined;
    if (turned === undefined) throw error;
    await turn(services, acts.filter((act) => act.import !== turned));
  }
}
