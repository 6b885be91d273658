/** What a process does besides answering: jobs, imports that a stop interrupted, a wake each minute. */
import { resumeImports } from "@/lib/ingest/imports.ts";
import { recountRows } from "@/lib/ingest/recount_rows.ts";
import { wakeEachMinute } from "@/lib/jobs/cron.ts";
import { LOCAL_OWNER } from "@/lib/model/mod.ts";
import type { OpenServices } from "@/lib/open_services.ts";

/** Begins the work of a process; it ends when `services` begin to stop. Call it before listening. */
export async function startWork(services: OpenServices): Promise<void> {
  await services.jobs.start(services);
  await resumeImports(services, LOCAL_OWNER.workspace);
  await recountRows(services, LOCAL_OWNER.workspace);
  wakeEachMinute(services.jobs, { signal: services.stopping, log: services.log });
}
