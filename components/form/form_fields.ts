/** Which fields a form shows: those of the branch that was chosen, and those whose conditions hold. Pure. */
import { controlOf, type JsonSchema, labelOf, plainSchema, titleOf, variantsOf, type Wanted } from "./json_schema.ts";
import { startingValue } from "./starting_value.ts";

/** A field to draw. */
export interface FormField {
  name: string;
  schema: JsonSchema;
  required: boolean;
  /** It tells which branch the other fields are of: its change replaces them. */
  switches?: JsonSchema[];
}

/** Fields to set and to take away, as one change. */
export interface FormChange {
  set: Record<string, unknown>;
  unset: string[];
}

type Values = Record<string, unknown>;

/** The fields to draw for some values, in the order of their schema. */
export function formFields(schema: JsonSchema, value: Values, defs: Record<string, JsonSchema> = {}): FormField[] {
  const variants = variantsOf(schema);
  if (!variants) return objectFields(schema, value, defs);
  const { by, branches } = variants;
  const chosen = branchOf(branches, by, value);
  const kinds = branches.map((branch) => String(branch.properties![by]!.const));
  const titles = Object.fromEntries(
    branches.map((branch, index) => [kinds[index]!, branch.label ?? titleOf(kinds[index]!)]),
  );
  const switching: JsonSchema = { ...chosen.properties![by], const: undefined, type: "string", enum: kinds, titles };
  return [
    { name: by, schema: { ...switching, label: labelOf(by, switching) }, required: true, switches: branches },
    ...objectFields(chosen, value, defs),
  ];
}

/** Going over to another branch: fields that both have stay, the others begin anew. */
export function branchChange(branches: JsonSchema[], by: string, value: Values, kind: string, defs = {}): FormChange {
  const next = branches.find((branch) => branch.properties?.[by]?.const === kind) ?? branches[0]!;
  const set: Values = { [by]: kind };
  for (const [name, field] of Object.entries(next.properties ?? {})) {
    if (name === by || value[name] !== undefined || !next.required?.includes(name)) continue;
    const start = startingValue(name, plainSchema(field, defs));
    if (start !== undefined) set[name] = start;
  }
  return { set, unset: Object.keys(value).filter((name) => !Object.hasOwn(next.properties ?? {}, name)) };
}

/** An object with a change to its fields. */
export function changed(value: Values, { set, unset }: FormChange): Values {
  const kept = Object.entries(value).filter(([name]) => !unset.includes(name));
  return { ...Object.fromEntries(kept), ...set };
}

function objectFields(schema: JsonSchema, value: Values, defs: Record<string, JsonSchema>): FormField[] {
  const fields = Object.entries(schema.properties ?? {});
  const held = Object.fromEntries(fields.map(([name, field]) => [name, value[name] ?? field.default]));
  return fields.map(([name, field]) => ({ name, schema: plainSchema(field, defs), required: isRequired(schema, name) }))
    .filter(({ schema }) => controlOf(schema) !== "fixed" && holds(schema.when, held));
}

function isRequired(schema: JsonSchema, name: string): boolean {
  return schema.required?.includes(name) ?? false;
}

function branchOf(branches: JsonSchema[], by: string, value: Values): JsonSchema {
  return branches.find((branch) => branch.properties?.[by]?.const === value[by]) ?? branches[0]!;
}

function holds(when: Record<string, Wanted> = {}, held: Values): boolean {
  return Object.entries(when).every(([name, wanted]) => {
    const value = held[name];
    if (Array.isArray(wanted)) return wanted.includes(value as string);
    if (typeof wanted !== "object") return value === wanted;
    const isSet = value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && !value.length);
    return isSet === wanted.set;
  });
}
