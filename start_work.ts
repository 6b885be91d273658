/** What a process does besides answering: jobs, imports that a stop interrupted, a wake each minute. */
import { resumeImports } from "@/lib/ingest/imports.ts";
import { recountRows } from "@/lib/ingest/recount_rows.ts";
import { wakeEachMinute } from "@/lib/jobs/cron.ts";
import { keepWorkerProcess } from "@/lib/jobs/worker_process.ts";
import { LOCAL_OWNER } from "@/lib/model/mod.ts";
import type { OpenServices } from "@/lib/open_services.ts";
import { pause } from "@/lib/pause.ts";

/** Work that another instance put into the queue is found this soon where its event got lost. */
const POLL_MS = 5_000;
const RETRY_MS = 2_000;

/** Begins the work of a process; it ends when `services` begin to stop. Call it before listening. */
export async function startWork(services: OpenServices): Promise<void> {
  const { jobs, config, log, stopping: signal } = services;
  const { workspace } = LOCAL_OWNER;
  await jobs.start(services);
  if (!config.server) {
    await resumeImports(services, workspace);
    await recountRows(services, workspace);
    wakeEachMinute(jobs, { signal, log });
    return;
  }
  // A database that is away at the start holds up nobody: what it knows is asked for until it answers.
  void resume(services, workspace);
  services.events.subscribe(workspace, (event) => {
    if (event.type === "import" && event.state === "queued") void jobs.wake();
  });
  wakeEachMinute(jobs, { signal, log, pollMs: POLL_MS, cron: !config.deploy });
  if (services.engine === "process") {
    void keepWorkerProcess({ entry: new URL("./work.ts", import.meta.url), log, signal });
  }
}

async function resume(services: OpenServices, workspace: string): Promise<void> {
  const { log, stopping } = services;
  while (!stopping.aborted) {
    try {
      await services.gate.check();
      await resumeImports(services, workspace);
      return;
    } catch (error) {
      log.warn("Interrupted imports wait for the database", { error });
      await pause(RETRY_MS, stopping);
    }
  }
}
