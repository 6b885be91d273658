/**
 * The one door to Redis. Every call has a deadline and goes through a circuit breaker, so a Redis that is away, frozen
 * or full slows nobody down for long; channels are heard on a connection of their own. Nothing is connected before the
 * first use, so opening never waits and never fails for a server that is away.
 */
import { Buffer } from "node:buffer";
import { createClient, ErrorReply, RESP_TYPES } from "redis";
import { Circuit, type CircuitHealth } from "./circuit.ts";

/** How to open. */
export interface RedisOptions {
  /** `redis://` or `rediss://`. */
  url: string;
  /** Longest wait of a call. @default 250 */
  deadlineMs?: number;
  /** Pause before the first probe of a Redis that went away; it doubles up to 5 s. @default 250 */
  pauseMs?: number;
  /** How often the connection that hears is tried, so that one which died silently is noticed. @default 2000 */
  pulseMs?: number;
  /** Told when a connection goes away, with the reason, and when it is back. */
  onChange?(change: { connection: "calls" | "channels"; away: boolean; error?: unknown }): void;
}

/** What a command answers: texts come as bytes. */
export type RedisReply = Uint8Array | string | number | bigint | boolean | null | RedisReply[] | {
  [key: string]: RedisReply;
};

/** Hears what is sent on a channel. */
export type RedisListener = (message: string) => void;

/** Whether the two connections stand. */
export interface RedisHealth {
  readonly calls: CircuitHealth;
  readonly channels: CircuitHealth;
}

type Client = ReturnType<typeof makeClient>;

/** An open door. */
export class Redis {
  #calls: Circuit<Client>;
  #channels: Circuit<Client>;
  #listeners = new Map<string, Set<RedisListener>>();
  #onAnswers = new Set<() => void>();
  #onHears = new Set<() => void>();
  #pulseMs: number;
  #pulse: ReturnType<typeof setInterval> | undefined;

  private constructor({ url, deadlineMs, pauseMs, pulseMs = 2_000, onChange }: RedisOptions) {
    this.#pulseMs = pulseMs;
    const circuit = (connection: "calls" | "channels", greet: (client: Client) => Promise<unknown>) => {
      const made: Circuit<Client> = new Circuit<Client>({
        name: "Redis",
        connect: (signal) => connect(url, signal, greet, (client, error) => made.broke(client, error)),
        drop,
        isRefusal: (error) => error instanceof ErrorReply,
        ...(deadlineMs === undefined ? {} : { deadlineMs }),
        ...(pauseMs === undefined ? {} : { pauseMs }),
        onChange: (away, error) => {
          if (!away) this.#tellBack(connection);
          onChange?.({ connection, away, error });
        },
      });
      return made;
    };
    this.#calls = circuit("calls", (client) => client.ping());
    this.#channels = circuit("channels", async (client) => {
      await client.ping();
      await this.#subscribeAll(client);
    });
  }

  /** Opens without connecting. Throws `TypeError` for a URL that is none; its text is never repeated: it holds secrets. */
  static open(options: RedisOptions): Redis {
    try {
      makeClient(options.url).destroy();
    } catch (_repeatsTheUrl) {
      throw new TypeError(
        "Cannot use REDIS_URL: it is no Redis address; write redis://user:password@host:6379/0, with special characters of user and password percent-encoded",
      );
    }
    return new Redis(options);
  }

  /**
   * Runs one command; commands that are sent in one turn go out together. Throws `UnavailableError` where Redis is away,
   * at once or by the deadline; what was sent may have been done. What Redis refuses is thrown as it says.
   */
  send(...command: (string | Uint8Array)[]): Promise<RedisReply> {
    const args = command.map((part) => typeof part === "string" ? part : asBuffer(part));
    return this.#calls.use((client) => client.sendCommand<RedisReply>(args, { typeMapping: BYTES }));
  }

  /** Hears a channel from now on; the answer ends it. What is sent while Redis is away is not heard. */
  listen(channel: string, listener: RedisListener): () => void {
    const present = this.#listeners.get(channel);
    const listeners = present ?? new Set();
    listeners.add(listener);
    if (!present) {
      this.#listeners.set(channel, listeners);
      this.#tell((client) => client.subscribe(channel, this.#hear));
    }
    this.#pulse ??= startPulse(() => this.#tell((client) => client.ping()), this.#pulseMs);
    return () => {
      if (!listeners.delete(listener) || listeners.size > 0) return;
      this.#listeners.delete(channel);
      this.#tell((client) => client.unsubscribe(channel, this.#hear));
    };
  }

  /** Whether channels are heard at this moment. */
  get hears(): boolean {
    return this.#channels.health().state === "ok";
  }

  /** Calls `listener` each time channels are heard (again); the answer ends it. */
  onHears(listener: () => void): () => void {
    this.#onHears.add(listener);
    return () => void this.#onHears.delete(listener);
  }

  /** Calls `listener` each time `send` reaches Redis (again); the answer ends it. */
  onAnswers(listener: () => void): () => void {
    this.#onAnswers.add(listener);
    return () => void this.#onAnswers.delete(listener);
  }

  /** Whether the two connections stand. */
  health(): RedisHealth {
    return { calls: this.#calls.health(), channels: this.#channels.health() };
  }

  /** Ends both connections; what is under way fails. Safe to repeat. */
  async close(): Promise<void> {
    clearInterval(this.#pulse);
    this.#listeners.clear();
    this.#onHears.clear();
    this.#onAnswers.clear();
    await Promise.all([this.#calls.close(), this.#channels.close()]);
  }

  /** On the connection that hears. Where it is away, nothing is lost: whatever is listened to is asked for on return. */
  #tell(work: (client: Client) => Promise<unknown>): void {
    this.#channels.use(work).catch(() => {});
  }

  #tellBack(connection: "calls" | "channels"): void {
    if (connection === "channels") this.#tell((client) => this.#subscribeAll(client)); // what came at the last moment
    for (const listener of connection === "channels" ? [...this.#onHears] : [...this.#onAnswers]) listener();
  }

  async #subscribeAll(client: Client): Promise<void> {
    const channels = [...this.#listeners.keys()];
    if (channels.length > 0) await client.subscribe(channels, this.#hear);
  }

  #hear = (message: string, channel: string): void => {
    for (const listener of [...(this.#listeners.get(channel) ?? [])]) listener(message);
  };
}

const BYTES = { [RESP_TYPES.BLOB_STRING]: Buffer } as const;

function makeClient(url: string) {
  return createClient({
    url,
    // The circuit connects again, with a fresh client: so nothing is queued for a server that is away, and nothing that
    // was given up is sent to one that thaws.
    socket: { reconnectStrategy: false, connectTimeout: 2_000 },
    disableOfflineQueue: true,
    maintNotifications: "disabled",
    name: "tessera",
  });
}

async function connect(
  url: string,
  signal: AbortSignal,
  greet: (client: Client) => Promise<unknown>,
  broke: (client: Client, error: unknown) => void,
): Promise<Client> {
  const client = makeClient(url);
  client.on("error", (error) => broke(client, error));
  signal.addEventListener("abort", () => drop(client), { once: true });
  try {
    await client.connect();
    await greet(client);
    return client;
  } catch (error) {
    drop(client);
    throw error;
  }
}

function drop(client: Client): void {
  client.destroy();
}

function startPulse(beat: () => void, ms: number): ReturnType<typeof setInterval> {
  const pulse = setInterval(beat, ms);
  Deno.unrefTimer(pulse as unknown as number); // listening alone keeps no process alive
  return pulse;
}

function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
