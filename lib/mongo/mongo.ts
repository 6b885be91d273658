/**
 * The one door to MongoDB: opens a client with bounded pools and deadlines, and turns the driver's errors into what
 * callers catch. Nothing is connected before the first use, so opening never waits and never fails for a server that is
 * away.
 */
import {
  type Collection,
  type CollectionOptions,
  type Db,
  type Document,
  MongoClient,
  MongoServerError,
} from "mongodb";
import { UnavailableError } from "@/lib/errors.ts";
import { duplicateKey, isTransient, passesSoon, reasonOf } from "./mongo_error.ts";

export { Binary, Long, ObjectId } from "mongodb";
export type { ClientSession, Collection as MongoCollection, Document, Filter, IndexDescription } from "mongodb";
export { duplicateKey };

/** How to open. */
export interface MongoOptions {
  /** `mongodb://` or `mongodb+srv://`; its path names the database. */
  uri: string;
  /** Wins over the one in the URI; "tessera" where neither names one. */
  database?: string;
  /** Connections to each server at most. @default 20 */
  maxPoolSize?: number;
  /** How long one command may take before its connection is given up. @default 60,000 */
  answerMs?: number;
  /** How long a call waits for a server to be found, or for a free connection. @default 5,000 */
  waitMs?: number;
}

/** What the server can do; asked once. */
export interface MongoServer {
  /** Such as [5, 0, 0]. */
  readonly version: readonly number[];
  readonly wireVersion: number;
  /** Sessions, and with them retried writes and causal reads. */
  readonly sessions: boolean;
  /** A replica set or a sharded cluster: writes outlive the loss of one machine, secondaries can answer. */
  readonly replicated: boolean;
}

/** What a collection is opened with, besides the driver's own options. */
export interface MongoCollectionOptions extends CollectionOptions {
  /** How int64 comes back: as a number where that loses nothing, or always as a bigint. @default "number" */
  int64?: "number" | "bigint";
}

/** A deadline over all tries of a call, in milliseconds. */
export interface RunOptions {
  /** @default 5,000 */
  withinMs?: number;
}

const WAIT_MS = 5_000;
const FIRST_PAUSE_MS = 50;
const COMMAND_NOT_FOUND = 59;

/** An open client and its database. */
export class Mongo {
  readonly client: MongoClient;
  readonly db: Db;
  #server: Promise<MongoServer> | undefined;
  #helloName: "hello" | "isMaster" = "hello";
  #closed = false;

  private constructor(client: MongoClient, db: Db) {
    this.client = client;
    this.db = db;
  }

  /** Opens without connecting. Throws `TypeError` for a URI that is none; its text is never repeated: it holds secrets. */
  static open({ uri, database, maxPoolSize = 20, answerMs = 60_000, waitMs = WAIT_MS }: MongoOptions): Mongo {
    try {
      const client = new MongoClient(uri, {
        appName: "tessera",
        maxPoolSize,
        // In code, since a server's own defaults are weaker in some layouts.
        writeConcern: { w: "majority" },
        readConcern: { level: "majority" },
        // The driver leaves retried writes out by itself where the server has no sessions.
        retryWrites: true,
        retryReads: true,
        serverSelectionTimeoutMS: waitMs,
        connectTimeoutMS: waitMs,
        waitQueueTimeoutMS: waitMs,
        socketTimeoutMS: answerMs,
        heartbeatFrequencyMS: 5_000,
        // Firewalls forget connections that are quiet for some minutes, and tell neither side.
        maxIdleTimeMS: 120_000,
        ignoreUndefined: true,
      });
      return new Mongo(client, client.db(database ?? (nameInUri(uri) || "tessera")));
    } catch (error) {
      if (!/^Mongo|^TypeError$|^URIError$/.test((error as Error).name)) throw error;
      // The driver's error is not handed on as a cause: it repeats parts of the URI.
      throw new TypeError(
        "Cannot use MONGODB_URI: it is no MongoDB address; write mongodb://user:password@host:27017/tessera, with special characters of user and password percent-encoded",
      );
    }
  }

  /** A collection of the database; majority reads and writes unless told otherwise. */
  collection<T extends Document = Document>(name: string, options: MongoCollectionOptions = {}): Collection<T> {
    const { int64 = "number", ...rest } = options;
    return this.db.collection<T>(name, int64 === "bigint" ? { ...rest, useBigInt64: true } : rest);
  }

  /** What the server can do. Asked until it answered once. */
  server(): Promise<MongoServer> {
    this.#server ??= this.run("say what it can do", () => this.#ask()).catch((error) => {
      this.#server = undefined;
      throw error;
    });
    return this.#server;
  }

  async #ask(): Promise<MongoServer> {
    const hello = await this.#hello();
    const { versionArray } = await this.db.admin().command({ buildInfo: 1 });
    return {
      version: (versionArray as number[]).slice(0, 3),
      wireVersion: Number(hello.maxWireVersion),
      sessions: hello.logicalSessionTimeoutMinutes !== undefined && hello.logicalSessionTimeoutMinutes !== null,
      replicated: hello.setName !== undefined || hello.msg === "isdbgrid",
    };
  }

  /** By its newer name first; the older one is all that some look-alikes know. */
  async #hello(): Promise<Document> {
    try {
      return await this.db.admin().command({ [this.#helloName]: 1 });
    } catch (error) {
      if (!(error instanceof MongoServerError) || error.code !== COMMAND_NOT_FOUND) throw error;
      this.#helloName = "isMaster";
      return await this.db.admin().command({ isMaster: 1 });
    }
  }

  /** The server's clock in milliseconds. */
  now(): Promise<number> {
    return this.run("tell the time", async () => {
      const { localTime } = await this.#hello();
      if (!(localTime instanceof Date)) {
        throw new TypeError("Cannot tell the time: the server's hello has no localTime");
      }
      return localTime.getTime();
    });
  }

  /** Answers when the server does. Throws `UnavailableError`. */
  async ping(): Promise<void> {
    await this.run("answer", () => this.db.admin().command({ ping: 1 }));
  }

  /**
   * Runs work that is safe to repeat: again after a failure that may pass by itself (a primary that stepped down, a lost
   * connection), until the deadline. Throws `UnavailableError` when it is not done by then; what was sent may still
   * arrive. Other errors come as they are.
   */
  async run<T>(verb: string, work: () => Promise<T>, { withinMs = WAIT_MS }: RunOptions = {}): Promise<T> {
    const end = Date.now() + withinMs;
    for (let pause = FIRST_PAUSE_MS;; pause *= 2) {
      try {
        return await beforeDeadline(this.#connected(work), end);
      } catch (error) {
        if (!isTransient(error)) throw error;
        if (!passesSoon(error) || Date.now() + pause >= end) throw unavailable(verb, error);
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
  }

  /** Runs work once. Throws `UnavailableError` where the server cannot at this moment; other errors come as they are. */
  async once<T>(verb: string, work: () => Promise<T>, { withinMs = WAIT_MS }: RunOptions = {}): Promise<T> {
    try {
      return await beforeDeadline(this.#connected(work), Date.now() + withinMs);
    } catch (error) {
      throw isTransient(error) ? unavailable(verb, error) : error;
    }
  }

  /** Ends every connection; what is under way fails. Safe to repeat. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.client.close();
  }

  /** A client whose first connection failed counts as closed until it is told to connect again. */
  async #connected<T>(work: () => Promise<T>): Promise<T> {
    if (!this.#closed) await this.client.connect();
    return await work();
  }
}

/** Work that hears of no deadline by itself: it is left to its sockets, which give up on their own. */
async function beforeDeadline<T>(work: Promise<T>, end: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DeadlineError()), Math.max(0, end - Date.now()));
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    late.catch(() => {}); // nobody waits for it any more
  }
}

/** Named like the driver's own, so that it counts as one of those that pass. */
class DeadlineError extends Error {
  override name = "MongoDeadlineError";
  constructor() {
    super("it did not answer in time");
  }
}

function unavailable(verb: string, cause: unknown): UnavailableError {
  const error = new UnavailableError(`MongoDB cannot ${verb} at this moment: ${reasonOf(cause)}; try again soon`);
  error.cause = cause;
  return error;
}

function nameInUri(uri: string): string {
  return decodeURIComponent(/^mongodb(?:\+srv)?:\/\/[^/]*\/([^?]*)/.exec(uri)?.[1] ?? "");
}
