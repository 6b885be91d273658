/** Whether two JSON values are equal; the order of fields does not count, and a field that is undefined is none. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [one, other] = [definedFields(a), definedFields(b)];
  return one.size === other.size &&
    [...one].every(([name, value]) => other.has(name) && sameJson(value, other.get(name)));
}

function definedFields(value: object): Map<string, unknown> {
  return new Map(Object.entries(value).filter(([, inner]) => inner !== undefined));
}
