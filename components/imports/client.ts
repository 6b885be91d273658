/** What the browser does to bring a file in: send it with real progress, then follow the import. */
import { isMoving } from "./import_words.ts";
import type { ImportJob } from "@/lib/model/mod.ts";

/** How to send a file. */
export interface UploadOptions {
  dataset: string;
  /** The same for every try at the same file: a repeated request makes no second import. */
  key: string;
  onProgress(sent: number, total: number): void;
  signal: AbortSignal;
}

/** Sends a file as it is and answers the id of its import. Throws `UploadError`. */
export function uploadFile(file: File, { dataset, key, onProgress, signal }: UploadOptions): Promise<string> {
  const query = new URLSearchParams({ dataset, filename: file.name });
  const request = new XMLHttpRequest(); // fetch cannot say how much of a body was sent
  return new Promise((resolve, reject) => {
    request.open("POST", `/api/imports?${query}`);
    request.setRequestHeader("content-type", file.type || "application/octet-stream");
    request.setRequestHeader("idempotency-key", key);
    request.upload.onprogress = (event) => onProgress(event.loaded, event.total);
    request.onload = () => {
      const answer = parsedJson(request.responseText);
      const id = text(answer, "id");
      if (request.status < 300 && id) resolve(id);
      else reject(new UploadError(problemText(answer, request.status), request.status));
    };
    request.onerror = () =>
      reject(new UploadError("The connection broke while the file was sent. Nothing was imported; try again", 0));
    request.onabort = () => reject(new DOMException("Stopped", "AbortError"));
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.send(file);
  });
}

/** A file that could not be sent; the message is for people. */
export class UploadError extends Error {
  override name = "UploadError";
  constructor(message: string, /** HTTP status, 0 where no answer came. */ readonly status: number) {
    super(message);
  }

  /** True where the same file may get through at another time. */
  get passing(): boolean {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

/** Browsers keep six connections to a server under HTTP/1.1: streams must leave room for uploads. */
const MOST_STREAMS = 3;
let streams = 0;

/** Calls `onJob` with each state of an import until it stands still; the answer ends it. */
export function followImport(id: string, onJob: (job: ImportJob) => void): () => void {
  const path = `/api/imports/${encodeURIComponent(id)}`;
  const events = streams < MOST_STREAMS ? new EventSource(`${path}/events`) : null;
  if (events) streams++;
  let over = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const take = (job: ImportJob) => {
    if (over) return;
    onJob(job);
    if (!isMoving(job.state)) stop();
  };
  // A stream that ends for good (a proxy that cannot hold it, a restart) leaves asking now and then.
  const ask = async () => {
    try {
      const response = await fetch(path);
      if (response.ok) take(await response.json());
    } catch {
      // The server is away for the moment: the next try asks again.
    }
    if (!over) timer = setTimeout(ask, 1_500);
  };
  const stop = () => {
    if (over) return;
    over = true;
    clearTimeout(timer);
    events?.close();
    if (events) streams--;
  };
  events?.addEventListener("message", (event: MessageEvent<string>) => take(JSON.parse(event.data)));
  events?.addEventListener("error", () => {
    if (events.readyState === EventSource.CLOSED && timer === undefined) timer = setTimeout(ask, 1_000);
  });
  if (!events) timer = setTimeout(ask, 300);
  return stop;
}

/** A key that no other upload has; works also where `crypto.randomUUID` is kept to secure pages. */
export function uploadKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The sentence of a problem answer (RFC 9457), or one that says the status. */
export function problemText(answer: unknown, status: number): string {
  if (status === 0) return "The server cannot be reached. Is it running?";
  return text(answer, "detail") ?? text(answer, "title") ??
    `The server answered ${status}. Try again; the log of the server says more`;
}

function text(answer: unknown, field: string): string | undefined {
  const value = (answer as Record<string, unknown> | null)?.[field];
  return typeof value === "string" && value ? value : undefined;
}

function parsedJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null; // a proxy's page, or nothing
  }
}
