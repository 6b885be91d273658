import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { dropAnywhere } from "@/components/imports/drop_anywhere.ts";
import { DropVeil } from "@/components/imports/DropVeil.tsx";
import { QueuedFile } from "@/components/imports/QueuedFile.tsx";
import { useImportQueue } from "@/components/imports/use_import_queue.ts";

/** Takes files dropped on a page that is about something else; their imports show in its corner. */
export default function DropAnywhere({ dataset, locale }: { dataset: { id: string; title: string }; locale: string }) {
  const over = useSignal(false);
  const { files, add, retry, drop } = useImportQueue({ confirm: false });
  useEffect(() => dropAnywhere((hangs) => over.value = hangs, (dropped) => add(dropped, dataset.id)), []);
  return (
    <div class="drop-corner">
      {files.value.length > 0 && (
        <ul class="queue" aria-label="Files on their way in">
          {files.value.map((file) => (
            <QueuedFile
              key={file.key}
              file={file}
              locale={locale}
              onRetry={() => retry(file.key)}
              onStop={() => drop(file.key)}
              onClose={() => drop(file.key)}
            />
          ))}
        </ul>
      )}
      {over.value && <DropVeil into={dataset.title} />}
    </div>
  );
}
