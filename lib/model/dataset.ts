/** A dataset: a described table of facts. What its words mean is fixed here; how it is stored is the warehouse's affair. */
import { z } from "zod";
import { checkRules } from "./check_rules.ts";
import { slugSchema } from "./ids.ts";
import { ruleSchema } from "./rule.ts";
import { taxonomySchema } from "./taxonomy.ts";
import { taxonomyParts } from "./taxonomy_pattern.ts";
import { URL_PARTS } from "./url_part.ts";

/**
 * One column of a dataset.
 * Measures of type `decimal` are stored as int64 counts of 10⁻⁶ (micros), of type `integer` as int64.
 */
export const columnSchema = z.looseObject({
  name: slugSchema,
  title: z.string().min(1),
  role: z.enum(["time", "dimension", "measure"]),
  type: z.enum(["date", "text", "integer", "decimal"]),
  description: z.string().optional(),
  /** The column separates rows: it takes part in the level and the key of every row that has it. */
  identity: z.boolean().default(false),
  /** This text column is the *name* of the entity whose id stands in the named column (`campaign` labels `campaign_id`). */
  labels: slugSchema.optional(),
  /** Measures: whether values of several rows may be summed. Reach, frequency and shares may not. */
  additive: z.boolean().default(true),
  /** Measures: what is counted. `currency` amounts stand in the row's own currency. */
  unit: z.enum(["count", "currency", "ratio", "percent", "seconds"]).optional(),
  /** A row without a value here is rejected; this, the bounds and `oneOf` imply rules (`rulesOf`). */
  required: z.boolean().default(false),
  /** A value below is rejected; in units, not micros. */
  min: z.number().optional(),
  /** A value above is rejected; in units, not micros. */
  max: z.number().optional(),
  /** Text outside this list is rejected. */
  oneOf: z.array(z.string()).optional(),
  /** The column is a part of a URL in another one, where a file does not bring it itself. */
  part: z.object({ of: slugSchema, is: z.enum(URL_PARTS) }).optional(),
  /** Headers under which exports carry this column, as a person would write them; compared by `headerKey()`. */
  synonyms: z.array(z.string()).default([]),
});
/** One column of a dataset. */
export type Column = z.output<typeof columnSchema>;

/** How values of a metric are written: `lib/format` turns them into text. */
export const metricFormatSchema = z.enum(["integer", "decimal", "currency", "percent", "ratio", "seconds"]);
/** How values of a metric are written. */
export type MetricFormat = z.output<typeof metricFormatSchema>;

/** A named aggregate (`sum(spend)`) or a formula over metrics (`clicks / impressions`). */
export const metricSchema = z.looseObject({
  name: slugSchema,
  title: z.string().min(1),
  /** Source text in the formula language of `lib/query/formula`. */
  formula: z.string().min(1).max(2_000),
  format: metricFormatSchema,
  /** Which direction is good news; spend and impressions have none. */
  better: z.enum(["up", "down", "none"]).default("none"),
  description: z.string().optional(),
});
/** A named aggregate or formula. */
export type Metric = z.output<typeof metricSchema>;

/** Pre-added rows, kept per level and per currency by the warehouse. */
export const rollupSchema = z.object({ grain: z.enum(["day", "month"]), dimensions: z.array(slugSchema) });
/** Which pre-added rows a dataset keeps. */
export type Rollup = z.output<typeof rollupSchema>;

/** A dataset definition. `definitionVersion` rises with each change and is part of every cache key. */
export const datasetSchema = z.looseObject({
  id: slugSchema,
  title: z.string().min(1),
  description: z.string().optional(),
  /** IANA zone that decides what *today* is; dates are never shifted by it. */
  timeZone: z.string().default("UTC"),
  columns: z.array(columnSchema).min(1),
  metrics: z.array(metricSchema).default([]),
  rollups: z.array(rollupSchema).default([]),
  /** What rows must be like, besides what the columns imply: `rulesOf()` answers all of them. */
  rules: z.array(ruleSchema).max(60, "at most 60 rules").default([]),
  /** How names are taken apart into columns of their own. */
  taxonomies: z.array(taxonomySchema).max(10, "at most 10 patterns").default([]),
  builtIn: z.boolean().default(false),
  definitionVersion: z.int().min(1).default(1),
}).superRefine((dataset, context) => {
  const names = new Set<string>();
  for (const { name } of [...dataset.columns, ...dataset.metrics]) {
    // A base metric may carry its column's name (`spend` = sum(spend)); two columns or two metrics may not.
    const list = dataset.columns.filter((c) => c.name === name).length > 1 ||
      dataset.metrics.filter((m) => m.name === name).length > 1;
    if (list && !names.has(name)) {
      context.addIssue({ code: "custom", message: `"${name}" is defined twice; rename one` });
    }
    names.add(name);
  }
  if (dataset.columns.filter((c) => c.role === "time").length !== 1) {
    context.addIssue({ code: "custom", message: "exactly one column must have the role time; its type is date" });
  }
  for (const issue of checkRules(dataset.rules, dataset.columns)) context.addIssue(issue);
  const made = dataset.taxonomies.flatMap(({ id, column, pattern }) => [
    { what: `pattern "${id}"`, of: column, names: taxonomyParts(pattern) },
  ]).concat(
    dataset.columns.flatMap(({ name, part }) => part ? [{ what: `column "${name}"`, of: part.of, names: [name] }] : []),
  );
  for (const { what, of, names } of made) {
    const isText = (name: string) => dataset.columns.some((c) => c.name === name && c.type === "text");
    if (!isText(of)) context.addIssue({ code: "custom", message: `the ${what} takes "${of}" apart, which is no text` });
    for (const name of names) {
      // A part that made the key would make rows of other keys than the file that lacks it.
      const column = dataset.columns.find((c) => c.name === name);
      if (column?.type === "text" && column.role === "dimension" && !column.identity) continue;
      const message = column
        ? `the ${what} cannot fill "${name}": a part is a text that is not part of the key; choose another name`
        : `the ${what} fills "${name}", which is not a column`;
      context.addIssue({ code: "custom", message });
    }
  }
  for (const column of dataset.columns) {
    if (column.labels && !dataset.columns.some((c) => c.name === column.labels)) {
      context.addIssue({
        code: "custom",
        message: `column "${column.name}" labels "${column.labels}", which is not a column`,
      });
    }
  }
});
/** A dataset definition. */
export type Dataset = z.output<typeof datasetSchema>;
/** A dataset definition as authors write it, defaults left out. */
export type DatasetInput = z.input<typeof datasetSchema>;

/** The dataset's one time column. */
export function timeColumn(dataset: Dataset): Column {
  const column = dataset.columns.find((c) => c.role === "time");
  if (!column) throw new TypeError(`Cannot find the time column: dataset "${dataset.id}" has none`);
  return column;
}
