/**
 * Ends a server without cutting anything off. `Deno.HttpServer.shutdown()` makes bodies that still arrive unreadable, so
 * it comes last: first no new requests, then the ones that run, then the server.
 */
import { UnavailableError } from "@/lib/errors.ts";
import { problem } from "./problem.ts";

/** Counts requests and refuses new ones once draining. */
export interface Drain {
  /** Aborted when draining begins: event streams and timers end on it. */
  readonly signal: AbortSignal;
  readonly inFlight: number;
  /** Runs a handler, or answers 503 with Retry-After while draining. */
  handle(next: () => Response | Promise<Response>): Promise<Response>;
  /** Refuses what is new and waits for what runs. True when all had ended before the deadline. */
  drain(options?: { deadlineMs?: number }): Promise<boolean>;
}

const DEADLINE_MS = 3_000;

/** Makes a drain. Its `handle` goes around everything else. */
export function createDrain(): Drain {
  const begun = new AbortController();
  let inFlight = 0;
  let idle = Promise.withResolvers<void>();

  return {
    signal: begun.signal,
    get inFlight() {
      return inFlight;
    },
    async handle(next) {
      if (begun.signal.aborted) {
        const refusal = problem(new UnavailableError("The server is stopping; try again in a few seconds"));
        refusal.headers.set("connection", "close");
        return refusal;
      }
      inFlight++;
      try {
        return await next();
      } finally {
        if (--inFlight === 0) {
          idle.resolve();
          idle = Promise.withResolvers<void>();
        }
      }
    },
    async drain({ deadlineMs = DEADLINE_MS } = {}) {
      begun.abort(new DOMException("The server is stopping", "AbortError"));
      if (inFlight === 0) return true;
      return await within(idle.promise, deadlineMs);
    },
  };
}

/** Drains, then shuts the server down. Answers whether everything ended in time; never takes longer than told. */
export async function drainAndShutdown(
  server: Pick<Deno.HttpServer, "shutdown">,
  drain: Drain,
  { deadlineMs = DEADLINE_MS }: { deadlineMs?: number } = {},
): Promise<boolean> {
  const until = performance.now() + deadlineMs;
  const ended = await drain.drain({ deadlineMs });
  // Answers that still stream are finished by this; a client that never reads must not hold it up.
  const shut = await within(server.shutdown(), Math.max(until - performance.now(), 200));
  return ended && shut;
}

async function within(work: Promise<void>, milliseconds: number): Promise<boolean> {
  const over = Promise.withResolvers<false>();
  const timer = setTimeout(() => over.resolve(false), milliseconds);
  try {
    return await Promise.race([work.then(() => true), over.promise]);
  } finally {
    clearTimeout(timer);
  }
}
