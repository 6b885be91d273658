import { cleanUpJob } from "./clean_up.ts";
import type { JobDefinition } from "./define_job.ts";
import { forecastsJob } from "./forecasts.ts";
import { importFileJob } from "./import_file.ts";
import { inboxJob } from "./inbox.ts";
import { repeatImportsJob } from "./repeat_imports.ts";
import { rollupsJob } from "./rollups.ts";
import { upkeepJob } from "./upkeep.ts";

/** Every job there is. A new one is a file beside this one, and a line here. */
export const jobs: readonly JobDefinition[] = [
  importFileJob,
  repeatImportsJob,
  rollupsJob,
  forecastsJob,
  inboxJob,
  cleanUpJob,
  upkeepJob,
];
