import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "@/components/Icon.tsx";
import { dropAnywhere } from "@/components/imports/drop_anywhere.ts";
import { DropVeil } from "@/components/imports/DropVeil.tsx";
import { usableRows } from "@/components/imports/import_words.ts";
import { QueuedFile } from "@/components/imports/QueuedFile.tsx";
import { useImportQueue } from "@/components/imports/use_import_queue.ts";

/** What the page gives the upload. */
export interface ImportDropProps {
  datasets: { id: string; title: string }[];
  /** The dataset chosen at first; "" where each table of a file tells. */
  dataset: string;
  /** Where imported rows of a dataset are shown. */
  dashboards: Record<string, { href: string; title: string }>;
  locale: string;
  /** What to say above the button. */
  title: string;
  /** One row, where the upload is not what the page is for. */
  look: "page" | "row";
}

/** Drops files anywhere on the page, or chooses them, and follows their imports. Without a script it is a plain form. */
export default function ImportDrop({ datasets, dataset, dashboards, locale, title, look }: ImportDropProps) {
  const chosen = useSignal(dataset);
  const over = useSignal(false);
  const ready = useSignal(false);
  const input = useRef<HTMLInputElement>(null);
  // What a file changes is shown before it does where that is what the page is for.
  const confirm = look === "page";
  const { files, add, retry, publish, drop } = useImportQueue({ confirm });

  const take = (from: HTMLInputElement | null) => {
    if (!from?.files?.length) return;
    add(from.files, chosen.value);
    from.value = "";
  };
  useEffect(() => {
    ready.value = true;
    take(input.current); // chosen before the script came
    return dropAnywhere((hangs) => over.value = hangs, (dropped) => add(dropped, chosen.value));
  }, []);

  // One file is looked at on its own page; several stay beside one another.
  const only = files.value.length === 1 ? files.value[0]?.job : null;
  useEffect(() => {
    if (confirm && only) location.assign(`/data/imports/${encodeURIComponent(only.id)}`);
  }, [confirm, only?.id]);
  const waiting = files.value.filter(({ job }) => job?.state === "ready");
  const rows = waiting.reduce((sum, { job }) => sum + usableRows(job!.counts), 0);

  return (
    <div class="stack">
      <form
        class={`drop ${look === "row" ? "drop--compact" : ""} ${over.value ? "drop--over" : ""}`}
        method="post"
        action="/data/import"
        encType="multipart/form-data"
      >
        {confirm && <input type="hidden" name="confirm" value="true" />}
        <Icon name="upload" />
        <div class="drop__words">
          <p class="drop__title">{title}</p>
          <p class="quiet">
            CSV, Excel or ZIP, as the platform exported it. Drop anywhere on this page, or choose.
          </p>
        </div>
        <div class="drop__row">
          <div class="field">
            <label class="field__label" for="drop-dataset">What kind of data</label>
            <select
              id="drop-dataset"
              class="select"
              name="dataset"
              value={chosen.value}
              onChange={(event) => chosen.value = event.currentTarget.value}
            >
              <option value="" selected={dataset === ""}>Recognise it</option>
              {datasets.map(({ id, title }) => <option key={id} value={id} selected={id === dataset}>{title}</option>)}
            </select>
          </div>
          <input
            id="drop-file"
            ref={input}
            class="drop__input"
            type="file"
            name="file"
            aria-label="Files to import"
            multiple={ready.value}
            required
            onChange={(event) => take(event.currentTarget)}
          />
          <label class="button button--primary drop__choose" for="drop-file">Choose files</label>
          <button class="button button--primary drop__submit" type="submit">Import</button>
        </div>
      </form>
      {waiting.length > 1 && (
        <p class="queue__actions">
          <button
            class="button button--primary"
            type="button"
            onClick={() => waiting.forEach(({ key }) => publish(key))}
          >
            Import all {waiting.length} files, {new Intl.NumberFormat(locale).format(rows)} rows
          </button>
        </p>
      )}
      {files.value.length > 0 && (
        <ul class="queue" aria-label="Files on their way in">
          {files.value.map((file) => (
            <QueuedFile
              key={file.key}
              file={file}
              sending={files.value.some(({ job, problem }) => job === null && problem === null)}
              locale={locale}
              dashboard={dashboards[file.job?.dataset ?? file.dataset]}
              onRetry={() => retry(file.key)}
              onStop={() => drop(file.key)}
              onPublish={() => publish(file.key)}
            />
          ))}
        </ul>
      )}
      {over.value && <DropVeil into={datasets.find((d) => d.id === chosen.value)?.title} />}
    </div>
  );
}
