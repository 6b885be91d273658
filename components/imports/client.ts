/** What the browser does to bring a file in: send it with real progress, then follow the import. */
import { isMoving } from "./import_words.ts";
import type { ImportJob } from "@/lib/model/mod.ts";

/** How to send a file. */
export interface UploadOptions {
  /** "" where the file tells. */
  dataset: string;
  /** Wait before publishing, until what it changes was looked at. */
  confirm: boolean;
  /** The same for every try at the same file: a repeated request makes no second import. */
  key: string;
  onProgress(sent: number): void;
  signal: AbortSignal;
}

/** A request as a sender makes it; `onProgress` hears how many bytes of the body are on their way. */
export interface SentRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: Blob | string;
  signal: AbortSignal;
  onProgress?(sent: number): void;
}

/** What came back; status 0 where nothing did. */
export interface SentAnswer {
  status: number;
  header(name: string): string | null;
  /** The body as JSON; null where it is none. */
  body: unknown;
}

/** Sends a request and answers whatever comes back. Rejects with an `AbortError` only. */
export function send({ method, path, headers, body, signal, onProgress }: SentRequest): Promise<SentAnswer> {
  const request = new XMLHttpRequest(); // fetch cannot say how much of a body was sent
  return new Promise((resolve, reject) => {
    const stopped = () => reject(new DOMException("Stopped", "AbortError"));
    if (signal.aborted) return stopped();
    request.open(method, path);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    if (onProgress) request.upload.onprogress = (event) => onProgress(event.loaded);
    request.onload = () => {
      const header = (name: string) => request.getResponseHeader(name);
      resolve({ status: request.status, header, body: parsedJson(request.responseText) });
    };
    request.onerror = () => resolve({ status: 0, header: () => null, body: null });
    request.onabort = stopped;
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.send(body ?? null);
  });
}

/** Sends a file as it is and answers the id of its import. Throws `UploadError`. */
export async function uploadFile(file: File, options: UploadOptions): Promise<string> {
  const { dataset, confirm, key, onProgress, signal } = options;
  const query = new URLSearchParams({ filename: file.name, confirm: String(confirm) });
  if (dataset) query.set("dataset", dataset);
  const headers = { "content-type": file.type || "application/octet-stream", "idempotency-key": key };
  const answer = await send({ method: "POST", path: `/api/imports?${query}`, headers, body: file, signal, onProgress });
  return idOf(answer);
}

/** The id in an answer. Throws `UploadError` where it has none. */
export function idOf({ status, body }: SentAnswer): string {
  const id = text(body, "id");
  if (status >= 200 && status < 300 && id) return id;
  throw new UploadError(status === 0 ? BROKEN : problemText(body, status), status);
}

const BROKEN = "The connection broke while the file was sent. Nothing was imported; try again";

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

/** Publishes an import that waits. Throws `UploadError`. */
export async function publishWaiting(id: string): Promise<void> {
  const path = `/api/imports/${encodeURIComponent(id)}/publish`;
  const signal = new AbortController().signal;
  const { status, body } = await send({ method: "POST", path, headers: {}, signal });
  // Published from another tab meanwhile: what is followed next tells.
  if ((status < 200 || status > 299) && status !== 409) throw new UploadError(problemText(body, status), status);
}

/** Tells the server that the rest of a file will not come; where that is lost, the upload ends by itself in a week. */
export async function giveUpUpload(id: string): Promise<void> {
  const signal = new AbortController().signal;
  await send({ method: "DELETE", path: `/api/uploads/${encodeURIComponent(id)}`, headers: {}, signal });
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
