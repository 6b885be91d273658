/** What a browser does to send a file in pieces, without a browser. */
import { createHash } from "node:crypto";
import type { SentAnswer, SentRequest } from "@/components/imports/client.ts";
import type { ChunkedUpload } from "@/components/imports/send_chunks.ts";
import { CSV } from "@/tests/attacks/outside.ts";

const COLUMNS = CSV.split("\n")[0];

/** A file of so many rows, each unlike the others, a day each; `width` makes each as long as so many more letters. */
export function fileOf(rows: number, width = 0): Blob {
  const day = (i: number) => new Date(Date.UTC(2015, 0, 1) + i % 4_000 * 86_400_000).toISOString().slice(0, 10);
  const lines = Array.from(
    { length: rows },
    (_, i) => `${day(i)},google_ads,Shop,Brand ${i}${"x".repeat(width)},EUR,${i},1,0.5,0,0`,
  );
  return new Blob([`${COLUMNS}\n${lines.join("\n")}\n`]);
}

/** The SHA-256 of a file, in hex. */
export async function hashOf(file: Blob): Promise<string> {
  return createHash("sha256").update(new Uint8Array(await file.arrayBuffer())).digest("hex");
}

/** Sends as a browser does, by fetch. */
export function sender(origin: () => string): (request: SentRequest) => Promise<SentAnswer> {
  return async ({ method, path, headers, body, signal }) => {
    try {
      const response = await fetch(origin() + path, { method, headers, body, signal });
      const text = await response.text();
      return {
        status: response.status,
        header: (name) => response.headers.get(name),
        body: text ? JSON.parse(text) : null,
      };
    } catch (error) {
      if (signal.aborted) throw error;
      return { status: 0, header: () => null, body: null };
    }
  };
}

/** An upload that is sent to wherever `origin` says at the time. */
export function uploadOf(origin: () => string, more: Partial<ChunkedUpload> = {}): ChunkedUpload {
  return {
    name: "large.csv",
    dataset: "ads",
    confirm: false,
    fingerprint: "yesterday",
    signal: new AbortController().signal,
    onProgress() {},
    onWaiting() {},
    send: sender(origin),
    pause: () => new Promise((resolve) => setTimeout(resolve, 5)),
    ...more,
  };
}
