/** What a field begins with, so that a new widget or a new row is right at once. Pure. */
import { controlOf, type FormDataset, type JsonSchema, labelOf, plainSchema, variantsOf } from "./json_schema.ts";

/** What a field begins with; undefined where nothing is known that would fit. */
export function startingValue(name: string, schema: JsonSchema, dataset?: FormDataset, defs = {}): unknown {
  if (schema.default !== undefined) return schema.default;
  if (schema.const !== undefined) return schema.const;
  switch (controlOf(schema)) {
    case "dataset":
      return dataset?.id;
    case "metric":
      return (dataset?.metrics.find(({ name }) => name === "spend") ?? dataset?.metrics[0])?.name;
    case "dimension":
      return dataset?.columns.find(({ role }) => role === "dimension")?.name;
    case "colour":
      return "series-1";
    case "range":
      return { last: 28, unit: "day" };
    case "filter":
      return { and: [] };
    case "choice":
    case "grain":
      return schema.enum?.[0];
    case "switch":
      return false;
    case "number":
      return startingNumber(schema);
    case "choices":
      return schema.items?.enum?.slice(0, schema.minItems ?? 0) ?? [];
    case "list":
    case "rows":
    case "metrics":
    case "dimensions":
      return [];
    case "variant":
      return startingObject(variantsOf(schema)!.branches[0]!, dataset, defs);
    case "group":
      return startingObject(schema, dataset, defs);
    default:
      return startingText(name, schema);
  }
}

/** An object of its required fields. */
export function startingObject(schema: JsonSchema, dataset?: FormDataset, defs = {}): Record<string, unknown> {
  const fields = Object.entries(schema.properties ?? {}).filter(([name]) => schema.required?.includes(name));
  return Object.fromEntries(
    fields.map(([name, field]) => [name, startingValue(name, plainSchema(field, defs), dataset, defs)])
      .filter(([, value]) => value !== undefined),
  );
}

function startingNumber({ minimum, exclusiveMinimum, multipleOf }: JsonSchema): number {
  if (exclusiveMinimum !== undefined) return multipleOf ?? exclusiveMinimum + 1;
  return minimum !== undefined && minimum > -1e15 ? Math.max(minimum, 0) : 0;
}

function startingText(name: string, schema: JsonSchema): string | undefined {
  if (schema.format || schema.pattern) return undefined;
  return (schema.minLength ?? 0) > 0 ? labelOf(name, schema).padEnd(schema.minLength!, ".") : "";
}
