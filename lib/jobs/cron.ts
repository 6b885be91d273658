/** Wakes the runner each minute: by `Deno.cron` where it is there, by a timer elsewhere. It only wakes, it decides nothing. */
import type { Log } from "@/lib/log.ts";
import type { JobRunner } from "./runner.ts";

/** How to wake. */
export interface WakeOptions {
  signal: AbortSignal;
  log: Log;
  /** How long a wake keeps the platform from stopping an idle instance. @default 50000 */
  budgetMs?: number;
  /** Wakes as often as this besides, where other processes put work into the queue. @default never */
  pollMs?: number;
  /** False where the platform reads its crons from the entry module: then `registerPlatformCron` is the one. @default true */
  cron?: boolean;
}

const NAME = "tessera jobs";
const EACH_MINUTE = "* * * * *";
const BUDGET_MS = 50_000;

/** Begins to wake the runner, now and each minute until the signal aborts. Call it before the server listens. */
export function wakeEachMinute<S>(
  runner: Pick<JobRunner<S>, "wake">,
  { signal, log, budgetMs = BUDGET_MS, pollMs, cron: byCron = true }: WakeOptions,
): void {
  if (signal.aborted) return;
  // Awaited up to the budget only: runs that take longer go on, and the next minute's wake is not held up by them.
  const wake = () => atMost(runner.wake(), budgetMs, signal);
  // Absent without the flag, whatever the types say.
  const cron = Deno.cron as typeof Deno.cron | undefined;
  if (byCron && typeof cron === "function") {
    // No retries of its own: a wake never fails, and a retry would hold up the next minute.
    cron(NAME, EACH_MINUTE, { backoffSchedule: [], signal }, wake).catch((error) => {
      if (!signal.aborted) log.error("Deno.cron ended: jobs wait for the next start", { error });
    });
  } else wakeEvery(60_000);
  if (pollMs !== undefined) wakeEvery(pollMs);
  void wake();

  function wakeEvery(milliseconds: number): void {
    const timer = setInterval(() => void wake(), milliseconds);
    signal.addEventListener("abort", () => clearInterval(timer), { once: true });
  }
}

/**
 * For a platform that finds crons by evaluating the entry module and starts an instance for each tick: call it while that
 * module loads. `open` opens what wakes; the tick lasts as long as the work, up to a budget, since an idle instance ends.
 */
export function registerPlatformCron<S>(
  open: () => Promise<{ jobs: Pick<JobRunner<S>, "wake">; stopping: AbortSignal }>,
): void {
  const cron = Deno.cron as typeof Deno.cron | undefined;
  if (typeof cron !== "function") return; // instances that serve wake by themselves
  void cron(NAME, EACH_MINUTE, { backoffSchedule: [] }, async () => {
    const { jobs, stopping } = await open();
    await atMost(jobs.wake(), BUDGET_MS, stopping);
  });
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
