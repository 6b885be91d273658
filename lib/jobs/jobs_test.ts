import assert from "node:assert/strict";
import { openSqliteDocuments } from "@/lib/documents/sqlite.ts";
import { silentLog } from "@/lib/log.ts";
import { jobRunsCollection } from "./job_run.ts";
import { jobs } from "./jobs.ts";
import { createJobRunner } from "./runner.ts";

Deno.test("jobs are named once each, and a runner takes them all", async () => {
  assert.deepEqual(jobs.map((job) => job.name).sort(), [
    "clean-up",
    "forecasts",
    "import",
    "inbox",
    "repeat",
    "rollups",
    "upkeep",
  ]);
  const documents = openSqliteDocuments({ path: ":memory:" });
  const runner = createJobRunner({ documents, log: silentLog, jobs });
  for (const job of jobs) await runner.enqueue("default", job.name, "k");
  const waiting = await documents.list(jobRunsCollection, "default", { index: "byState", equals: ["waiting"] });
  assert.equal(waiting.items.length, jobs.length);
  await runner.stop();
  await documents.close();
});
