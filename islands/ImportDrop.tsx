import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "@/components/Icon.tsx";
import { followImport, UploadError, uploadFile, uploadKey } from "@/components/imports/client.ts";
import { QueuedFile, type QueuedFileState } from "@/components/imports/QueuedFile.tsx";

/** What the page gives the upload. */
export interface ImportDropProps {
  datasets: { id: string; title: string }[];
  /** The dataset chosen at first. */
  dataset: string;
  /** Where imported rows of a dataset are shown. */
  dashboards: Record<string, { href: string; title: string }>;
  locale: string;
  /** What to say above the button. */
  title: string;
  /** One row, where the upload is not what the page is for. */
  compact?: boolean;
}

/** Drops files anywhere on the page, sends them one after the other and follows their imports. */
export default function ImportDrop({ datasets, dataset, dashboards, locale, title, compact = false }: ImportDropProps) {
  const chosen = useSignal(dataset);
  const files = useSignal<(QueuedFileState & { dataset: string })[]>([]);
  const over = useSignal(false);
  const ready = useSignal(false);
  const waiting = useRef<{ key: string; file: File; dataset: string }[]>([]);
  const known = useRef(new Map<string, { file: File; dataset: string }>());
  const stops = useRef(new Map<string, () => void>());
  const busy = useRef(false);
  const input = useRef<HTMLInputElement>(null);

  const patch = (key: string, part: Partial<QueuedFileState>) => {
    files.value = files.value.map((f) => f.key === key ? { ...f, ...part } : f);
  };
  const sendNext = async () => {
    const next = waiting.current.shift();
    if (!next || busy.current) return void (next && waiting.current.unshift(next));
    busy.current = true;
    const { key } = next;
    const abort = new AbortController();
    stops.current.set(key, () => abort.abort());
    patch(key, { sent: 0, problem: null });
    try {
      const id = await uploadFile(next.file, {
        dataset: next.dataset,
        key,
        signal: abort.signal,
        onProgress: (sent) => patch(key, { sent }),
      });
      stops.current.set(key, followImport(id, (job) => patch(key, { job })));
    } catch (error) {
      if (abort.signal.aborted) files.value = files.value.filter((f) => f.key !== key);
      else if (error instanceof UploadError) patch(key, { problem: { text: error.message, passing: error.passing } });
      else throw error;
    } finally {
      busy.current = false;
    }
    sendNext();
  };
  const add = (list: Iterable<File>) => {
    for (const file of list) {
      const entry = { key: uploadKey(), file, dataset: chosen.value };
      known.current.set(entry.key, entry);
      waiting.current.push(entry);
      const { key, dataset } = entry;
      files.value = [...files.value, {
        key,
        dataset,
        name: file.name,
        bytes: file.size,
        sent: null,
        job: null,
        problem: null,
      }];
    }
    sendNext();
  };
  const take = (from: HTMLInputElement | null) => {
    if (!from?.files?.length) return;
    add(from.files);
    from.value = "";
  };
  const retry = (key: string) => {
    const entry = known.current.get(key);
    if (!entry) return;
    patch(key, { problem: null, sent: null });
    waiting.current.push({ key, ...entry });
    sendNext();
  };
  const stop = (key: string) => {
    waiting.current = waiting.current.filter((w) => w.key !== key);
    const ongoing = stops.current.get(key);
    if (ongoing) ongoing();
    else files.value = files.value.filter((f) => f.key !== key);
  };

  useEffect(() => {
    ready.value = true;
    take(input.current); // chosen before the script came
    const leave = dropAnywhere(over, add);
    const running = stops.current;
    return () => {
      leave();
      for (const end of running.values()) end();
    };
  }, []);

  return (
    <div class="stack">
      <form
        class={`drop ${compact ? "drop--compact" : ""} ${over.value ? "drop--over" : ""}`}
        method="post"
        action="/data/import"
        encType="multipart/form-data"
      >
        <Icon name="upload" />
        <div class="drop__words">
          <p class="drop__title">{title}</p>
          <p class="quiet">CSV or TSV, as the platform exported it. Drop anywhere on this page, or choose.</p>
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
      {files.value.length > 0 && (
        <ul class="queue" aria-label="Files on their way in">
          {files.value.map((file) => (
            <QueuedFile
              key={file.key}
              file={file}
              locale={locale}
              dashboard={dashboards[file.dataset]}
              onRetry={() => retry(file.key)}
              onStop={() => stop(file.key)}
            />
          ))}
        </ul>
      )}
      {over.value && (
        <div class="drop__veil" aria-hidden="true">
          <p>
            <Icon name="upload" />
            Drop to import into {datasets.find((d) => d.id === chosen.value)?.title ?? chosen.value}
          </p>
        </div>
      )}
    </div>
  );
}

/** Takes files dropped anywhere on the page; the answer ends it. */
function dropAnywhere(over: { value: boolean }, add: (files: File[]) => void): () => void {
  const end = new AbortController();
  let depth = 0; // enter and leave come for every element the pointer crosses
  const on = (type: "dragenter" | "dragover" | "dragleave" | "drop", act: (event: DragEvent) => void) =>
    document.addEventListener(type, (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      act(event);
    }, { signal: end.signal });
  on("dragenter", () => over.value = ++depth > 0);
  on("dragover", () => {});
  on("dragleave", () => over.value = --depth > 0);
  on("drop", (event) => {
    depth = 0;
    over.value = false;
    add(droppedFiles(event));
  });
  return () => end.abort();
}

/** Files among what was dropped; folders have no bytes to send. */
function droppedFiles({ dataTransfer }: DragEvent): File[] {
  const files: File[] = [];
  for (const item of dataTransfer?.items ?? []) {
    if (item.kind !== "file" || item.webkitGetAsEntry()?.isDirectory) continue;
    const file = item.getAsFile();
    if (file) files.push(file);
  }
  return files;
}
