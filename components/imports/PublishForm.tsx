import type { ImportJob } from "@/lib/model/mod.ts";
import { missingRows } from "./import_words.ts";

/** The form that the page's main button belongs to. */
export const PUBLISH_FORM = "publish";

/** How an import that waits is published: where rows stand here that the file lacks, what becomes of them. */
export function PublishForm({ job, action, locale }: {
  job: Pick<ImportJob, "parts" | "mode">;
  action: string;
  locale: string;
}) {
  const missing = missingRows(job);
  const rows = `${new Intl.NumberFormat(locale).format(missing)} ${missing === 1 ? "row" : "rows"}`;
  return (
    <form id={PUBLISH_FORM} method="post" action={action}>
      {missing > 0 && (
        <fieldset class="question question--missing">
          <legend class="question__title">
            {rows} of these days are here and not in this file. What becomes of them?
          </legend>
          <div class="question__choices">
            <Choice value="merge" chosen={job.mode} title="Keep them">
              The file adds to them: another segment, or only some of the campaigns
            </Choice>
            <Choice value="replace" chosen={job.mode} title="Remove them">
              The file is the whole of these days: what it lacks is gone from the platform
            </Choice>
          </div>
        </fieldset>
      )}
    </form>
  );
}

function Choice({ value, chosen, title, children }: {
  value: ImportJob["mode"];
  chosen: ImportJob["mode"];
  title: string;
  children: string;
}) {
  return (
    <label class="choice">
      <input class="choice__input" type="radio" name="mode" value={value} checked={value === chosen} />
      <span class="choice__title">{title}</span>
      <span class="quiet">{children}</span>
    </label>
  );
}
