import assert from "node:assert/strict";
import { join } from "node:path";
import { readConfig } from "@/lib/config.ts";
import { openSqliteDocuments } from "@/lib/documents/sqlite.ts";
import { memoryEvents } from "@/lib/events/memory.ts";
import { openDiskFiles } from "@/lib/files/disk.ts";
import { idempotencyCollection, type IdempotencyRecord } from "@/lib/http/idempotency.ts";
import { importsCollection } from "@/lib/ingest/imports.ts";
import { silentLog } from "@/lib/log.ts";
import { importJobSchema, type ImportState } from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";
import type { DatasetRef } from "@/lib/warehouse/mod.ts";
import { holdsCollection } from "./_hold.ts";
import { cleanUp } from "./clean_up.ts";
import { type JobRun, jobRunSchema, jobRunsCollection } from "./job_run.ts";

const NOW = Date.parse("2026-06-01T02:30:00Z");
const DAY = 86_400_000;
const context = { workspace: "default", signal: new AbortController().signal, log: silentLog };

/** Real documents and folders; staging and warehouse only note what they were asked. */
async function withWorld(run: (world: World) => Promise<void>): Promise<void> {
  const dataDir = await Deno.makeTempDir();
  await Deno.mkdir(join(dataDir, "staging"));
  const documents = openSqliteDocuments({ path: ":memory:", now: () => NOW });
  const discarded: string[] = [];
  const forgotten: string[] = [];
  const compacted: string[] = [];
  const staging = {
    discard(_workspace: string, id: string) {
      discarded.push(id);
      return Promise.resolve();
    },
    forget(_workspace: string, id: string) {
      forgotten.push(id);
      return Promise.resolve();
    },
  } as unknown as Services["staging"];
  const warehouse = {
    state: ({ dataset }: DatasetRef) => Promise.resolve({ version: dataset.id === "ads" ? 3 : 0 }),
    compact({ dataset }: DatasetRef, { before }: { before: string }) {
      compacted.push(`${dataset.id} ${before}`);
      return Promise.resolve({ rows: 1 });
    },
  } as unknown as Services["warehouse"];
  const config = readConfig({ DATA_DIR: dataDir });
  const files = await openDiskFiles({ directory: join(dataDir, "files"), stagingDirectory: join(dataDir, "staging") });
  const events = memoryEvents();
  const services = { documents, files, events, staging, warehouse, config, clock: { now: () => new Date(NOW) } };
  const putImport = async (id: string, state: ImportState, daysAgo: number) => {
    const at = new Date(NOW - daysAgo * DAY).toISOString();
    const base = {
      workspace: "default",
      dataset: "ads",
      filename: "x.csv",
      actor: "local",
      createdAt: at,
      updatedAt: at,
    };
    await documents.create(importsCollection, "default", importJobSchema.parse({ ...base, id, state }));
  };
  try {
    await run({ services, documents, discarded, forgotten, compacted, dataDir, putImport });
  } finally {
    await events.close();
    await files.close();
    await documents.close();
    await Deno.remove(dataDir, { recursive: true });
  }
}

interface World {
  services: Pick<Services, "documents" | "warehouse" | "staging" | "files" | "events" | "clock" | "config">;
  documents: Services["documents"];
  discarded: string[];
  forgotten: string[];
  compacted: string[];
  dataDir: string;
  putImport(id: string, state: ImportState, daysAgo: number): Promise<void>;
}

Deno.test("cleanUp() deletes used keys and ended runs that are old, and nothing else", () =>
  withWorld(async ({ services, documents }) => {
    const run = (id: string, state: JobRun["state"], finishedAt?: number) =>
      documents.create(jobRunsCollection, "default", jobRunSchema.parse({ id, job: "j", state, runAt: 0, finishedAt }));
    await run("old-done", "done", NOW - 31 * DAY);
    await run("old-failed", "failed", NOW - 31 * DAY);
    await run("new-done", "done", NOW - 29 * DAY);
    await run("waiting", "waiting");
    await run("running", "running");
    const key = (id: string, expiresAt: number): IdempotencyRecord => ({
      id,
      fingerprint: "f",
      renewedAt: 0,
      expiresAt,
    });
    await documents.create(idempotencyCollection, "default", key("old", NOW - 1));
    await documents.create(idempotencyCollection, "default", key("new", NOW + 1));
    await cleanUp(services, context);
    const runs = await documents.list(jobRunsCollection, "default");
    assert.deepEqual(runs.items.map(({ doc }) => doc.id), ["new-done", "running", "waiting"]);
    const keys = await documents.list(idempotencyCollection, "default");
    assert.deepEqual(keys.items.map(({ doc }) => doc.id), ["new"]);
  }));

Deno.test("cleanUp() drops what imports left behind that are over, and touches no import that goes on", () =>
  withWorld(async ({ services, discarded, dataDir, putImport }) => {
    await putImport("aa1", "cancelled", 1);
    await putImport("aa2", "running", 1);
    await putImport("aa3", "needs-mapping", 100);
    await putImport("aa4", "failed", 10);
    const staging = join(dataDir, "staging");
    for (
      const name of [
        "import_aa1.csv",
        "import_aa2.csv",
        "import_aa2.csv.utf8",
        "import_aa3.csv",
        "import_aa9.csv",
        "notes.txt",
      ]
    ) {
      await Deno.writeTextFile(join(staging, name), "x");
    }
    await Deno.mkdir(join(staging, "import_spill"));
    await cleanUp(services, context);
    assert.deepEqual(discarded, ["aa1"]);
    const left = (await Array.fromAsync(Deno.readDir(staging))).map((entry) => entry.name).sort();
    assert.deepEqual(left, ["import_aa2.csv", "import_aa2.csv.utf8", "import_aa3.csv", "import_spill", "notes.txt"]);
  }));

Deno.test("cleanUp() compacts every dataset that holds data, to what 400 days can see", () =>
  withWorld(async ({ services, compacted }) => {
    await cleanUp(services, context);
    assert.deepEqual(compacted, [`ads ${new Date(NOW - 400 * DAY).toISOString()}`]);
  }));

Deno.test("cleanUp() goes on after a step that fails, and says so in the end", () =>
  withWorld(async ({ services, compacted, dataDir }) => {
    await Deno.remove(join(dataDir, "staging"));
    await assert.rejects(cleanUp(services, context), /Cannot clean up: NotFound/);
    assert.equal(compacted.length, 1);
  }));

Deno.test("cleanUp() forgets the rejected rows of imports older than 400 days, once, and keeps their numbers", () =>
  withWorld(async ({ services, documents, forgotten, putImport }) => {
    await putImport("old", "published", 401);
    await putImport("failed", "failed", 500);
    await putImport("waiting", "needs-mapping", 500);
    await putImport("young", "published", 399);
    await cleanUp(services, context);
    assert.deepEqual(forgotten.toSorted(), ["failed", "old"]);
    assert.equal((await documents.get(importsCollection, "default", "old"))!.doc.rejectedForgotten, true);
    await cleanUp(services, context);
    assert.equal(forgotten.length, 2);
  }));

Deno.test("cleanUp() lets go of what killed work held, and of nothing that is held", () =>
  withWorld(async ({ services, documents }) => {
    const hold = { owner: "i", token: "t", leaseMs: 15_000 };
    await documents.create(holdsCollection, "default", { ...hold, id: "old", renewedAt: NOW - 2 * DAY });
    await documents.create(holdsCollection, "default", { ...hold, id: "held", renewedAt: NOW - 1_000 });
    await cleanUp(services, context);
    assert.equal(await documents.get(holdsCollection, "default", "old"), null);
    assert.ok(await documents.get(holdsCollection, "default", "held"));
  }));
