/** How things are timed: side by side, in turns, by the median. */

/** The middle value; of an even number of values the mean of the middle two. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)];
  const lower = sorted[Math.ceil(middle) - 1];
  if (upper === undefined || lower === undefined) throw new RangeError("Cannot take the median of no values");
  return (upper + lower) / 2;
}

/** Milliseconds that `work` takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** The medians of two things measured in turns (A, B, B, A …), so that a slow moment of the machine hits both. */
export async function inTurns(
  rounds: number,
  a: () => Promise<number>,
  b: () => Promise<number>,
): Promise<{ a: number; b: number }> {
  const times = { a: [] as number[], b: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    if (round % 2 === 0) {
      times.a.push(await a());
      times.b.push(await b());
    } else {
      times.b.push(await b());
      times.a.push(await a());
    }
  }
  return { a: median(times.a), b: median(times.b) };
}

/** Milliseconds spent in each method of an object, added up over calls, beside the object that does the same work. */
export function stopwatch<T extends object>(target: T, spent: Map<string, number>, role: string): T {
  return new Proxy(target, {
    get(_, name) {
      const value = Reflect.get(target, name);
      if (typeof value !== "function") return value;
      return (...args: unknown[]) => {
        const start = performance.now();
        const add = () => {
          const key = `${role}.${String(name)}`;
          spent.set(key, (spent.get(key) ?? 0) + performance.now() - start);
        };
        const result = Reflect.apply(value, target, args);
        return result instanceof Promise ? result.finally(add) : (add(), result);
      };
    },
  });
}
