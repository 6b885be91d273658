/**
 * Names that files brought before, by dataset and column: what a new name may be a slip of. Kept beside the facts, since
 * asking a large warehouse for all its names takes longer than reading a file.
 */
import { z } from "zod";
import type { Collection } from "@/lib/documents/mod.ts";
import { ConflictError } from "@/lib/errors.ts";
import type { Services } from "@/lib/services.ts";
import type { DatasetRef } from "@/lib/warehouse/mod.ts";

/** Past so many names a column holds no list that people keep. */
const MOST_NAMES = 2_000;

const knownNamesSchema = z.looseObject({
  /** `<dataset>.<column>`. */
  id: z.string(),
  /** The latest last. */
  names: z.array(z.string()),
});
/** The names of one column. */
export type KnownNames = z.output<typeof knownNamesSchema>;

/** The names, a document a column. */
export const knownNamesCollection: Collection<KnownNames> = {
  name: "known_names",
  schema: knownNamesSchema,
  indexes: {},
};

/** The names of a column that are known; none at first. */
export async function readKnownNames(
  { documents }: Pick<Services, "documents">,
  workspace: string,
  dataset: string,
  column: string,
): Promise<string[]> {
  const stored = await documents.get(knownNamesCollection, workspace, `${dataset}.${column}`);
  return stored?.doc.names ?? [];
}

/**
 * Adds names to those that are known; the oldest go where there are too many. `slips` are known no longer: they were
 * mended. Safe to repeat, and beside others.
 */
export async function addKnownNames(
  { documents }: Pick<Services, "documents">,
  workspace: string,
  { dataset, column, names, slips = [] }: { dataset: string; column: string; names: string[]; slips?: string[] },
): Promise<void> {
  const id = `${dataset}.${column}`;
  for (;;) {
    const stored = await documents.get(knownNamesCollection, workspace, id);
    const all = stored?.doc.names ?? [];
    const before = all.filter((name) => !slips.includes(name));
    const there = new Set(before);
    const more = names.filter((name) => !there.has(name));
    if (more.length === 0 && before.length === all.length) return;
    const doc = { ...stored?.doc, id, names: [...before, ...more].slice(-MOST_NAMES) };
    try {
      if (stored) await documents.put(knownNamesCollection, workspace, doc, stored.version);
      else await documents.create(knownNamesCollection, workspace, doc);
      return;
    } catch (error) {
      // Another import added some at the same moment: on top of those, then.
      if (!(error instanceof ConflictError)) throw error;
    }
  }
}

/** Names to try a pattern on, the latest first; of the facts themselves where no file's names were noted. */
export async function namesToTry(
  services: Pick<Services, "documents" | "warehouse">,
  ref: DatasetRef,
  column: string,
  limit: number,
): Promise<string[]> {
  const known = await readKnownNames(services, ref.workspace, ref.dataset.id, column);
  return known.length > 0
    ? known.toReversed().slice(0, limit)
    : (await services.warehouse.values(ref, column, { limit })).map(({ value }) => value);
}
