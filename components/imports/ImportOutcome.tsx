import { formatDuration } from "@/lib/format/moment.ts";
import type { ImportJob } from "@/lib/model/mod.ts";
import { Notice } from "../Notice.tsx";
import { PostButton } from "../PostButton.tsx";
import { PublishForm } from "./PublishForm.tsx";
import { countsSentence, missingSentence } from "./import_words.ts";

/** What came of an import that stands still, as a sentence, and what to do next. */
export function ImportOutcome({ job, locale }: { job: ImportJob; locale: string }) {
  const path = `/data/imports/${encodeURIComponent(job.id)}`;
  const missing = missingSentence(job, locale);
  switch (job.state) {
    case "published":
      return (
        <section class="card" aria-label="Result">
          <p class="result">
            {countsSentence(job.counts, locale)}
            {job.counts.rejected > 0 && (
              <>
                : <a href="#set-aside">see why</a>
              </>
            )}
          </p>
          {missing && <p class="quiet">{missing}</p>}
          {job.milliseconds > 0 && <p class="quiet">In {formatDuration(job.milliseconds, locale)}.</p>}
        </section>
      );
    case "duplicate":
      return (
        <Notice
          tone="info"
          title="This very file was imported before"
          text={
            <>
              Its rows still stand, so nothing changed.
              {job.duplicateOf && (
                <>
                  {" "}
                  <a href={`/data/imports/${encodeURIComponent(job.duplicateOf)}`}>See that import</a>
                </>
              )}
            </>
          }
        >
          <div class="notice__actions">
            <PostButton action={path} name="again">Import again as newest</PostButton>
          </div>
        </Notice>
      );
    case "failed":
      return (
        <Notice
          tone="bad"
          title="Nothing was imported"
          text={`${job.error?.message ?? "The import stopped for an unknown reason"}${
            job.error?.line === undefined ? "" : ` (line ${new Intl.NumberFormat(locale).format(job.error.line)})`
          }`}
        >
          <p class="quiet">
            Your data is as it was before. Mend the file and{" "}
            <a href={`/data/import?dataset=${job.dataset}`}>import it again</a>.
          </p>
          {job.sha256 !== "" && (
            <div class="notice__actions">
              <PostButton action={path} name="again">Try the same file again</PostButton>
            </div>
          )}
        </Notice>
      );
    case "rolled-back":
      return (
        <Notice
          tone="plain"
          title="This import is undone"
          text="Its rows count no longer; what they replaced stands again. Restore puts it back in its place."
        />
      );
    case "cancelled":
      return <Notice tone="plain" title="This import was cancelled" text={job.error?.message ?? "Nothing changed."} />;
    case "uploading":
      return (
        <Notice
          tone="info"
          title="The file is still on its way"
          text={
            <>
              If its tab was closed or the connection broke,{" "}
              <a href="/data/import">drop the same file again</a>: it goes on where it ended.
            </>
          }
        />
      );
    case "ready":
      return (
        <Notice
          tone="info"
          icon="check"
          title="Ready to import"
          text={`${countsSentence(job.counts, locale)}. Nothing has changed yet.`}
        >
          <PublishForm job={job} action={path} locale={locale} />
        </Notice>
      );
    default:
      return null;
  }
}
