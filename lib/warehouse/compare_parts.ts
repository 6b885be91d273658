import { evaluateFormula } from "./evaluate_formula.ts";
import type { FactQuery, FactRows } from "./mod.ts";

type Parts = FactRows["rows"][number];

/** Orders groups as stores do: by the order asked for, then by the groups; text by code points, nothing last. */
export function compareParts(order: FactQuery["order"], ids: string[]): (a: Parts, b: Parts) => number {
  const byGroup = (id: string, sign: number) => (a: Parts, b: Parts) =>
    nothingLast(a[id] ?? null, b[id] ?? null, (left, right) => sign * compareText(String(left), String(right)));
  const steps = order.map(({ by, direction }) => {
    const sign = direction === "desc" ? -1 : 1;
    if ("group" in by) return byGroup(by.group, sign);
    const known = new Map<Parts, number | null>(); // each is compared many times
    const value = (parts: Parts) => {
      let found = known.get(parts);
      if (found === undefined) known.set(parts, found = evaluateFormula(by.formula, parts));
      return found;
    };
    return (a: Parts, b: Parts) => nothingLast(value(a), value(b), (left, right) => sign * (left - right));
  });
  const all = [...steps, ...ids.map((id) => byGroup(id, 1))];
  return (a, b) => {
    for (const step of all) {
      const place = step(a, b);
      if (place !== 0) return place;
    }
    return 0;
  };
}

function nothingLast<T>(a: T | null, b: T | null, compare: (a: T, b: T) => number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return compare(a, b);
}

/** By code points: `<` goes by UTF-16, where the rarest characters come before some others. */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const [left, right] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (left === right) continue;
    // Halves of a pair stand for code points past all others.
    const isPair = (unit: number) => unit >= 0xd800 && unit <= 0xdfff;
    return isPair(left) === isPair(right) ? left - right : isPair(left) ? 1 : -1;
  }
  return a.length - b.length;
}
