/** What is wrong with a value, in words that say how to mend it; told while somebody types. Pure. */
import { controlOf, type JsonSchema } from "./json_schema.ts";

/** The fault of a field's value; null for one that fits. `undefined` and "" are no value. */
export function fieldFault(value: unknown, schema: JsonSchema, required = false): string | null {
  if (value === undefined || value === null || value === "") {
    if (!required || schema.default !== undefined || mayBeEmpty(schema)) return null;
    return /^(metric|dimension|dataset|choice|grain|colour|range)$/.test(controlOf(schema))
      ? "Choose one"
      : schema.type === "number" || schema.type === "integer"
      ? "Write a number"
      : "Write something";
  }
  if (schema.type === "number" || schema.type === "integer") return numberFault(Number(value), schema);
  if (Array.isArray(value)) return listFault(value, schema);
  return typeof value === "string" ? textFault(value, schema) : null;
}

/** What is wrong with a number, for people; null for one that fits. Bounds that zod adds by itself are none. */
export function numberFault(value: number, schema: JsonSchema): string | null {
  const { type, minimum, maximum, exclusiveMinimum: above, exclusiveMaximum: below, multipleOf } = schema;
  if (!Number.isFinite(value)) return "Write a number";
  if (type === "integer" && !Number.isInteger(value)) return "Write a whole number";
  if (minimum !== undefined && value < minimum && minimum > -1e15) return `Write ${minimum} or more`;
  if (maximum !== undefined && value > maximum && maximum < 1e15) return `Write ${maximum} or less`;
  if (above !== undefined && value <= above) return `Write more than ${above}`;
  if (below !== undefined && value >= below) return `Write less than ${below}`;
  if (multipleOf !== undefined && !isMultiple(value, multipleOf)) return `Write a multiple of ${multipleOf}`;
  return null;
}

/** Decimals of a step such as 0.1 have no exact form, so a hair's breadth counts as none. */
function isMultiple(value: number, step: number): boolean {
  const times = value / step;
  return Math.abs(times - Math.round(times)) < 1e-9 * Math.max(1, Math.abs(times));
}

const FORMS: Record<string, string> = {
  uri: "Write a whole address, such as https://example.com",
  email: "Write an e-mail address, such as you@example.com",
  date: "Write a day as year-month-day, such as 2026-01-31",
};

function textFault(value: string, schema: JsonSchema): string | null {
  const { minLength = 0, maxLength = Infinity, pattern, format, fault } = schema;
  if (value.length < minLength) {
    return minLength === 1 ? "Write something" : `Write at least ${minLength} characters; these are ${value.length}`;
  }
  if (value.length > maxLength) return `Write at most ${maxLength} characters; these are ${value.length}`;
  const form = format === undefined ? undefined : FORMS[format];
  if (format === "uri" && !URL.canParse(value)) return fault ?? form!;
  if (pattern !== undefined && !new RegExp(pattern, "u").test(value)) {
    return fault ?? form ??
      (/^\^\[a-z\]/.test(pattern)
        ? "Use small letters, digits and _, with a letter first"
        : `“${value}” has not the form that is asked for`);
  }
  if (schema.enum && !schema.enum.includes(value)) return `“${value}” is none of the choices`;
  return null;
}

function listFault(value: unknown[], schema: JsonSchema): string | null {
  const { minItems = 0, maxItems = Infinity, items } = schema;
  if (value.length < minItems) return minItems === 1 ? "Choose at least one" : `Choose at least ${minItems}`;
  if (value.length > maxItems) return `Choose at most ${maxItems}; these are ${value.length}`;
  if (!items || typeof value[0] === "object") return null; // their fields tell for themselves
  for (const [index, one] of value.entries()) {
    const fault = fieldFault(one, items, true);
    if (fault) {
      return value.length === 1 ? fault : `Line ${index + 1}: ${fault.charAt(0).toLowerCase()}${fault.slice(1)}`;
    }
  }
  return null;
}

function mayBeEmpty({ type, minLength = 0, format, pattern, enum: choices, control }: JsonSchema): boolean {
  return type === "string" && minLength === 0 && !format && !pattern && !choices &&
    (!control || control === "markdown");
}
