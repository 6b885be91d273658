/** The data directory: its folders, and the lock that keeps a second process off the same data. */
import { join } from "node:path";

/** A data directory that belongs to this process. */
export interface DataDirectory {
  readonly path: string;
  readonly files: string;
  readonly staging: string;
  readonly inbox: string;
  readonly backups: string;
  /** Writes where the server answers, for whoever finds the directory taken. */
  announce(url: string): Promise<void>;
  /** Lets go. Safe to repeat. */
  release(): Promise<void>;
}

/** Another process works on the same data. */
export class DataDirectoryInUseError extends Error {
  override name = "DataDirectoryInUseError";
  constructor(
    message: string,
    /** The other process, where it said so. */
    readonly pid: number | undefined,
    /** Where it answers, where it said so. */
    readonly url: string | undefined,
  ) {
    super(message);
  }
}

const LOCK_FILE = "tessera.lock";

/**
 * Makes the folders and takes the directory for this process. The system drops the lock when the process ends, however
 * it ends, so one left by a killed process is never in the way. Throws `DataDirectoryInUseError` naming who holds it.
 */
export async function claimDataDirectory(path: string): Promise<DataDirectory> {
  const folders = {
    files: join(path, "files"),
    staging: join(path, "staging"),
    inbox: join(path, "inbox"),
    backups: join(path, "backups"),
  };
  try {
    await Deno.mkdir(path, { recursive: true, mode: 0o700 });
    for (const folder of Object.values(folders)) await Deno.mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new Error(
      `Cannot make the data directory "${path}": ${
        (error as Error).message
      }; set DATA_DIR to a folder that can be written`,
      { cause: error },
    );
  }

  const lockPath = join(path, LOCK_FILE);
  const lock = await Deno.open(lockPath, { read: true, write: true, create: true, mode: 0o600 });
  if (!await lock.tryLock(true)) {
    lock.close();
    throw inUse(path, await readOwner(lockPath));
  }
  await writeOwner(lock, { pid: Deno.pid });

  let released = false;
  return {
    path,
    ...folders,
    announce: (url) => writeOwner(lock, { pid: Deno.pid, url }),
    async release() {
      if (released) return;
      released = true;
      // The file stays: removing it could take away a lock that the next process has just made.
      await lock.truncate(0);
      await lock.unlock();
      lock.close();
    },
  };
}

interface Owner {
  pid?: number;
  url?: string;
}

function inUse(path: string, { pid, url }: Owner): DataDirectoryInUseError {
  const who = pid ? `process ${pid}` : "another process";
  const where = url ? ` and answers on ${url}` : "";
  return new DataDirectoryInUseError(
    `Cannot use the data directory "${path}": ${who} has it open${where}; use that one, stop it, or set DATA_DIR to another folder`,
    pid,
    url,
  );
}

async function writeOwner(lock: Deno.FsFile, owner: Owner): Promise<void> {
  const bytes = new TextEncoder().encode(JSON.stringify(owner));
  await lock.seek(0, Deno.SeekMode.Start);
  await lock.truncate(0);
  for (let done = 0; done < bytes.length;) done += await lock.write(bytes.subarray(done));
}

async function readOwner(lockPath: string): Promise<Owner> {
  try {
    return JSON.parse(await Deno.readTextFile(lockPath)) as Owner;
  } catch {
    // Just being written, or not readable on a system whose locks are strict: it is taken all the same.
    return {};
  }
}
