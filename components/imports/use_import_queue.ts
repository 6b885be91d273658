import { type Signal, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { followImport, send as sendRequest, UploadError, uploadFile, uploadKey } from "./client.ts";
import type { QueuedFileState } from "./QueuedFile.tsx";
import { pauseOnline, sendChunks } from "./send_chunks.ts";

/** Files up to this are one request; larger ones arrive in pieces, so that a lost connection costs one piece. */
const ONE_REQUEST_BYTES = 4 * 2 ** 20;

/** A file of the queue and the dataset it goes to. */
export type QueuedImport = QueuedFileState & { dataset: string };

/** Files on their way in: sent one after the other, each import followed to its end. */
export interface ImportQueue {
  files: Signal<QueuedImport[]>;
  add(files: Iterable<File>, dataset: string): void;
  retry(key: string): void;
  /** Stops sending, or looking; the file leaves the list. What the server has goes on. */
  drop(key: string): void;
}

interface Entry {
  key: string;
  file: File;
  dataset: string;
}

/** The queue of a page; it ends with it. */
export function useImportQueue(): ImportQueue {
  const files = useSignal<QueuedImport[]>([]);
  const waiting = useRef<Entry[]>([]);
  const known = useRef(new Map<string, Entry>());
  const stops = useRef(new Map<string, () => void>());
  const busy = useRef(false);

  const patch = (key: string, part: Partial<QueuedFileState>) => {
    files.value = files.value.map((file) => file.key === key ? { ...file, ...part } : file);
  };
  const send = async ({ key, file, dataset }: Entry) => {
    const abort = new AbortController();
    stops.current.set(key, () => abort.abort());
    patch(key, { sent: 0, problem: null, waiting: false });
    try {
      const onProgress = (sent: number) => patch(key, { sent });
      const { signal } = abort;
      const id = file.size <= ONE_REQUEST_BYTES
        ? await uploadFile(file, { dataset, key, signal, onProgress })
        : await sendChunks(file, {
          name: file.name,
          dataset,
          fingerprint: String(file.lastModified),
          signal,
          onProgress,
          onWaiting: (waiting) => patch(key, { waiting }),
          send: sendRequest,
          pause: pauseOnline,
        });
      stops.current.set(key, followImport(id, (job) => patch(key, { job })));
    } catch (error) {
      if (error instanceof UploadError) patch(key, { problem: { text: error.message, passing: error.passing } });
      else if (!abort.signal.aborted) throw error;
    }
  };
  const sendAll = async () => {
    if (busy.current) return;
    busy.current = true;
    try {
      for (let next = waiting.current.shift(); next; next = waiting.current.shift()) await send(next);
    } finally {
      busy.current = false;
    }
  };

  useEffect(() => {
    const running = stops.current;
    return () => {
      for (const end of running.values()) end();
    };
  }, []);

  return {
    files,
    add(list, dataset) {
      for (const file of list) {
        const key = uploadKey();
        const entry = { key, file, dataset };
        known.current.set(key, entry);
        waiting.current.push(entry);
        const { name, size: bytes } = file;
        files.value = [...files.value, {
          key,
          dataset,
          name,
          bytes,
          sent: null,
          waiting: false,
          job: null,
          problem: null,
        }];
      }
      void sendAll();
    },
    retry(key) {
      const entry = known.current.get(key);
      if (!entry) return;
      patch(key, { problem: null, sent: null });
      waiting.current.push(entry);
      void sendAll();
    },
    drop(key) {
      waiting.current = waiting.current.filter((entry) => entry.key !== key);
      stops.current.get(key)?.();
      stops.current.delete(key);
      known.current.delete(key);
      files.value = files.value.filter((file) => file.key !== key);
    },
  };
}
