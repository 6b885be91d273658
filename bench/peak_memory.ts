/** The most memory that this process held while something was done. */

const EVERY_MS = 10;

/** Runs `work`; answers what it answers, and the largest resident size in MB that was seen meanwhile. */
export async function withPeak<T>(work: () => Promise<T>): Promise<{ result: T; megabytes: number }> {
  let peak = Deno.memoryUsage().rss;
  const look = () => void (peak = Math.max(peak, Deno.memoryUsage().rss));
  const timer = setInterval(look, EVERY_MS);
  try {
    const result = await work();
    look();
    return { result, megabytes: peak / 1e6 };
  } finally {
    clearInterval(timer);
  }
}
