/** The name under which imports wait in the job queue; the run's key is the import's id. */
export const IMPORT_JOB = "import";

/** The name under which a dataset's rollups are brought to its version; the run's key is the dataset's id. */
export const ROLLUPS_JOB = "rollups";

/** The name under which imports are brought in again; the run's key is the batch's id. */
export const REPEAT_JOB = "repeat";

/** The name under which a dataset's forecasts are settled and made anew; the run's key is the dataset's id. */
export const FORECASTS_JOB = "forecasts";
