/**
 * The one door to DuckDB: opens a file once per process, locks the engine down, and runs statements with bound
 * parameters. Identifiers that come from definitions pass `identifier()`; values never become text of a statement.
 */
import type { DuckDBConnection, DuckDBInstance, DuckDBValue } from "@duckdb/node-api";
import { machineError } from "./machine_error.ts";

/** What a cell may be: cast dates and timestamps to VARCHAR in the statement, so that no zone is ever involved. */
export type DuckCell = string | bigint | number | boolean | null | DuckCell[];
/** One row by column name. */
export type DuckRow = Record<string, DuckCell>;
/** Values for `$1, $2 …` or `$name`. */
export type DuckParams =
  | (string | bigint | number | boolean | null)[]
  | Record<string, string | bigint | number | boolean | null>;

/** Runs statements on one connection. */
export interface DuckSession {
  rows(sql: string, params?: DuckParams): Promise<DuckRow[]>;
  run(sql: string, params?: DuckParams): Promise<void>;
}

/** How to open. */
export interface DuckOptions {
  /** A file, or ":memory:". */
  path: string;
  /** The only folder that file readers may reach; none without it. */
  stagingDirectory?: string;
  /** Where big sorts spill. */
  temporaryDirectory?: string;
  /** @default "2GB" */
  memoryLimit?: string;
  /** @default the machine's cores */
  threads?: number;
}

/**
 * How new files are written; files that are there keep their own way. With this one texts are compressed once in place of
 * twice, which makes an import's insert a third cheaper. Older engines than this version cannot read such a file.
 */
export const STORAGE_VERSION = "v1.5.0";

const openPaths = new Set<string>();
const READERS = 4;

/** Quotes a name for use in a statement. Throws for anything that is not a plain identifier. */
export function identifier(name: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_]{0,126}$/.test(name)) throw new TypeError(`Cannot use "${name}" as an SQL identifier`);
  return `"${name}"`;
}

/** Quotes any text as an identifier; for headers of files, which may hold anything but NUL. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** An open DuckDB: one writer whose transactions queue up, a few readers side by side. */
export class Duck implements DuckSession {
  #instance: DuckDBInstance;
  #path: string;
  #writer: DuckDBConnection;
  #idle: DuckDBConnection[] = [];
  #readers = 0;
  #waiting: ((connection: DuckDBConnection) => void)[] = [];
  #lastWrite: Promise<unknown> = Promise.resolve();
  #closed = false;

  private constructor(instance: DuckDBInstance, path: string, writer: DuckDBConnection) {
    this.#instance = instance;
    this.#path = path;
    this.#writer = writer;
  }

  /** Opens the file. Throws when it is open already, here or in another process. */
  static async open(options: DuckOptions): Promise<Duck> {
    const { path, stagingDirectory, temporaryDirectory, memoryLimit = "2GB", threads } = options;
    if (path !== ":memory:") {
      if (openPaths.has(path)) throw new Error(`Cannot open "${path}": this process has it open already`);
      openPaths.add(path);
    }
    try {
      const settings: Record<string, string> = {
        memory_limit: memoryLimit,
        storage_compatibility_version: STORAGE_VERSION,
      };
      if (threads) settings.threads = String(threads);
      if (temporaryDirectory) settings.temp_directory = temporaryDirectory;
      // Loaded here: where the machine cannot load the engine, everything that needs none still starts.
      const { DuckDBInstance } = await import("@duckdb/node-api");
      const instance = await DuckDBInstance.create(path, settings);
      const writer = await instance.connect();
      await writer.run("set preserve_insertion_order = true");
      if (stagingDirectory) {
        await writer.run(`set allowed_directories = ['${stagingDirectory.replaceAll("'", "''")}']`);
      }
      // In this order: once locked, neither can be changed again, by nobody.
      await writer.run("set enable_external_access = false");
      await writer.run("set lock_configuration = true");
      return new Duck(instance, path, writer);
    } catch (error) {
      openPaths.delete(path);
      throw openingError(path, error);
    }
  }

  /** Reads on one of a few connections; waits for a free one. A signal interrupts the statement. */
  async rows(sql: string, params?: DuckParams, options: { signal?: AbortSignal } = {}): Promise<DuckRow[]> {
    options.signal?.throwIfAborted();
    const connection = await this.#acquire();
    const interrupt = () => connection.interrupt();
    options.signal?.addEventListener("abort", interrupt, { once: true });
    try {
      return await rowsOn(connection, sql, params);
    } catch (error) {
      options.signal?.throwIfAborted();
      throw error;
    } finally {
      options.signal?.removeEventListener("abort", interrupt);
      this.#release(connection);
    }
  }

  /** Runs several reads on one connection that all see the same moment, whatever is written meanwhile. */
  async snapshot<T>(work: (session: Pick<DuckSession, "rows">) => Promise<T>): Promise<T> {
    const connection = await this.#acquire();
    try {
      await connection.run("begin transaction read only");
      try {
        return await work({ rows: (sql, params) => rowsOn(connection, sql, params) });
      } finally {
        await connection.run("commit").catch(() => connection.run("rollback"));
      }
    } finally {
      this.#release(connection);
    }
  }

  /** Runs one statement on the writer, after the writes before it. */
  run(sql: string, params?: DuckParams): Promise<void> {
    return this.write((session) => session.run(sql, params));
  }

  /** Runs `work` on the writer, alone, without a transaction. */
  write<T>(work: (session: DuckSession) => Promise<T>): Promise<T> {
    if (this.#closed) return Promise.reject(new Error(`Cannot write to "${this.#path}": it is closed`));
    const turn = this.#lastWrite.then(() => work(sessionOn(this.#writer)));
    this.#lastWrite = turn.catch(() => {}); // the caller gets the error; the queue goes on
    return turn;
  }

  /** Runs `work` in one transaction on the writer: all of it or nothing. */
  transaction<T>(work: (session: DuckSession) => Promise<T>): Promise<T> {
    return this.write(async (session) => {
      await session.run("begin transaction");
      try {
        const result = await work(session);
        await session.run("commit");
        return result;
      } catch (error) {
        // A failed commit has ended the transaction already; then there is nothing to roll back.
        await session.run("rollback").catch(() => {});
        throw error;
      }
    });
  }

  /** Stops the statement that the writer runs, if any. */
  interruptWriter(): void {
    this.#writer.interrupt();
  }

  /** Waits for the writes under way, checkpoints, and closes. */
  async close(): Promise<void> {
    if (this.#closed) return;
    const last = this.write((session) => session.run("checkpoint"));
    this.#closed = true;
    await last.catch(() => {}); // in-memory databases have nothing to checkpoint
    for (const connection of this.#idle) connection.closeSync();
    this.#writer.closeSync();
    this.#instance.closeSync();
    openPaths.delete(this.#path);
  }

  async #acquire(): Promise<DuckDBConnection> {
    if (this.#closed) throw new Error(`Cannot read "${this.#path}": it is closed`);
    const idle = this.#idle.pop();
    if (idle) return idle;
    if (this.#readers < READERS) {
      this.#readers++;
      return await this.#instance.connect();
    }
    return await new Promise((resolve) => this.#waiting.push(resolve));
  }

  #release(connection: DuckDBConnection): void {
    const next = this.#waiting.shift();
    if (next) next(connection);
    else if (this.#closed) connection.closeSync();
    else this.#idle.push(connection);
  }
}

/** A damaged log is found by its checksums; only people can decide to go on without its last changes. */
function openingError(path: string, error: unknown): unknown {
  const text = error instanceof Error ? error.message : String(error);
  if (!/corrupt wal|replaying wal/i.test(text)) return error;
  const mend =
    `move it away to go on from the last checkpoint, then import again what is missing: raw uploads are kept`;
  return new Error(`Cannot open "${path}": its write-ahead log "${path}.wal" is damaged; ${mend}`, { cause: error });
}

function sessionOn(connection: DuckDBConnection): DuckSession {
  return {
    rows: (sql, params) => rowsOn(connection, sql, params),
    async run(sql, params) {
      try {
        await connection.run(sql, params as DuckDBValue[] | undefined);
      } catch (error) {
        throw machineError(error);
      }
    },
  };
}

async function rowsOn(connection: DuckDBConnection, sql: string, params?: DuckParams): Promise<DuckRow[]> {
  try {
    const reader = await connection.runAndReadAll(sql, params as DuckDBValue[] | undefined);
    return reader.getRowObjectsJS() as DuckRow[];
  } catch (error) {
    throw machineError(error);
  }
}
