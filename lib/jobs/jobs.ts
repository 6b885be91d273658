import { cleanUpJob } from "./clean_up.ts";
import type { JobDefinition } from "./define_job.ts";
import { forecastsJob } from "./forecasts.ts";
import { importFileJob } from "./import_file.ts";
import { inboxJob } from "./inbox.ts";
import { nameCurrencyJob } from "./name_currency.ts";
import { rollupsJob } from "./rollups.ts";
import { upkeepJob } from "./upkeep.ts";

/** Every job there is. A new one is a file beside this one, and a line here. */
export const jobs: readonly JobDefinition[] = [
  importFileJob,
  nameCurrencyJob,
  rollupsJob,
  forecastsJob,
  inboxJob,
  cleanUpJob,
  upkeepJob,
];
