/**
 * A process of its own for jobs that need the engine: where this one may not load it, an import still runs on the same
 * machine, and an engine that crashes ends only that process.
 */
import type { Log } from "@/lib/log.ts";
import { pause } from "@/lib/pause.ts";

/** How to run it. */
export interface WorkerProcessOptions {
  /** The module that works and never serves; told `--with-parent`, it ends when its standard input does. */
  entry: URL;
  log: Log;
  /** Ends the process in order. */
  signal: AbortSignal;
  /** Pause before the first restart; doubles up to a minute, and begins anew once it has lived that long. @default 1000 */
  firstPauseMs?: number;
}

const LONGEST_PAUSE_MS = 60_000;

/** Starts the process and starts it anew whenever it ends. Answers once `signal` is aborted and it has ended. */
export async function keepWorkerProcess(options: WorkerProcessOptions): Promise<void> {
  const { entry, log, signal, firstPauseMs = 1_000 } = options;
  let wait = firstPauseMs;
  while (!signal.aborted) {
    const began = performance.now();
    const code = await runOnce(entry, signal);
    if (signal.aborted) return;
    const lived = performance.now() - began;
    wait = lived > LONGEST_PAUSE_MS ? firstPauseMs : Math.min(wait * 2, LONGEST_PAUSE_MS);
    log.warn("The process that runs imports ended; it is started anew", {
      code,
      pause: wait,
      lived: Math.round(lived),
    });
    await pause(wait, signal);
  }
}

/** Its exit code. */
async function runOnce(entry: URL, signal: AbortSignal): Promise<number> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", entry.href, "--with-parent"],
    // A pipe that nobody writes to: it closes when this process ends, however it ends.
    stdin: "piped",
    stdout: "inherit",
    stderr: "inherit",
  }).spawn();
  const stop = () => {
    try {
      child.kill("SIGTERM");
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // it has ended already
    }
  };
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted) stop();
  try {
    return (await child.status).code;
  } finally {
    signal.removeEventListener("abort", stop);
    await child.stdin.close().catch(() => {}); // it closed with the process
  }
}
