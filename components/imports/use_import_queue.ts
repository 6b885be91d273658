import { type Signal, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import {
  followImport,
  giveUpUpload,
  publishWaiting,
  send as sendRequest,
  UploadError,
  uploadFile,
  uploadKey,
} from "./client.ts";
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
  /** Publishes an import that waits for it. */
  publish(key: string): void;
  /** Stops sending, or looking; the file leaves the list. What the server has goes on. */
  drop(key: string): void;
}

interface Entry {
  key: string;
  file: File;
  dataset: string;
}

/** The queue of a page; it ends with it. `confirm`: imports wait until what they change was looked at. */
export function useImportQueue({ confirm }: { confirm: boolean }): ImportQueue {
  const files = useSignal<QueuedImport[]>([]);
  const waiting = useRef<Entry[]>([]);
  const known = useRef(new Map<string, Entry>());
  const stops = useRef(new Map<string, () => void>());
  /** Uploads that have begun and not ended. */
  const begun = useRef(new Map<string, string>());
  const busy = useRef(false);

  const patch = (key: string, part: Partial<QueuedFileState>) => {
    files.value = files.value.map((file) => file.key === key ? { ...file, ...part } : file);
  };
  const send = async ({ key, file, dataset }: Entry) => {
    const abort = new AbortController();
    stops.current.set(key, () => abort.abort());
    patch(key, { sent: 0, problem: null, waiting: false });
    try {
      const left = timeLeft(file.size);
      const onProgress = (sent: number) => patch(key, { sent, secondsLeft: left(sent) });
      const { signal } = abort;
      const id = file.size <= ONE_REQUEST_BYTES
        ? await uploadFile(file, { dataset, confirm, key, signal, onProgress })
        : await sendChunks(file, {
          name: file.name,
          dataset,
          confirm,
          fingerprint: String(file.lastModified),
          signal,
          onBegun: (id) => begun.current.set(key, id),
          onProgress,
          onWaiting: (waiting) => patch(key, { waiting }),
          send: sendRequest,
          pause: pauseOnline,
        });
      begun.current.delete(key);
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

  const publish = async (key: string) => {
    const id = files.value.find((file) => file.key === key)?.job?.id;
    if (id === undefined) return;
    try {
      await publishWaiting(id);
      stops.current.get(key)?.();
      stops.current.set(key, followImport(id, (job) => patch(key, { job })));
    } catch (error) {
      if (!(error instanceof UploadError)) throw error;
      patch(key, { problem: { text: error.message, passing: false } });
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
          secondsLeft: null,
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
    publish: (key) => void publish(key),
    drop(key) {
      waiting.current = waiting.current.filter((entry) => entry.key !== key);
      stops.current.get(key)?.();
      stops.current.delete(key);
      const upload = begun.current.get(key);
      // Stopped by hand, not by a tab that closes: what was sent of it is not wanted any more.
      if (upload !== undefined) void giveUpUpload(upload);
      begun.current.delete(key);
      known.current.delete(key);
      files.value = files.value.filter((file) => file.key !== key);
    },
  };
}

/** Seconds until all is sent, by the speed since the first call; null before that can be told. */
function timeLeft(size: number): (sent: number) => number | null {
  let first: { at: number; sent: number } | null = null;
  return (sent) => {
    const now = performance.now();
    first ??= { at: now, sent };
    const seconds = (now - first.at) / 1_000;
    const speed = (sent - first.sent) / seconds;
    return seconds < 1 || !(speed > 0) ? null : (size - sent) / speed;
  };
}
