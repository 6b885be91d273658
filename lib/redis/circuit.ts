/** A circuit breaker around one connection: when the other side is away, callers are told so at once, not after a wait. */
import { UnavailableError } from "@/lib/errors.ts";
import { withinDeadline } from "./deadline.ts";

/** What a circuit needs to know of a connection of type `C`. */
export interface CircuitOptions<C> {
  /** For error messages: "Redis". */
  name: string;
  /** Connects and makes sure that the other side answers; must end and reject when `signal` is aborted. */
  connect(signal: AbortSignal): Promise<C>;
  /** Ends a connection at once; what waits on it must reject. */
  drop(connection: C): void;
  /** True for an answer that says no: the connection is fine, only that call failed. */
  isRefusal(error: unknown): boolean;
  /** Longest wait of a call, connecting included. @default 250 */
  deadlineMs?: number;
  /** Longest wait of a probe, which nobody waits for. @default 2000 */
  probeMs?: number;
  /** Pause before the first probe; it doubles up to `maxPauseMs`. @default 250 */
  pauseMs?: number;
  /** @default 5000 */
  maxPauseMs?: number;
  /** Told when the other side goes away, with the reason, and when it is back. */
  onChange?(away: boolean, error?: unknown): void;
}

/** How a circuit stands. "idle": nobody has called yet. */
export interface CircuitHealth {
  readonly state: "idle" | "ok" | "away";
  readonly since: Date;
}

/**
 * Calls go through `use`. The first failure or timeout opens the circuit: the connection is given up with all that waits
 * on it, calls reject at once, and one probe at a time, ever less often, looks whether the other side is back.
 */
export class Circuit<C> {
  #options: Required<Omit<CircuitOptions<C>, "onChange">> & Pick<CircuitOptions<C>, "onChange">;
  #state: CircuitHealth = { state: "idle", since: new Date() };
  #connection: C | undefined;
  #connecting: Promise<C> | undefined;
  #giveUp = new AbortController();
  #probe: ReturnType<typeof setTimeout> | undefined;
  #pauseMs: number;
  #closed = false;

  constructor(options: CircuitOptions<C>) {
    this.#options = { deadlineMs: 250, probeMs: 2_000, pauseMs: 250, maxPauseMs: 5_000, ...options };
    this.#pauseMs = this.#options.pauseMs;
  }

  /** Runs `work` on the connection. Throws `UnavailableError`, at once or by the deadline; refusals come as they are. */
  async use<T>(work: (connection: C) => Promise<T>): Promise<T> {
    if (this.#closed) throw this.#away("it is closed");
    if (this.#state.state === "away") throw this.#away("it did not answer before");
    let used: C | undefined;
    const run = async () => work(used = this.#connection ?? await this.#connect());
    try {
      return await withinDeadline(run(), this.#options.deadlineMs);
    } catch (error) {
      if (used !== undefined && this.#options.isRefusal(error)) throw error;
      this.#open(used, error);
      throw this.#away(error instanceof Error ? error.message : String(error), error);
    }
  }

  /** Says that a connection broke by itself, between calls. */
  broke(connection: C, error: unknown): void {
    if (connection === this.#connection) this.#open(connection, error);
  }

  /** How it stands. */
  health(): CircuitHealth {
    return this.#state;
  }

  /** Ends the connection and all probing. Safe to repeat. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#probe);
    this.#drop(this.#connection);
    this.#giveUp.abort();
    await this.#connecting?.catch(() => {}); // it was to fail
  }

  #connect(): Promise<C> {
    this.#connecting ??= this.#attempt().finally(() => this.#connecting = undefined);
    return this.#connecting;
  }

  async #attempt(): Promise<C> {
    const giveUp = this.#giveUp = new AbortController();
    const { connect, drop, probeMs } = this.#options;
    const connecting = connect(giveUp.signal);
    try {
      const connection = await withinDeadline(connecting, probeMs);
      if (giveUp.signal.aborted) throw new Error("it was closed while it connected");
      clearTimeout(this.#probe);
      this.#connection = connection;
      this.#pauseMs = this.#options.pauseMs;
      this.#change("ok");
      return connection;
    } catch (error) {
      giveUp.abort();
      connecting.then(drop, () => {}); // it rejects, or answered at the last moment
      throw error;
    }
  }

  #open(connection: C | undefined, error: unknown): void {
    // Others that waited on the same connection come here, too; the next one may stand by then.
    if (this.#closed || this.#state.state === "away" || connection !== this.#connection) return;
    this.#drop(connection);
    this.#change("away", error);
    this.#probeLater();
  }

  #probeLater(): void {
    clearTimeout(this.#probe);
    this.#probe = setTimeout(() => {
      this.#connect().catch(() => {
        if (!this.#closed) this.#probeLater(); // still away: whoever cares was told when it went
      });
    }, this.#pauseMs);
    Deno.unrefTimer(this.#probe as unknown as number); // looking for Redis keeps no process alive
    this.#pauseMs = Math.min(2 * this.#pauseMs, this.#options.maxPauseMs);
  }

  #drop(connection: C | undefined): void {
    if (connection === undefined) return;
    this.#connection = undefined;
    this.#options.drop(connection);
  }

  #change(state: "ok" | "away", error?: unknown): void {
    if (this.#state.state === state) return;
    this.#state = { state, since: new Date() };
    this.#options.onChange?.(state === "away", error);
  }

  #away(reason: string, cause?: unknown): UnavailableError {
    const error = new UnavailableError(`${this.#options.name} is away: ${reason}`);
    error.cause = cause;
    return error;
  }
}
