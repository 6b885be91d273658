import { idOf, problemText, type SentAnswer, type SentRequest, UploadError } from "./client.ts";

const SMALLEST = 256 * 2 ** 10;
const FIRST = 2 ** 20;
/** Failures in a row, without one byte more on the other side, until somebody has to look. About ten minutes. */
const MOST_FAILURES = 45;
const LONGEST_PAUSE_MS = 15_000;

/** A file on its way in pieces. */
export interface ChunkedUpload {
  name: string;
  /** "" where the file tells. */
  dataset: string;
  /** Wait before publishing, until what it changes was looked at. */
  confirm: boolean;
  /** Tells the same file again: sent once more, after a closed tab say, it goes on where it ended. */
  fingerprint: string;
  signal: AbortSignal;
  /** The upload has an id from now on, which is its import's too. */
  onBegun?(id: string): void;
  onProgress(sent: number): void;
  /** Whether the connection is lost at the moment; what was sent is safe meanwhile. */
  onWaiting(waiting: boolean): void;
  send(request: SentRequest): Promise<SentAnswer>;
  /** Waits before another try; ends early where the connection may be back. */
  pause(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/**
 * Sends a file in chunks and answers the id of its import. A lost connection is waited out, and the server says where to
 * go on; chunks become smaller where they break off and larger where they get through. Throws `UploadError` for what no
 * waiting mends.
 */
export async function sendChunks(file: Blob, upload: ChunkedUpload): Promise<string> {
  const { name, dataset, confirm, fingerprint, signal, onProgress, onWaiting } = upload;
  let failures = 0;

  const begin = { size: file.size, filename: name, dataset: dataset || undefined, confirm, fingerprint };
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify(begin);
  const begun = await lasting({ method: "POST", path: "/api/uploads", headers, body, signal });
  const id = idOf(begun);
  upload.onBegun?.(id);
  const path = `/api/uploads/${encodeURIComponent(id)}`;
  let { offset, chunkBytes: largest } = begun.body as { offset: number; chunkBytes: number };
  let chunk = Math.min(FIRST, largest);

  onProgress(offset);
  while (offset < file.size) {
    const answer = await upload.send({
      method: "PATCH",
      path,
      headers: { "content-type": "application/offset+octet-stream", "upload-offset": String(offset) },
      body: file.slice(offset, offset + chunk),
      signal,
      onProgress: (sent) => onProgress(Math.min(file.size, offset + sent)),
    });
    if (answer.status === 204) {
      chunk = Math.min(chunk * 2, largest);
      await goOnAt(Number(answer.header("upload-offset")));
      continue;
    }
    const { code, offset: told } = (answer.body ?? {}) as { code?: string; offset?: number };
    if (answer.status === 409 && code === "wrong-offset" && typeof told === "number") {
      await goOnAt(told); // another tab sends the same file
      continue;
    }
    await failed(answer);
    chunk = Math.max(SMALLEST, Math.floor(chunk / 2));
    const { body } = await lasting({ method: "GET", path, headers: {}, signal });
    await goOnAt((body as { offset: number }).offset);
  }
  return id;

  async function goOnAt(next: number): Promise<void> {
    if (next > offset) failures = 0;
    else if (next === offset) await failed({ status: 0, header: () => null, body: null });
    onWaiting(false);
    offset = next;
    onProgress(offset);
  }

  /** Sends until an answer comes that waiting does not change. */
  async function lasting(request: SentRequest): Promise<SentAnswer> {
    for (;;) {
      const answer = await upload.send(request);
      if (answer.status >= 200 && answer.status < 300) return answer;
      await failed(answer);
    }
  }

  async function failed({ status, body }: SentAnswer): Promise<void> {
    const lost = "The connection is lost. What was sent is kept: try again, or drop the same file later, to go on";
    const error = new UploadError(status === 0 ? lost : problemText(body, status), status);
    failures++;
    if (!error.passing || failures > MOST_FAILURES) throw error;
    onWaiting(true);
    await upload.pause(Math.min(LONGEST_PAUSE_MS, 250 * 2 ** failures), signal);
    signal.throwIfAborted();
  }
}

/** A pause in a browser: over at once where the machine comes back online. */
export function pauseOnline(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      globalThis.removeEventListener("online", end);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    globalThis.addEventListener("online", end);
    signal.addEventListener("abort", end);
  });
}
