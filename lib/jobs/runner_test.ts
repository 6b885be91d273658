import assert from "node:assert/strict";
import { openSqliteDocuments } from "@/lib/documents/sqlite.ts";
import { silentLog } from "@/lib/log.ts";
import { defineJob } from "./define_job.ts";
import { createJobRunner } from "./runner.ts";

// What a runner does on a store that answers is in tests/contracts/job_runner.ts, for every store.
const tick = defineJob<object>({ name: "tick", every: { minutes: 1 }, run: () => Promise.resolve() });

Deno.test("start() does not wait for a store that is away", async () => {
  const documents = openSqliteDocuments({ path: ":memory:" });
  await documents.close();
  const runner = createJobRunner<object>({ documents, log: silentLog, jobs: [tick] });
  await runner.start({});
  await runner.stop();
});

Deno.test("wake() does not throw when the store is gone", async () => {
  const documents = openSqliteDocuments({ path: ":memory:" });
  const errors: string[] = [];
  const log = { ...silentLog, error: (message: string) => errors.push(message) };
  const runner = createJobRunner<object>({ documents, log, jobs: [tick] });
  await runner.start({});
  await documents.close();
  await runner.wake();
  assert.deepEqual(errors, ["Cannot look for jobs"]);
  await runner.stop();
});
