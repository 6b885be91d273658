/** Rules: what rows of a dataset must be like, as data, and what becomes of an import where they are not. */
import { z } from "zod";
import { slugSchema } from "./ids.ts";
import { patternFault } from "./pattern_fault.ts";

/** `reject` sets the row aside with the reason, `flag` lets it in and lists it, `fail` refuses the whole import. */
export const ruleActionSchema = z.enum(["reject", "flag", "fail"]);
/** What a broken rule does. */
export type RuleAction = z.output<typeof ruleActionSchema>;

/** Makes the schema of one kind of rule. */
function kind<Kind extends string, Shape extends z.core.$ZodLooseShape>(name: Kind, shape: Shape) {
  return z.strictObject({
    kind: z.literal(name),
    /** Lasting name, unique in the dataset: rule outcomes of imports are kept under it. */
    id: z.string().regex(/^[a-z][a-z0-9._-]{0,99}$/, "use lower-case letters, digits, dots, - and _"),
    /** What a broken rule does. */
    action: ruleActionSchema.default("flag"),
    /** Percent of the rows that may break it before the action is taken; up to it they are flagged. */
    threshold: z.number().min(0).max(100).default(0),
    /** A rule that is off is kept and not asked. */
    off: z.boolean().default(false),
    ...shape,
  });
}

const column = slugSchema;
const columns = z.array(slugSchema).min(1).max(8);
const patternSchema = z.string().min(1).max(500).superRefine((pattern, context) => {
  const message = patternFault(pattern);
  if (message) context.addIssue({ code: "custom", message });
});

/** One rule of a dataset. Numbers are in units, not micros. */
export const ruleSchema = z.discriminatedUnion("kind", [
  /** A cell that holds something can be read as the column's type. A flagged one counts as empty. */
  kind("type", { column }),
  /** The column has a value in every row. */
  kind("required", { column }),
  /** The number lies between the bounds, both inclusive. */
  kind("range", { column, min: z.number().optional(), max: z.number().optional() }),
  /** The whole text fits a regular expression (RE2: no look-around, no back-references, so it always ends). */
  kind("pattern", { column, pattern: patternSchema }),
  /** The text is one of these. */
  kind("one-of", { column, values: z.array(z.string().max(500)).min(1).max(1_000) }),
  /** No two rows of a file have the same values in all of these columns; rows that lack one are left out. */
  kind("unique", { columns }),
  /** The parts together are at most the whole, or exactly it: clicks and impressions. */
  kind("sum-of-parts", { parts: columns, whole: column, compare: z.enum(["at-most", "equal"]).default("at-most") }),
  /** The value stands in a column of another dataset. */
  kind("related", { column, dataset: slugSchema, other: slugSchema }),
  /** The day is not after today, in the dataset's time zone. */
  kind("not-future", {}),
  /** The newest day of the file is at most so many days old. */
  kind("fresh", { days: z.int().min(1).max(3_650) }),
  /** A day's sum, per platform, differs from the usual (the median of the 56 days before the file's) by at most so much. */
  kind("usual", { column, percent: z.number().min(1).max(100_000) }),
]);
/** One rule of a dataset. */
export type Rule = z.output<typeof ruleSchema>;
/** One rule as authors write it, defaults left out. */
export type RuleInput = z.input<typeof ruleSchema>;
/** What a rule looks at. */
export type RuleKind = Rule["kind"];

/** What came of one rule in one import. */
export const ruleOutcomeSchema = z.looseObject({
  rule: z.string(),
  /** Whose rule it is, once an import keeps it: a file may go to several datasets. */
  dataset: slugSchema.optional(),
  kind: z.string(),
  /** The rule in words, as it was then. */
  title: z.string(),
  action: ruleActionSchema,
  /** Rows that break it; days for `usual`. */
  broken: z.int(),
  /** `tolerated`: fewer than the threshold, so they were only flagged. */
  result: z.enum(["kept", "flagged", "tolerated", "rejected", "failed", "not-checked"]),
  /** The first cases, or why it was not checked. */
  note: z.string().optional(),
});
/** What came of one rule in one import. */
export type RuleOutcome = z.output<typeof ruleOutcomeSchema>;

/** Every column that a rule names. */
export function ruleColumns(rule: Rule): string[] {
  if (rule.kind === "unique") return rule.columns;
  if (rule.kind === "sum-of-parts") return [...rule.parts, rule.whole];
  return "column" in rule ? [rule.column] : [];
}
