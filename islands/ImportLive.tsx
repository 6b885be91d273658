import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { followImport } from "@/components/imports/client.ts";
import { isMoving } from "@/components/imports/import_words.ts";
import { ImportProgress, type ProgressJob } from "@/components/imports/ImportProgress.tsx";

/** Follows a running import; when it stands still the page comes anew with what it became. */
export default function ImportLive({ id, job, locale }: { id: string; job: ProgressJob; locale: string }) {
  const shown = useSignal(job);
  useEffect(() =>
    followImport(id, (next) => {
      if (isMoving(next.state)) shown.value = next;
      else location.reload();
    }), [id]);
  return (
    <div aria-live="polite">
      <ImportProgress job={shown.value} locale={locale} />
    </div>
  );
}
