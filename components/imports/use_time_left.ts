import { useEffect, useRef, useState } from "preact/hooks";
import type { ImportJob } from "@/lib/model/mod.ts";

/** How much of an import's time is over once its rows are read; the rest is checking and publishing. */
const READ_SHARE = 0.44;

/** Seconds until an import is done, from how long reading its rows took; null until they are read, and when late. */
export function useTimeLeft({ state, progress }: Pick<ImportJob, "state" | "progress">): number | null {
  const seen = useRef<number | null>(null);
  const [, tick] = useState(0);
  const knows = state === "running" && progress.rows > 0 && progress.rowsPerSecond > 0;
  useEffect(() => {
    if (!knows) return;
    const timer = setInterval(() => tick((n) => n + 1), 1_000);
    return () => clearInterval(timer);
  }, [knows]);
  if (!knows) return null;
  seen.current ??= performance.now();
  return secondsLeft(progress, (performance.now() - seen.current) / 1_000);
}

/** From the time that reading took, less what went by since; null once that is over. */
export function secondsLeft({ rows, rowsPerSecond }: ImportJob["progress"], since: number): number | null {
  const reading = rows / rowsPerSecond;
  const left = reading * (1 / READ_SHARE - 1) - since;
  return left > 0 ? left : null;
}
