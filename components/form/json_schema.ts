/** A part of JSON Schema: what a widget's options are made of, with what their author says of each field. */
export interface JsonSchema {
  type?: string | string[];
  /** The words beside the field. */
  label?: string;
  /** A sentence under it. */
  help?: string;
  /** What stands in an empty field. */
  placeholder?: string;
  /** The words where a value has not the form of `pattern`. */
  fault?: string;
  control?: string;
  /** Shown only while other fields beside it have these values. */
  when?: Record<string, Wanted>;
  /** Words for the values of a choice. */
  titles?: Record<string, string>;
  enum?: (string | number)[];
  const?: unknown;
  default?: unknown;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  multipleOf?: number;
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  format?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  oneOf?: JsonSchema[];
  anyOf?: JsonSchema[];
  $ref?: string;
  $defs?: Record<string, JsonSchema>;
}

/** What another field must have: a value, one of several, or any at all. */
export type Wanted = string | number | boolean | (string | number | boolean)[] | { set: boolean };

/** What forms know of a dataset. */
export interface FormDataset {
  id: string;
  title: string;
  columns: { name: string; title: string; role: string; additive?: boolean }[];
  metrics: { name: string; title: string; formula?: string }[];
}

/** The control of a field: its author's, or what its type asks for. `fixed` is not drawn. */
export function controlOf(schema: JsonSchema): string {
  if (schema.control) return schema.control;
  if (schema.const !== undefined) return "fixed";
  if (schema.enum) return "choice";
  if (variantsOf(schema)) return "variant";
  switch (schema.type) {
    case "boolean":
      return "switch";
    case "number":
    case "integer":
      return "number";
    case "array":
      return listControl(schema.items ?? {});
    case "object":
      return "group";
    default:
      return "text";
  }
}

function listControl(items: JsonSchema): string {
  if (items.enum) return "choices";
  return items.type === "object" || items.properties ? "rows" : "list";
}

/** A schema as forms read it: references followed, and "or null" taken for what it is, a field that may be empty. */
export function plainSchema(schema: JsonSchema, defs: Record<string, JsonSchema> = {}): JsonSchema {
  const { $ref, ...own } = schema;
  const referred = $ref === undefined ? undefined : defs[$ref.replace(/^#\/\$defs\//, "")];
  const whole = referred ? { ...referred, ...own } : schema;
  if (Array.isArray(whole.type)) {
    const type = whole.type.find((one) => one !== "null");
    return { ...whole, type };
  }
  const branches = whole.anyOf?.filter(({ type }) => type !== "null");
  if (whole.anyOf && branches?.length === 1 && branches.length < whole.anyOf.length) {
    const { anyOf: _anyOf, ...rest } = whole;
    return { ...plainSchema(branches[0]!, defs), ...rest };
  }
  return whole;
}

/** The branches of a choice between objects, and the field that tells which one it is; null where it is no such choice. */
export function variantsOf(schema: JsonSchema): { by: string; branches: JsonSchema[] } | null {
  const branches = schema.oneOf ?? schema.anyOf;
  if (!branches || branches.length === 0) return null;
  const [first] = branches;
  const by = Object.keys(first?.properties ?? {}).find((name) =>
    branches.every(({ properties }) => typeof properties?.[name]?.const === "string")
  );
  return by === undefined ? null : { by, branches };
}

/** The words beside a field. */
export function labelOf(name: string, schema: JsonSchema): string {
  if (schema.label) return schema.label;
  const words = name.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`).replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const WORDS: Record<string, string> = { desc: "Highest first", asc: "Lowest first" };

/** The words for a value of a choice: its author's, or the value itself as words. */
export function titleOf(value: string | number, { titles }: Pick<JsonSchema, "titles"> = {}): string {
  const text = String(value);
  return titles?.[text] ?? WORDS[text] ?? text.charAt(0).toUpperCase() + text.slice(1).replace(/[-_]/g, " ");
}
