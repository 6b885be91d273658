import type { ImportJob } from "@/lib/model/mod.ts";
import { leftWords } from "./import_words.ts";
import { useTimeLeft } from "./use_time_left.ts";

/** What the progress of a running import is drawn from. */
export type ProgressJob = Pick<ImportJob, "state" | "step" | "progress" | "counts">;

const DOING: Record<ImportJob["step"], string> = {
  upload: "Receiving the file",
  recognise: "Finding out what the file is",
  stage: "Reading the rows",
  clean: "Checking every row",
  publish: "Bringing the rows in",
  done: "Finishing",
};
const STEPS: ImportJob["step"][] = ["upload", "recognise", "stage", "clean", "publish", "done"];

/** What an import is doing now: the step, the rows so far and how fast. */
export function ImportProgress({ job, locale }: { job: ProgressJob; locale: string }) {
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const { rows, rowsPerSecond } = job.progress;
  const left = leftWords(useTimeLeft(job));
  const words = job.state === "queued" ? "Waiting for the import before it" : DOING[job.step];
  return (
    <div class="import-progress">
      <p class="import-progress__words">
        <strong>{words}</strong>
        <span class="quiet">
          {rows > 0 && `${number.format(rows)} rows`}
          {rowsPerSecond > 0 && ` · ${number.format(rowsPerSecond)} rows/s`}
          {left}
        </span>
      </p>
      <progress
        class="progress"
        aria-label={words}
        max={STEPS.length - 1}
        value={job.state === "queued" ? undefined : STEPS.indexOf(job.step)}
      />
    </div>
  );
}
