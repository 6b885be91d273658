import type { z } from "zod";
import { InputError } from "@/lib/errors.ts";
import { conditionSchema, type MetricQuery, metricQuerySchema } from "@/lib/model/mod.ts";
import { didYouMean } from "./nearest_name.ts";
import { inUsualWords } from "./usual_words.ts";

/** Groups of filters nested deeper are refused before anything walks them. */
const MAX_FILTER_DEPTH = 8;

/** Names that may stand in each part of a question, for telling which one was meant. */
const KEYS: Record<string, string[]> = {
  "": Object.keys(metricQuerySchema.shape),
  metrics: ["name", "formula", "title", "format", "better", "shadow"],
  range: ["from", "to", "last", "unit", "this", "previous", "all", "includeToday"],
  filters: ["and", "or", "field", "op", "value"],
  order: ["by", "direction"],
};
const OPERATORS: string[] = conditionSchema.options.flatMap(({ shape }) => [...shape.op._zod.values].map(String));

/** Reads a question from outside. Throws `InputError` (400) naming the field and, for a misspelt name, the nearest. */
export function parseMetricQuery(input: unknown): MetricQuery {
  if (typeof input !== "object" || input === null || Array.isArray(input)) {
    throw badQuery("", `a question is an object such as {"dataset": "ads", "metrics": ["spend"]}`);
  }
  if ("filters" in input) checkDepth(input.filters, 0);
  const parsed = metricQuerySchema.safeParse(inUsualWords({ ...input }, MAX_FILTER_DEPTH));
  if (parsed.success) return parsed.data;
  // A misspelt field is the cause where another one seems to be missing.
  const issue = parsed.error.issues.find(({ code }) => code === "unrecognized_keys") ?? parsed.error.issues[0];
  if (!issue) throw badQuery("", "it does not fit the form of a question");
  const { path, message } = describe(issue, input);
  throw badQuery(path, message);
}

/** The error for a field of a question: `code`, the field's path in `extra.field`. */
export function queryError(code: string, field: string, message: string, status: 400 | 422 = 422): InputError {
  return new InputError(code, `Cannot answer the question: ${field ? `${field}: ` : ""}${message}`, { field }, status);
}

function badQuery(field: string, message: string): InputError {
  return queryError("bad-query", field, message, 400);
}

function checkDepth(filter: unknown, depth: number): void {
  if (typeof filter !== "object" || filter === null) return;
  if (depth > MAX_FILTER_DEPTH) {
    throw badQuery("filters", `groups are nested deeper than ${MAX_FILTER_DEPTH} levels; flatten them`);
  }
  for (const group of ["and", "or"] as const) {
    const members = (filter as Record<string, unknown>)[group];
    if (Array.isArray(members)) { for (const member of members) checkDepth(member, depth + 1); }
  }
}

type Issue = z.core.$ZodIssue;

function describe(issue: Issue, input: unknown): { path: string; message: string } {
  const found = deepest(issue, []);
  const path = found.path.map((key) => typeof key === "number" ? `[${key}]` : `.${String(key)}`).join("").slice(1);
  const value = found.path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], input);
  const said = value === undefined ? "" : `, not ${JSON.stringify(value)?.slice(0, 80)}`;
  switch (found.issue.code) {
    case "unrecognized_keys": {
      const key = found.issue.keys[0] ?? "";
      const names = KEYS[String(found.path[0] ?? "")] ?? [];
      return { path, message: `there is no field "${key}"${didYouMean(key, names)}` };
    }
    case "invalid_value": {
      const names = found.issue.values.map(String);
      const meant = typeof value === "string" ? didYouMean(value, names) : "";
      return { path, message: `must be one of ${names.join(", ")}${said}${meant}` };
    }
    case "invalid_union": {
      // No branch fits: a condition without a known operator, or something of another shape altogether.
      const op = typeof value === "object" && value !== null && "op" in value ? value.op : value;
      if (path.endsWith(".op") || (typeof value === "object" && value !== null && "op" in value)) {
        const field = path.endsWith(".op") ? path : `${path}.op`;
        return {
          path: field,
          message: `must be one of ${OPERATORS.join(", ")}, not ${JSON.stringify(op)}${
            didYouMean(String(op), OPERATORS)
          }`,
        };
      }
      return { path, message: `does not fit any form it may have${said}` };
    }
    case "invalid_type":
      return { path, message: value === undefined ? "is missing" : `must be ${article(found.issue.expected)}${said}` };
    default:
      return { path, message: `${found.issue.message.toLowerCase()}${said}` };
  }
}

/** Of a union that no branch fits, the complaint of the branch that got furthest. */
function deepest(issue: Issue, base: PropertyKey[]): { issue: Issue; path: PropertyKey[] } {
  const path = [...base, ...issue.path];
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return { issue, path };
  const branches = issue.errors
    .filter((issues) => issues.length > 0)
    .map((issues) => ({ issues, missing: issues.filter((one) => one.code === "invalid_type").length }));
  branches.sort((a, b) =>
    depth(b.issues) - depth(a.issues) || a.missing - b.missing || a.issues.length - b.issues.length
  );
  const best = branches[0]?.issues.find((one) => one.code !== "invalid_type") ?? branches[0]?.issues[0];
  return best ? deepest(best, path) : { issue, path };
}

function depth(issues: Issue[]): number {
  return Math.max(...issues.map((issue) => issue.path.length));
}

function article(expected: string): string {
  return /^[aeiou]/.test(expected) ? `an ${expected}` : `a ${expected}`;
}
