/** How many wrong tokens may come from one place. */
export interface TryLimitOptions {
  /** @default 20 */
  most?: number;
  /** @default 60000 */
  windowMs?: number;
  /** Places that are remembered; the oldest is forgotten first. @default 10000 */
  places?: number;
  /** @default performance.now */
  now?: () => number;
}

/** Counts wrong tokens by the address they come from. */
export interface TryLimit {
  /** Notes a wrong token. Answers the seconds to wait where there were too many, else 0. */
  wrong(address: string): number;
}

/**
 * A limit on guessing, in memory. Only what is wrong counts, so that a flood of guesses, even through one proxy, never
 * locks out whoever has the token.
 */
export function createTryLimit(options: TryLimitOptions = {}): TryLimit {
  const { most = 20, windowMs = 60_000, places = 10_000, now = () => performance.now() } = options;
  const tries = new Map<string, { since: number; count: number }>();
  return {
    wrong(address) {
      const place = network(address);
      const at = now();
      let standing = tries.get(place);
      if (!standing || at - standing.since >= windowMs) {
        standing = { since: at, count: 0 };
        tries.delete(place); // to the end: the oldest stands first
        tries.set(place, standing);
        if (tries.size > places) tries.delete(tries.keys().next().value!);
      }
      standing.count++;
      return standing.count > most ? Math.max(1, Math.ceil((standing.since + windowMs - at) / 1_000)) : 0;
    },
  };
}

/** One customer of a provider has a whole /64 of IPv6 addresses. */
function network(address: string): string {
  if (!address.includes(":")) return address;
  const [head = "", tail] = address.split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail ? tail.split(":") : [];
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - before.length - after.length)).fill("0");
  return [...before, ...zeros, ...after].slice(0, 4).join(":");
}
