/** Acts on datasets as they stand now. */
import { ConflictError } from "@/lib/errors.ts";
import type { Services } from "@/lib/services.ts";
import type { Act, PublishResult } from "@/lib/warehouse/mod.ts";

type Untimed<T> = T extends unknown ? Omit<T, "expectedVersion"> : never;
/** An act on whatever version stands. */
export type UntimedAct = Untimed<Act>;

/** Does them by one switch, on top of what stands; where something was published next to it, on top of that. */
export async function actTogether(
  { warehouse }: Pick<Services, "warehouse">,
  acts: UntimedAct[],
  signal?: AbortSignal,
): Promise<PublishResult[]> {
  for (;;) {
    signal?.throwIfAborted();
    const timed: Act[] = [];
    for (const act of acts) timed.push({ ...act, expectedVersion: (await warehouse.state(act.ref)).version });
    try {
      return await warehouse.together(timed);
    } catch (error) {
      if (!(error instanceof ConflictError) || error.code !== "version-conflict") throw error;
    }
  }
}
