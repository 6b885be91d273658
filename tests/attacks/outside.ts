/** What somebody outside can do: requests through the handler, bytes on a socket, files on their way in. */
import assert from "node:assert/strict";
import { startTestApp, type TestApp } from "@/tests/test_app.ts";

/** A file that imports without a question: two rows, spend 120.75. */
export const CSV = `date,platform,account,campaign,currency,impressions,clicks,spend,conversions,conversion_value
2026-01-01,google_ads,Shop,Brand,EUR,1000,100,50.25,10,300
2026-01-01,meta_ads,Shop,Prospecting,EUR,4000,80,70.50,4,120.40
`;

/** A long token, as ACCESS_TOKEN wants it. */
export const TOKEN = "a-token-for-tests-that-is-long-enough";

/** Starts the application, works, closes it. */
export async function withApp(work: (app: TestApp) => Promise<void>, env: Record<string, string> = {}): Promise<void> {
  const app = await startTestApp({ env });
  try {
    await work(app);
  } finally {
    await app.close();
  }
}

/** A request with a JSON body; text is sent as it is. */
export function json(body: unknown, headers: Record<string, string> = {}, method = "POST"): RequestInit {
  return {
    method,
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  };
}

/** An import as the API answers it. */
export interface ImportAnswer {
  id: string;
  state: string;
  filename: string;
  counts: Record<string, number>;
  error?: { code: string; message: string };
  question?: { id: string; kind: string; title: string; choices: { value: string }[] };
  [more: string]: unknown;
}

/** Waits until an import rests. */
export async function settled(app: TestApp, id: string, milliseconds = 30_000): Promise<ImportAnswer> {
  const until = performance.now() + milliseconds;
  while (performance.now() < until) {
    const job: ImportAnswer = await (await app.fetch(`/api/imports/${id}`)).json();
    if (!["queued", "running"].includes(job.state)) return job;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`Cannot go on: import ${id} did not settle in ${milliseconds} ms`);
}

/** Uploads a file and waits until its import rests. */
export async function importFile(app: TestApp, body: BodyInit, search = "dataset=ads&filename=a.csv") {
  const response = await app.fetch(`/api/imports?${search}`, { method: "POST", body });
  assert.equal(response.status, 202, await response.clone().text());
  return await settled(app, (await response.json()).id);
}

/** Checks that an answer is problem details, and answers them. */
export async function problemOf(response: Response, status: number): Promise<Record<string, unknown>> {
  const text = await response.text();
  assert.equal(response.status, status, text);
  assert.equal(response.headers.get("content-type"), "application/problem+json", text);
  const problem = JSON.parse(text);
  assert.equal(problem.status, status);
  for (const field of ["type", "title", "code", "detail", "requestId"]) assert.equal(typeof problem[field], "string");
  return problem;
}

/** Sends bytes over a socket as they are, and answers everything that comes back within the time. */
export async function sendRaw(origin: string, text: string, milliseconds = 2_000): Promise<string> {
  const { hostname, port } = new URL(origin);
  const connection = await Deno.connect({ hostname, port: Number(port) });
  let open = true;
  const close = () => {
    if (open) connection.close();
    open = false;
  };
  const timer = setTimeout(close, milliseconds);
  let heard = "";
  try {
    await connection.write(new TextEncoder().encode(text));
    const decoder = new TextDecoder();
    const buffer = new Uint8Array(65_536);
    for (let read; (read = await connection.read(buffer)) !== null;) heard += decoder.decode(buffer.subarray(0, read));
  } catch (error) {
    // The other side may cut a connection it has no use for, and the time may be over.
    const cut = error instanceof Deno.errors.BadResource || error instanceof Deno.errors.Interrupted ||
      error instanceof Deno.errors.ConnectionReset || error instanceof Deno.errors.BrokenPipe;
    if (!cut) throw error;
  } finally {
    clearTimeout(timer);
    close();
  }
  return heard;
}

/** Every file below a folder, by its path from there. A folder in it that goes meanwhile holds nothing. */
export async function filesBelow(folder: string, prefix = ""): Promise<string[]> {
  const found: string[] = [];
  try {
    for await (const entry of Deno.readDir(`${folder}/${prefix}`)) {
      const path = `${prefix}${entry.name}`;
      if (entry.isDirectory) found.push(...await filesBelow(folder, `${path}/`));
      else found.push(path);
    }
  } catch (error) {
    if (prefix === "" || !(error instanceof Deno.errors.NotFound)) throw error;
  }
  return found.sort();
}
