import type { FieldChange } from "./change_fields.ts";
import { sameJson } from "./same_json.ts";

/** The change that makes the fields of one object those of another; null where they are the same. */
export function fieldsBetween(
  before: Record<string, unknown>,
  after: Record<string, unknown>,
  without: string[],
): FieldChange | null {
  const has = (object: Record<string, unknown>, name: string) =>
    Object.hasOwn(object, name) && object[name] !== undefined;
  const names = new Set([...Object.keys(before), ...Object.keys(after)].filter((name) => !without.includes(name)));
  const set: [string, unknown][] = [];
  const unset: string[] = [];
  for (const name of names) {
    if (!has(after, name)) {
      if (has(before, name)) unset.push(name);
    } else if (!has(before, name) || !sameJson(before[name], after[name])) set.push([name, after[name]]);
  }
  return set.length + unset.length > 0 ? { set: Object.fromEntries(set), unset } : null;
}
