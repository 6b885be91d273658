/** A part of JSON Schema: what a widget's options are made of, with the label and the control that its author gave. */
export interface JsonSchema {
  type?: string;
  label?: string;
  help?: string;
  control?: string;
  enum?: (string | number)[];
  default?: unknown;
  minimum?: number;
  maximum?: number;
  maxItems?: number;
  maxLength?: number;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
}

/** What forms know of a dataset. */
export interface FormDataset {
  id: string;
  title: string;
  columns: { name: string; title: string; role: string }[];
  metrics: { name: string; title: string }[];
}

/** The control of a field: its author's, or what its type asks for. */
export function controlOf(schema: JsonSchema): string {
  if (schema.control) return schema.control;
  if (schema.enum) return "choice";
  if (schema.type === "boolean") return "switch";
  if (schema.type === "number" || schema.type === "integer") return "number";
  if (schema.type === "array") return "list";
  return schema.type === "object" ? "group" : "text";
}

/** The words beside a field. */
export function labelOf(name: string, schema: JsonSchema): string {
  if (schema.label) return schema.label;
  const words = name.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`).replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What is wrong with a number, for people; null for one that fits. */
export function numberFault(value: number, { type, minimum, maximum }: JsonSchema): string | null {
  if (!Number.isFinite(value)) return "Write a number";
  if (type === "integer" && !Number.isInteger(value)) return "Write a whole number";
  if (minimum !== undefined && value < minimum && minimum > -1e15) return `Write ${minimum} or more`;
  if (maximum !== undefined && value > maximum && maximum < 1e15) return `Write ${maximum} or less`;
  return null;
}
