/**
 * The inbox: a file put into `DATA_DIR/inbox/` is imported as if it had been uploaded. One in a folder named after a
 * dataset goes to that dataset, any other to `ads`. It waits in `working/` until its import is over, and then lies in
 * `done/`, or in `failed/` beside a text that says why.
 */
import { join } from "node:path";
import { listDatasets } from "@/lib/dataset/datasets.ts";
import { InputError, NotFoundError, TesseraError } from "@/lib/errors.ts";
import { createImport, getImport } from "@/lib/ingest/imports.ts";
import { ndjsonToCsv } from "@/lib/ingest/ndjson_to_csv.ts";
import { documentIdSchema, type ImportJob, type Viewer } from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";
import { defineJob, type JobContext } from "./define_job.ts";

/** The job's name. */
export const INBOX_JOB = "inbox";
/** Who brought in what came through the inbox. */
export const INBOX_ACTOR = "inbox";

const DEFAULT_DATASET = "ads";
/** A file is whole when it has not changed between two looks, and not just before the first one. */
const QUIET_MS = 2_000;
const BETWEEN_LOOKS_MS = 1_000;
/** Names that programs give to what is still arriving. */
const UNFINISHED = /^[.~]|\.(part|partial|crdownload|download|tmp|swp)$|~$/i;

/** Rows as JSON, one a line: made a table at once, so in memory. */
const ROWS = /\.(ndjson|jsonl)$/i;
const MAX_ROWS_BYTES = 64 * 2 ** 20;

type InboxServices = Pick<
  Services,
  "documents" | "files" | "events" | "clock" | "jobs" | "config"
>;
/** How long to look. */
export interface InboxOptions {
  /** @default 2000 */
  quietMs?: number;
  /** @default 1000 */
  betweenLooksMs?: number;
}

/** Looks into the inbox every minute, and whenever an import from there is over. */
export const inboxJob = defineJob({
  name: INBOX_JOB,
  needs: ["data-directory"],
  every: { minutes: 1 },
  missed: "skip",
  attempts: 1,
  // Asked for, it only settles: two that take files in at the same time would import one twice.
  run: (services, context) => context.key === null ? emptyInbox(services, context) : settleInbox(services, context),
});

/** Takes whole files in, and moves those whose imports are over to where they belong. */
export async function emptyInbox(
  services: InboxServices,
  { workspace, signal, log }: Pick<JobContext, "workspace" | "signal" | "log">,
  { quietMs = QUIET_MS, betweenLooksMs = BETWEEN_LOOKS_MS }: InboxOptions = {},
): Promise<void> {
  if (workspace !== "default") return; // the folder belongs to whoever owns this machine
  const inbox = join(services.config.dataDir, "inbox");
  const viewer: Viewer = { workspace, actor: INBOX_ACTOR, roles: ["editor"] };
  const datasets = (await listDatasets(services, workspace)).map((dataset) => dataset.id);
  const found = await filesIn(inbox, datasets);
  const before = new Map(await Promise.all(found.map(async ({ path }) => [path, await lookAt(path)] as const)));
  if (found.length) await new Promise((resolve) => setTimeout(resolve, betweenLooksMs));
  for (const { path, name, dataset } of found) {
    signal.throwIfAborted();
    const first = before.get(path);
    const look = await lookAt(path);
    const isWhole = first && look && first.size === look.size && first.changed === look.changed &&
      Date.now() - look.changed >= quietMs;
    if (!isWhole) continue;
    try {
      using file = await Deno.open(path);
      const body = ROWS.test(name) ? await rowsOf(file, look.size) : ReadableStream.from(chunksOf(file));
      const job = await createImport(services, viewer, { dataset, filename: name, body });
      await move(path, join(inbox, "working"), `${job.id}__${name}`);
      log.info("A file from the inbox is being imported", { file: name, import: job.id, dataset });
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) continue; // taken away meanwhile
      if (!(error instanceof TesseraError) || error.status >= 500) throw error; // not the file's fault: later again
      await fail(path, inbox, name, error.message);
      log.warn("A file from the inbox cannot be imported", { file: name, error });
    }
  }
  await settleInbox(services, { workspace });
}

/** Moves files whose imports are over. */
export async function settleInbox(
  services: Pick<Services, "documents" | "config">,
  { workspace }: Pick<JobContext, "workspace">,
): Promise<void> {
  const inbox = join(services.config.dataDir, "inbox");
  const viewer: Viewer = { workspace, actor: INBOX_ACTOR, roles: ["editor"] };
  const working = join(inbox, "working");
  for (const entry of await entriesOf(working)) {
    const [id, name] = entry.name.split(/__(.*)/s);
    if (!entry.isFile || !name || !documentIdSchema.safeParse(id).success) continue;
    const path = join(working, entry.name);
    const job = await outcome(services, viewer, id!);
    if (job === "unknown") await fail(path, inbox, name, `There is no import "${id}" any more`);
    else if (job.state === "failed") {
      await fail(path, inbox, name, `${job.error?.message ?? "The import failed"}\nImport: ${job.id}`);
    } else if (job.state === "cancelled") {
      await fail(path, inbox, name, `The import was cancelled\nImport: ${job.id}`);
    } else if (["published", "duplicate", "rolled-back"].includes(job.state)) {
      await move(path, join(inbox, "done"), name);
    }
  }
}

async function outcome(
  services: Pick<Services, "documents">,
  viewer: Viewer,
  id: string,
): Promise<ImportJob | "unknown"> {
  try {
    return await getImport(services, viewer, id);
  } catch (error) {
    if (error instanceof NotFoundError) return "unknown";
    throw error;
  }
}

/** Whole and half files alike; links are left alone, since they could lead anywhere. */
async function filesIn(inbox: string, datasets: string[]): Promise<{ path: string; name: string; dataset: string }[]> {
  const found: { path: string; name: string; dataset: string }[] = [];
  const take = async (folder: string, dataset: string) => {
    for (const { isFile, name } of await entriesOf(folder)) {
      if (isFile && !UNFINISHED.test(name)) found.push({ path: join(folder, name), name, dataset });
    }
  };
  await take(inbox, DEFAULT_DATASET);
  for (const { isDirectory, name } of await entriesOf(inbox)) {
    if (isDirectory && datasets.includes(name)) await take(join(inbox, name), name);
  }
  return found.sort((a, b) => a.path < b.path ? -1 : 1);
}

async function entriesOf(folder: string): Promise<Deno.DirEntry[]> {
  try {
    return await Array.fromAsync(Deno.readDir(folder));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

async function lookAt(path: string): Promise<{ size: number; changed: number } | null> {
  try {
    const { size, mtime } = await Deno.lstat(path);
    return { size, changed: mtime?.getTime() ?? 0 };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

async function fail(path: string, inbox: string, name: string, why: string): Promise<void> {
  if (!await lookAt(path)) return; // another run was faster
  const target = await move(path, join(inbox, "failed"), name);
  await Deno.writeTextFile(`${target}.txt`, `${why}\n`);
}

async function rowsOf(file: Deno.FsFile, bytes: number): Promise<ReadableStream<Uint8Array>> {
  if (bytes > MAX_ROWS_BYTES) {
    const text = `Cannot import the file: rows as JSON may have ${MAX_ROWS_BYTES} bytes, not ${bytes}; split it`;
    throw new InputError("too-large", text, { maxBytes: MAX_ROWS_BYTES }, 413);
  }
  return new Blob([ndjsonToCsv(await new Response(file.readable).text())]).stream();
}

async function* chunksOf(file: Deno.FsFile): AsyncIterable<Uint8Array> {
  for (;;) {
    const chunk = new Uint8Array(65_536);
    const read = await file.read(chunk);
    if (read === null) return;
    yield chunk.subarray(0, read);
  }
}

/** Moves a file; a name that is taken gets a number. Nothing is moved where another run was faster. */
async function move(path: string, folder: string, name: string): Promise<string> {
  await Deno.mkdir(folder, { recursive: true });
  const [, stem, extension] = /^(.*?)(\.[^.]*)?$/s.exec(name)!;
  for (let number = 1;; number++) {
    const target = join(folder, number === 1 ? name : `${stem}-${number}${extension ?? ""}`);
    if (await lookAt(target)) continue;
    await Deno.rename(path, target).catch((error) => {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    });
    return target;
  }
}
