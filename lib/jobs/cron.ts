/** Wakes the runner each minute: by `Deno.cron` where it is there, by a timer elsewhere. It only wakes, it decides nothing. */
import type { Log } from "@/lib/log.ts";
import type { JobRunner } from "./runner.ts";

/** How to wake. */
export interface WakeOptions {
  signal: AbortSignal;
  log: Log;
  /** How long a wake keeps the platform from stopping an idle instance. @default 50000 */
  budgetMs?: number;
}

/** Begins to wake the runner, now and each minute until the signal aborts. Call it before the server listens. */
export function wakeEachMinute<S>(
  runner: Pick<JobRunner<S>, "wake">,
  { signal, log, budgetMs = 50_000 }: WakeOptions,
): void {
  if (signal.aborted) return;
  // Awaited up to the budget only: runs that take longer go on, and the next minute's wake is not held up by them.
  const wake = () => atMost(runner.wake(), budgetMs, signal);
  // Absent without the flag, whatever the types say.
  const cron = Deno.cron as typeof Deno.cron | undefined;
  if (typeof cron === "function") {
    // No retries of its own: a wake never fails, and a retry would hold up the next minute.
    cron("tessera jobs", "* * * * *", { backoffSchedule: [], signal }, wake).catch((error) => {
      if (!signal.aborted) log.error("Deno.cron ended: jobs wait for the next start", { error });
    });
  } else {
    const timer = setInterval(() => void wake(), 60_000);
    signal.addEventListener("abort", () => clearInterval(timer), { once: true });
  }
  void wake();
}

async function atMost(work: Promise<void>, milliseconds: number, signal: AbortSignal): Promise<void> {
  const over = Promise.withResolvers<void>();
  const end = () => over.resolve();
  const timer = setTimeout(end, milliseconds);
  signal.addEventListener("abort", end, { once: true });
  await Promise.race([work, over.promise]);
  clearTimeout(timer);
  signal.removeEventListener("abort", end);
}
