/** Rolls the parts of an import back, or restores them. */
import { getDataset } from "@/lib/dataset/datasets.ts";
import { ConflictError } from "@/lib/errors.ts";
import type { ImportJob } from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";

type Action = "rollback" | "restore";
type Needed = Pick<Services, "documents" | "warehouse">;
interface Part {
  import: string;
  dataset: string;
}

/**
 * Turns every part; answers the version that each dataset has now. The part that was published last is the first to go.
 * Where one cannot be turned, those before it are turned back, and the error is thrown.
 */
export async function turnParts(
  services: Needed,
  workspace: string,
  job: ImportJob,
  action: Action,
): Promise<Map<string, number>> {
  const parts = job.parts.length > 0
    ? job.parts.map((part): Part => ({ import: part.import ?? job.id, dataset: part.dataset }))
    : [{ import: job.id, dataset: job.dataset }];
  const order = action === "rollback" ? parts.toReversed() : parts;
  const versions = new Map<string, number>();
  for (const [place, part] of order.entries()) {
    try {
      versions.set(part.dataset, await turn(services, workspace, part, action));
    } catch (error) {
      // A process that was killed in between had turned it already.
      if (parts.length > 1 && error instanceof ConflictError && error.code === "conflict") continue;
      const back = action === "rollback" ? "restore" : "rollback";
      for (const done of order.slice(0, place).toReversed()) await turn(services, workspace, done, back);
      throw error;
    }
  }
  return versions;
}

async function turn(services: Needed, workspace: string, part: Part, action: Action): Promise<number> {
  const dataset = await getDataset(services, workspace, part.dataset);
  const ref = { workspace, dataset };
  const { version: expectedVersion } = await services.warehouse.state(ref);
  return (await services.warehouse[action](ref, part.import, { expectedVersion })).version;
}
