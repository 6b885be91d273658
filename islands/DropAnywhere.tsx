import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { dropAnywhere } from "@/components/imports/drop_anywhere.ts";
import { DropVeil } from "@/components/imports/DropVeil.tsx";
import { QueuedFile } from "@/components/imports/QueuedFile.tsx";
import { useImportQueue } from "@/components/imports/use_import_queue.ts";
import type { ImportJob } from "@/lib/model/mod.ts";

/**
 * Takes files dropped on a page that is about something else; their imports show in its corner. Each file tells by itself
 * where it belongs; `datasets` tells what those are called.
 */
export default function DropAnywhere({ datasets, locale }: {
  datasets: { id: string; title: string }[];
  locale: string;
}) {
  const over = useSignal(false);
  const { files, add, retry, drop } = useImportQueue({ confirm: false });
  useEffect(() => dropAnywhere((hangs) => over.value = hangs, (dropped) => add(dropped, "")), []);
  return (
    <div class="drop-corner">
      {files.value.length > 0 && (
        <ul class="queue" aria-label="Files on their way in">
          {files.value.map((file) => (
            <QueuedFile
              key={file.key}
              file={file}
              locale={locale}
              into={placesOf(file.job, datasets)}
              onRetry={() => retry(file.key)}
              onStop={() => drop(file.key)}
              onClose={() => drop(file.key)}
            />
          ))}
        </ul>
      )}
      {over.value && <DropVeil />}
    </div>
  );
}

/** What the datasets are called that an import went into, or will. */
function placesOf(job: ImportJob | null, datasets: { id: string; title: string }[]): string | undefined {
  const ids = [...new Set(job?.parts.map(({ dataset }) => dataset))];
  const titles = ids.map((id) => datasets.find((one) => one.id === id)?.title ?? id);
  return titles.length > 0 ? titles.join(", ") : undefined;
}
