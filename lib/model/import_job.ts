/** An import: one run that brought rows in; the ledger lists them. */
import { z } from "zod";
import { cleaningStepSchema } from "./cleaning.ts";
import { daySchema, documentIdSchema, slugSchema } from "./ids.ts";
import { ruleOutcomeSchema } from "./rule.ts";

/** Where an import stands. `uploading` and `ready` belong to flows that a caller opts into. */
export const importStateSchema = z.enum([
  "uploading",
  "queued",
  "running",
  "needs-mapping",
  "ready",
  "published",
  "duplicate",
  "failed",
  "rolled-back",
  "cancelled",
]);
/** Where an import stands. */
export type ImportState = z.output<typeof importStateSchema>;

/**
 * read = inserted + updated + unchanged + collapsed + duplicates + rejected + totals + refused. `removed` counts rows that
 * ended.
 */
export const importCountsSchema = z.object({
  read: z.int().default(0),
  inserted: z.int().default(0),
  updated: z.int().default(0),
  unchanged: z.int().default(0),
  collapsed: z.int().default(0),
  duplicates: z.int().default(0),
  rejected: z.int().default(0),
  totals: z.int().default(0),
  removed: z.int().default(0),
  /** Rows that could be used, of a file that a rule refused as a whole; absent elsewhere. */
  refused: z.int().optional(),
});
/** Row counts of an import; they add up. */
export type ImportCounts = z.output<typeof importCountsSchema>;

/** One choice a question offers; `value` is what `answers` sends back. */
const choiceSchema = z.object({
  value: z.string(),
  title: z.string(),
  /** How the first undecided cells would read under this choice. */
  preview: z.array(z.object({ raw: z.string(), read: z.string() })).default([]),
});
/** A question that only the user can answer; the import waits in `needs-mapping`. */
export const importQuestionSchema = z.object({
  /** What `answers` uses as key: `column:<header>`, `dates:<header>`, `numbers`, `currency`, `account` … */
  id: z.string(),
  kind: z.enum([
    "dataset",
    "map-column",
    "date-order",
    "number-format",
    "currency",
    "account",
    "separates-rows",
    "fill-down",
    "range",
    "year",
    "grain",
    "older-file",
  ]),
  title: z.string(),
  detail: z.string().optional(),
  /** The header of the file's column it is about. */
  column: z.string().optional(),
  choices: z.array(choiceSchema),
});
/** A question that only the user can answer. */
export type ImportQuestion = z.output<typeof importQuestionSchema>;

/** RFC 9457 problem details, as far as an import keeps them. */
export const importErrorSchema = z.object({ code: z.string(), message: z.string(), line: z.int().optional() });

/** One finding about the file, with what decided it. */
export const findingSchema = z.object({
  topic: z.string(),
  finding: z.string(),
  evidence: z.string(),
  /** Topics `total:<column>`: whether the rows add up to what the file says. */
  agrees: z.boolean().optional(),
  /** Where the table goes that it is about; only in files of several tables. */
  dataset: slugSchema.optional(),
});
/** One finding about the file, with what decided it. */
export type Finding = z.output<typeof findingSchema>;

/** How a text that lies packed in the file (a sheet, an entry of an archive) begins, as it stands there. */
export const entryHeadSchema = z.object({
  /** The sheet or the entry; null where the file holds one text without a name. */
  entry: z.string().nullable(),
  /** Numbers of the lines that hold headers. */
  header: z.array(z.int()),
  /** In a workbook lines are rows; from 1. */
  lines: z.array(z.object({ line: z.int(), text: z.string() })),
});
/** How a text that lies packed in the file begins. */
export type EntryHead = z.output<typeof entryHeadSchema>;

/** What an import did, or would do, to the days it touches: sums over rows of its level, before and after. */
export const importChangesSchema = z.object({
  days: z.int(),
  /** Additive measures of the dataset that stand in those rows; in units, not micros. Null: nothing stood there. */
  measures: z.array(z.object({
    column: slugSchema,
    title: z.string(),
    before: z.number().nullable(),
    after: z.number().nullable(),
  })),
});
/** What an import did, or would do, to the days it touches. */
export type ImportChanges = z.output<typeof importChangesSchema>;

/** The first rows as they will stand, each cell beside what the file has there. */
export const importSampleSchema = z.object({
  columns: z.array(z.object({
    name: slugSchema,
    title: z.string(),
    role: z.enum(["time", "dimension", "measure"]),
    /** What is counted, for measures that say so. */
    unit: z.string().optional(),
    /** The file's header; null where no column of the file stands behind it. */
    header: z.string().nullable(),
  })),
  /** `read` in units, `raw` as in the file; both in the order of the columns, long texts cut. */
  rows: z.array(z.object({
    line: z.int(),
    read: z.array(z.union([z.string(), z.number(), z.null()])),
    raw: z.array(z.string().nullable()),
  })),
});
/** The first rows as they will stand. */
export type ImportSample = z.output<typeof importSampleSchema>;

/** What one table of the file became. */
export const importPartSchema = z.object({
  /** What the table is called in the file; the file's name where it has one table. */
  table: z.string(),
  /** The id under which the warehouse knows it; the import's own where it is missing. */
  import: documentIdSchema.optional(),
  platform: z.string().optional(),
  /** The day on which the report was made, where it says so. */
  made: daySchema.optional(),
  dataset: slugSchema,
  level: z.string(),
  grain: z.string(),
  range: z.object({ from: daySchema, to: daySchema }).nullable(),
  counts: importCountsSchema,
  changes: importChangesSchema.optional(),
  /** The first of its days that was not over when the report was made; absent where all were. */
  provisionalFrom: daySchema.optional(),
  /** Rows of its days, accounts and level that stand here and not in the file: they stay, unless `mode` is `replace`. */
  missing: z.int().optional(),
  sample: importSampleSchema.optional(),
  /** The version of its dataset that it made. */
  version: z.int().optional(),
});

/** One import, as stored and as `GET /api/imports/:id` answers it. */
export const importJobSchema = z.looseObject({
  id: documentIdSchema,
  workspace: slugSchema,
  /** That of its first part, once its tables are known. */
  dataset: slugSchema,
  /** Somebody said which dataset; else each table of the file tells where it belongs. */
  chosen: z.boolean().default(true),
  filename: z.string(),
  bytes: z.int().default(0),
  sha256: z.string().default(""),
  state: importStateSchema,
  mode: z.enum(["merge", "replace"]).default("merge"),
  /** Imported even where the same bytes were published and current. */
  again: z.boolean().default(false),
  /** Stops in `ready` before publishing, until `confirmed`. */
  confirm: z.boolean().default(false),
  confirmed: z.boolean().default(false),
  /** The step that runs or ran last, and how far it is. */
  step: z.enum(["upload", "recognise", "stage", "clean", "publish", "done"]).default("upload"),
  progress: z.object({ rows: z.int(), rowsPerSecond: z.number() }).default({ rows: 0, rowsPerSecond: 0 }),
  counts: importCountsSchema.prefault({}),
  parts: z.array(importPartSchema).default([]),
  /** Of an import of one part; else each part has its own. */
  changes: importChangesSchema.optional(),
  /** Of its first part; each has its own where there are several. */
  sample: importSampleSchema.optional(),
  findings: z.array(findingSchema).default([]),
  /** Of a workbook, an archive or a packed text: how the first of its texts begin. */
  heads: z.array(entryHeadSchema).default([]),
  /** What cleaning did, step by step, and what it suggests. */
  cleaning: z.array(cleaningStepSchema).default([]),
  /** What came of the dataset's rules: those of its own, and implied ones that were broken. */
  rules: z.array(ruleOutcomeSchema).default([]),
  questions: z.array(importQuestionSchema).default([]),
  /** Answers so far by question id. */
  answers: z.record(z.string(), z.string()).default({}),
  error: importErrorSchema.optional(),
  /** Rises with every run that takes the import up: one that was overtaken can write nothing more. */
  fence: z.int().default(0),
  /** The dataset version this import made, in the dataset of its first part. */
  version: z.int().optional(),
  /** When that version stood, ISO 8601: what was asked as of then sees it. */
  publishedAt: z.string().optional(),
  /** When it was taken back and put in its place again, oldest first: what was worked out in between saw it so. */
  turns: z.array(z.object({ at: z.string(), to: z.enum(["rolled-back", "published"]) })).default([]),
  /** For state `duplicate`: the import that published the same bytes. */
  duplicateOf: z.string().optional(),
  /** The rows that were set aside are no longer kept; their number stays in `counts`. */
  rejectedForgotten: z.boolean().optional(),
  /**
   * Set where it brings an import in again: which one, of which undertaking, and why: its amounts get a currency, or the
   * texts of a dataset are taken apart anew.
   */
  repeats: z.object({
    import: documentIdSchema,
    batch: documentIdSchema,
    currency: z.string().optional(),
    apart: slugSchema.optional(),
  }).optional(),
  actor: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
  milliseconds: z.number().default(0),
});
/** One import. */
export type ImportJob = z.output<typeof importJobSchema>;

/** A row that was set aside, with the reason. `line` is the first physical line of its record, from 1. */
export const rejectedRowSchema = z.object({
  line: z.int(),
  column: z.string(),
  value: z.string().nullable(),
  reason: z.string(),
  /** Which table of the file, where it has several. */
  table: z.string().optional(),
  /** Stable code of the reason: `not-a-date`, `not-a-number`, `required`, `out-of-range`, `not-one-of`, `unreadable` … */
  code: z.string(),
});
/** A row that was set aside. */
export type RejectedRow = z.output<typeof rejectedRowSchema>;

/** A row that went in although it breaks a rule. */
export const flaggedRowSchema = rejectedRowSchema.extend({ rule: z.string() });
/** A row that went in although it breaks a rule. */
export type FlaggedRow = z.output<typeof flaggedRowSchema>;
