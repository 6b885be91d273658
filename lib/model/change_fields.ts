/** Fields of an object as data: what to set and what to take away, with what takes that back. Pure, and free of zod. */

/** Fields to set and fields to take away. */
export interface FieldChange {
  set: Record<string, unknown>;
  unset: string[];
}

/** A command that does not fit the dashboard it is applied to. */
export class CommandError extends Error {
  override name = "CommandError";
}

/** The object with the change, and the change that takes it back exactly. */
export function changeFields(
  before: Record<string, unknown>,
  { set, unset }: FieldChange,
): { after: Record<string, unknown>; inverse: FieldChange } {
  const fields = new Map(Object.entries(before));
  const old: [string, unknown][] = [];
  const fresh: string[] = [];
  for (const name of new Set([...Object.keys(set), ...unset])) {
    if (fields.has(name)) old.push([name, fields.get(name)]);
    else if (Object.hasOwn(set, name)) fresh.push(name);
  }
  for (const [name, value] of Object.entries(set)) fields.set(name, value);
  for (const name of unset) fields.delete(name);
  return {
    after: Object.fromEntries(fields),
    inverse: { set: Object.fromEntries(old), unset: fresh.filter((name) => !unset.includes(name)) },
  };
}
