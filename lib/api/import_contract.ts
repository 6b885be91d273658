/** The part of the contract about files, rows and the imports that they become. */
import { z } from "zod";
import {
  flaggedRowSchema,
  importJobSchema,
  importQuestionSchema,
  importStateSchema,
  rejectedRowSchema,
  slugSchema,
} from "@/lib/model/mod.ts";
import { idempotency, type Operation } from "./operation.ts";

/** An import as the API answers it: with the question that comes first by itself. */
const importAnswerSchema = importJobSchema.extend({ question: importQuestionSchema.optional() });
const importAnswer = { description: "The import as it stands now", schema: importAnswerSchema };
const offsetAndLimit = {
  offset: { description: "Rows to skip", schema: z.int().min(0).default(0) },
  limit: { description: "Rows to answer", schema: z.int().min(1).max(1_000).default(100) },
};

const answersSchema = z.record(z.string().min(1).max(500), z.string().max(2_000));
/** What `POST /api/imports/:id/answers` takes: the answers by question, or just these without the name around them. */
export const answersBodySchema = z.union([
  z.strictObject({ answers: answersSchema }),
  answersSchema.refine(
    (answers) => Object.keys(answers).length > 0 && !("answers" in answers),
    'send {"answers": {"<question>": "<value>"}}',
  ),
]);
/** What `POST /api/uploads` takes. */
export const uploadBodySchema = z.strictObject({
  /** Bytes of the whole file. */
  size: z.int().min(0),
  filename: z.string().min(1).max(1_000),
  /** @default what each table of the file says */
  dataset: slugSchema.optional(),
  mode: z.enum(["merge", "replace"]).default("merge"),
  again: z.boolean().default(false),
  confirm: z.boolean().default(false),
  /** Tells the same file again, so that its upload goes on: its time of change, say. */
  fingerprint: z.string().max(500).optional(),
});
/** How far an upload is. */
export const uploadStateSchema = z.object({
  id: z.string(),
  size: z.int(),
  offset: z.int(),
  chunkBytes: z.int(),
});
/** What `POST /api/imports/:id/cleaning` takes: steps by id, as `cleaning` of the import lists them. */
export const cleaningBodySchema = z.strictObject({
  steps: z.record(z.string().min(1).max(500), z.enum(["on", "off"])),
});

/** The operations of uploads and imports. */
export const importOperations: Operation[] = [
  {
    method: "post",
    path: "/api/imports",
    summary: "Upload a file: the body is the file itself, or a form with a field named file",
    query: {
      dataset: {
        description: "Where its rows go; without it each table of the file goes into the dataset that it fits",
        schema: slugSchema,
        required: false,
      },
      filename: { description: "The file's name", schema: z.string(), required: false },
      mode: { description: "merge keeps rows the file lacks; replace ends them", schema: z.enum(["merge", "replace"]) },
      again: { description: "Import although the same bytes are published already", schema: z.boolean() },
      confirm: { description: "Wait in state ready until publish is called", schema: z.boolean() },
    },
    headers: idempotency,
    body: { type: "application/octet-stream", schema: null, description: "The file" },
    answers: { 202: { description: "Kept and queued", schema: importAnswerSchema } },
  },
  {
    method: "post",
    path: "/api/ingest/{dataset}",
    summary: "Send rows as JSON objects, one a line, up to 1 MiB; they become an import as a file's would",
    headers: idempotency,
    body: { type: "application/x-ndjson", schema: null, description: '{"date": "2026-01-31", "spend": 12.5}' },
    answers: { 202: { description: "Kept and queued", schema: importAnswerSchema } },
  },
  {
    method: "post",
    path: "/api/uploads",
    summary: "Begin a file that arrives in pieces, or go on with the same one; its id is its import's id too",
    headers: idempotency,
    body: { type: "application/json", schema: uploadBodySchema },
    answers: {
      201: { description: "Begun", schema: uploadStateSchema },
      200: { description: "Begun earlier: go on at offset", schema: uploadStateSchema },
    },
  },
  {
    method: "get",
    path: "/api/uploads/{id}",
    summary: "How far an upload is; HEAD tells it by Upload-Offset and Upload-Length alone",
    answers: { 200: { description: "The place where the next chunk begins", schema: uploadStateSchema } },
  },
  {
    method: "patch",
    path: "/api/uploads/{id}",
    summary: "Send the next chunk; after the last one the import goes on by itself",
    headers: { "Upload-Offset": "Where the chunk begins; 409 wrong-offset says where to go on" },
    body: { type: "application/offset+octet-stream", schema: null, description: "At most chunkBytes" },
    answers: { 204: { description: "Kept, durably; Upload-Offset says where the next one begins" } },
  },
  {
    method: "delete",
    path: "/api/uploads/{id}",
    summary: "Give up a file that has not arrived; what was kept of it goes",
    answers: { 204: { description: "Given up" } },
  },
  {
    method: "get",
    path: "/api/imports",
    summary: "The ledger: imports, newest first",
    query: {
      cursor: { description: "What the page before answered", schema: z.string() },
      limit: offsetAndLimit.limit,
      dataset: { description: "Only imports into this dataset", schema: slugSchema },
      state: { description: "Only imports in this state", schema: importStateSchema },
    },
    answers: {
      200: {
        description: "A page of imports",
        schema: z.object({ imports: z.array(importJobSchema), cursor: z.string().nullable() }),
      },
    },
  },
  {
    method: "get",
    path: "/api/imports/{id}",
    summary: "One import: state, counts, question or error",
    answers: { 200: importAnswer },
  },
  {
    method: "delete",
    path: "/api/imports/{id}",
    summary: "Cancel an import that is not published",
    answers: { 200: importAnswer },
  },
  {
    method: "post",
    path: "/api/imports/{id}/answers",
    summary: "Answer an import's questions; it goes on by itself",
    headers: idempotency,
    body: { type: "application/json", schema: answersBodySchema },
    answers: { 202: importAnswer },
  },
  {
    method: "post",
    path: "/api/imports/{id}/publish",
    summary: "Publish an import that is ready",
    query: { mode: { description: "replace ends rows that the file lacks", schema: z.enum(["merge", "replace"]) } },
    headers: idempotency,
    answers: { 202: importAnswer },
  },
  {
    method: "post",
    path: "/api/imports/{id}/rollback",
    summary: "Take a published import back: a new version without it",
    headers: idempotency,
    answers: { 200: importAnswer },
  },
  {
    method: "post",
    path: "/api/imports/{id}/restore",
    summary: "Put a rolled-back import in its place again",
    headers: idempotency,
    answers: { 200: importAnswer },
  },
  {
    method: "get",
    path: "/api/imports/{id}/rejected",
    summary:
      "The rows that were set aside, with line, column, value and reason; CSV with Accept: text/csv or format=csv",
    query: { ...offsetAndLimit, format: { description: "csv for a download", schema: z.enum(["json", "csv"]) } },
    answers: {
      200: {
        description: "Rejected rows",
        schema: z.object({ total: z.int(), rows: z.array(rejectedRowSchema) }),
      },
    },
  },
  {
    method: "get",
    path: "/api/imports/{id}/flagged",
    summary: "The rows that went in although they break a rule, the first 1,000 of each rule",
    query: offsetAndLimit,
    answers: {
      200: { description: "Flagged rows", schema: z.object({ total: z.int(), rows: z.array(flaggedRowSchema) }) },
    },
  },
  {
    method: "post",
    path: "/api/imports/{id}/cleaning",
    summary: "Turn steps of cleaning on or off: before it is published, or taking it back and importing it once more",
    headers: idempotency,
    body: { type: "application/json", schema: cleaningBodySchema },
    answers: { 202: importAnswer },
  },
  {
    method: "get",
    path: "/api/imports/{id}/events",
    summary: "Progress of one import; each event's data is the import",
    answers: { 200: { description: "Server-sent events", type: "text/event-stream" } },
  },
];
