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
    return (a: Parts, b: Parts) =>
      nothingLast(
        evaluateFormula(by.formula, a),
        evaluateFormula(by.formula, b),
        (left, right) => sign * (left - right),
      );
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
function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const [left, right] = [Array.from(a), Array.from(b)];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const place = left[i]!.codePointAt(0)! - right[i]!.codePointAt(0)!;
    if (place !== 0) return place;
  }
  return left.length - right.length;
}
