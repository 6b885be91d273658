import { z } from "zod";
import type { Collection, DocumentStore, Stored } from "@/lib/documents/mod.ts";
import { ConflictError } from "@/lib/errors.ts";

const holdSchema = z.looseObject({
  id: z.string(),
  /** Who holds it: a name that lives on when its process is killed and another goes on with its work. */
  owner: z.string(),
  /** Told apart from an earlier life of the same owner. */
  token: z.string(),
  /** Milliseconds by the store's clock. */
  renewedAt: z.number(),
  leaseMs: z.number(),
});
type Hold = z.output<typeof holdSchema>;

/** What is worked on at this moment, across all instances. */
export const holdsCollection: Collection<Hold> = { name: "holds", schema: holdSchema, indexes: {} };

/** Times that tests shorten. */
export interface HoldOptions {
  /** Aborts waiting and working. */
  signal: AbortSignal;
  /** After so long a silence an owner counts as dead. @default 15000 */
  leaseMs?: number;
  /** Between two looks while another holds it. @default 200 */
  lookMs?: number;
}

/**
 * Runs work while nobody else in any instance works under the key; waits while somebody does. `owner` names the work
 * itself, which runs once at a time anyway: what a killed process held for it is taken over at once. `work` gets a
 * signal that is aborted when the hold is lost, by a process that was frozen say: it must end without an effect then.
 */
export async function holdAlone<T>(
  documents: DocumentStore,
  workspace: string,
  { key, owner }: { key: string; owner: string },
  options: HoldOptions,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { signal, leaseMs = 15_000, lookMs = 200 } = options;
  const doc: Hold = { id: key, owner, token: crypto.randomUUID(), renewedAt: 0, leaseMs };
  let held = await take(documents, workspace, doc);
  while (!held) {
    await new Promise((resolve) => setTimeout(resolve, lookMs));
    signal.throwIfAborted();
    held = await take(documents, workspace, doc);
  }
  const lost = new AbortController();
  let { version } = held;
  let renewing: Promise<void> = Promise.resolve();
  const renew = async () => {
    try {
      const renewedAt = await documents.now();
      ({ version } = await documents.put(holdsCollection, workspace, { ...doc, renewedAt }, version));
    } catch (error) {
      // A store that cannot be reached gives no news; taken over is taken over.
      if (error instanceof ConflictError) lost.abort(new Error(`Another instance works on "${key}" now`));
    }
  };
  const timer = setInterval(() => renewing = renewing.then(renew), leaseMs / 3);
  try {
    return await work(AbortSignal.any([signal, lost.signal]));
  } finally {
    clearInterval(timer);
    await renewing;
    await letGo(documents, workspace, key, version);
  }
}

/** Null where somebody else has it. */
async function take(documents: DocumentStore, workspace: string, doc: Hold): Promise<Stored<Hold> | null> {
  const now = await documents.now();
  const present = await documents.get(holdsCollection, workspace, doc.id);
  if (present) {
    const { owner, renewedAt, leaseMs } = present.doc;
    // A clock that was set back must not keep a dead owner alive.
    if (owner !== doc.owner && Math.abs(now - renewedAt) <= leaseMs) return null;
  }
  try {
    const next = { ...doc, renewedAt: now };
    return present
      ? await documents.put(holdsCollection, workspace, next, present.version)
      : await documents.create(holdsCollection, workspace, next);
  } catch (error) {
    if (error instanceof ConflictError) return null;
    throw error;
  }
}

async function letGo(documents: DocumentStore, workspace: string, key: string, version: number): Promise<void> {
  try {
    await documents.delete(holdsCollection, workspace, key, version);
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error; // it is another's now
  }
}
