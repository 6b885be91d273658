/** A folder for the time of one process: what staging works with where nothing is kept on the local disk. */
import { join } from "node:path";

/** A folder that goes with its process. */
export interface Scratch {
  /** Absolute path. */
  readonly path: string;
  /** Removes it with all it holds. Safe to repeat. */
  close(): Promise<void>;
}

/** What tests shorten. */
export interface ScratchOptions {
  /** A folder this young may belong to a process that has not locked it yet. @default 60000 */
  youngMs?: number;
}

const LOCK_FILE = "lock";

/**
 * Makes a new folder below `parent`, and removes those of processes that were killed: the system dropped their locks,
 * whoever still lives holds its own.
 */
export async function openScratch(parent: string, { youngMs = 60_000 }: ScratchOptions = {}): Promise<Scratch> {
  await Deno.mkdir(parent, { recursive: true, mode: 0o700 });
  for await (const { name, isDirectory } of Deno.readDir(parent)) {
    if (isDirectory) await removeIfLeft(join(parent, name), youngMs);
  }
  const path = join(await Deno.realPath(parent), crypto.randomUUID());
  await Deno.mkdir(path, { mode: 0o700 });
  const lock = await Deno.open(join(path, LOCK_FILE), { write: true, createNew: true, mode: 0o600 });
  await lock.lock(true);
  let closed = false;
  return {
    path,
    async close() {
      if (closed) return;
      closed = true;
      await Deno.remove(path, { recursive: true }).catch(ignoreMissing);
      lock.close();
    },
  };
}

async function removeIfLeft(path: string, youngMs: number): Promise<void> {
  try {
    using lock = await Deno.open(join(path, LOCK_FILE), { write: true });
    const { mtime } = await lock.stat();
    const old = mtime !== null && Date.now() - mtime.getTime() > youngMs;
    if (old && await lock.tryLock(true)) await Deno.remove(path, { recursive: true });
  } catch (error) {
    ignoreMissing(error); // made this very moment, or removed by another that starts
  }
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}
