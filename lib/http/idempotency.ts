/**
 * `Idempotency-Key`: a request that is sent again because its answer was lost gets that same answer, and has one effect.
 * The key's document is claimed before the work, so that two at the same time do it once too.
 */
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { z } from "zod";
import type { Collection, DocumentStore, Stored } from "@/lib/documents/mod.ts";
import { ConflictError, InputError, TesseraError } from "@/lib/errors.ts";
import type { Viewer } from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";

const answerSchema = z.object({
  status: z.int(),
  headers: z.array(z.tuple([z.string(), z.string()])),
  /** The body's bytes as base64. */
  body: z.string(),
});
const recordSchema = z.looseObject({
  id: z.string(),
  /** What was asked for: another request under the same key is refused. */
  fingerprint: z.string(),
  /** Milliseconds by the store's clock; as long as it is renewed, somebody works on the answer. */
  renewedAt: z.number(),
  expiresAt: z.number(),
  answer: answerSchema.optional(),
});
/** A key that was used. */
export type IdempotencyRecord = z.output<typeof recordSchema>;

/** Used keys, by the hash of actor and key; `byExpiry` tells which ones may go. */
export const idempotencyCollection: Collection<IdempotencyRecord> = {
  name: "idempotency_keys",
  schema: recordSchema,
  indexes: { byExpiry: { fields: ["expiresAt"] } },
};

/** Times that tests shorten. */
export interface IdempotencyOptions {
  /** How long an answer is kept. @default 24 hours */
  keepMs?: number;
  /** After so long a silence whoever worked on the answer counts as dead. @default 10000 */
  leaseMs?: number;
  /** How long a second request waits for the first one's answer. @default 20000 */
  waitMs?: number;
  /** Tells by the kept answer whether a repeated body that the fingerprint leaves out, a file, is the same. */
  isSame?: (answer: Response) => Promise<boolean>;
}

type Store = DocumentStore;
const KEPT_HEADERS = ["content-type", "location", "etag", "content-disposition", "link"];
/** Longer answers are not kept: repeated questions are cheaper than that, and nothing that changes data answers so much. */
const MAX_ANSWER_BYTES = 2 ** 20;
const MAX_HASHED_BYTES = 4 * 2 ** 20;

/**
 * Runs the handler of a POST once per `Idempotency-Key`. Answers below 500 are kept for a day; an error that is thrown
 * changes nothing and is not kept. Throws `InputError` 400 for a bad key and 422 `idempotency-key-reused` for another
 * request under the same key, and `TesseraError` 409 while the first one goes on.
 */
export async function withIdempotency(
  services: Pick<Services, "documents">,
  viewer: Viewer,
  request: Request,
  run: () => Response | Promise<Response>,
  options: IdempotencyOptions = {},
): Promise<Response> {
  const key = request.headers.get("idempotency-key");
  if (key === null) return await run();
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
    const text = "Cannot use the Idempotency-Key: it must be 1 to 255 visible characters without spaces";
    throw new InputError("bad-idempotency-key", text, {}, 400);
  }
  const { keepMs = 86_400_000, leaseMs = 10_000, waitMs = 20_000 } = options;
  const { documents } = services;
  const { workspace } = viewer;
  const id = createHash("sha256").update(`${viewer.actor}\n${key}`).digest("hex");
  const fingerprint = await fingerprintOf(request);

  const giveUpAt = performance.now() + waitMs;
  for (;;) {
    const now = await documents.now();
    const record: IdempotencyRecord = { id, fingerprint, renewedAt: now, expiresAt: now + keepMs };
    const present = await documents.get(idempotencyCollection, workspace, id);
    const standing = present && present.doc.expiresAt > now ? present : null;
    if (standing && standing.doc.fingerprint !== fingerprint) throw reused();
    if (standing?.doc.answer) {
      const { answer } = standing.doc;
      if (options.isSame && !await options.isSame(replay(answer))) throw reused();
      return replay(answer);
    }
    const working = standing && Math.abs(now - standing.doc.renewedAt) <= leaseMs;
    if (!working) {
      const claim = await claimed(documents, workspace, record, present);
      if (claim) return await runAndKeep(documents, workspace, claim, run, leaseMs);
    } else if (performance.now() > giveUpAt) {
      const text = "The first request with this Idempotency-Key is still at work; ask again in a few seconds";
      throw new TesseraError("idempotency-in-progress", text, 409);
    } else {
      request.signal.throwIfAborted();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

function reused(): InputError {
  const text = "Cannot use the Idempotency-Key: it was used for another request; take a new key for each request";
  return new InputError("idempotency-key-reused", text);
}

/** Null where somebody else was faster. */
async function claimed(
  documents: Store,
  workspace: string,
  record: IdempotencyRecord,
  present: Stored<IdempotencyRecord> | null,
): Promise<Stored<IdempotencyRecord> | null> {
  try {
    return present
      ? await documents.put(idempotencyCollection, workspace, record, present.version)
      : await documents.create(idempotencyCollection, workspace, record);
  } catch (error) {
    if (error instanceof ConflictError) return null;
    throw error;
  }
}

async function runAndKeep(
  documents: Store,
  workspace: string,
  claim: Stored<IdempotencyRecord>,
  run: () => Response | Promise<Response>,
  leaseMs: number,
): Promise<Response> {
  let { version } = claim;
  let renewing: Promise<void> = Promise.resolve();
  const renew = async () => {
    const doc = { ...claim.doc, renewedAt: await documents.now() };
    version = (await documents.put(idempotencyCollection, workspace, doc, version)).version;
  };
  const timer = setInterval(() => {
    // Where it cannot be renewed, another may take the key over: its own writes then fail here, and keep its answer.
    renewing = renewing.then(renew).catch(() => clearInterval(timer));
  }, leaseMs / 3);
  const settle = async () => {
    clearInterval(timer);
    await renewing;
  };

  let response: Response;
  let body: Uint8Array | null;
  try {
    response = await run();
    body = response.status < 500 ? await shortBody(response) : null;
  } catch (error) {
    await settle();
    await free(documents, workspace, claim.doc.id, version);
    throw error;
  }
  await settle();
  if (body === null) {
    await free(documents, workspace, claim.doc.id, version);
    return response;
  }
  const headers = KEPT_HEADERS.flatMap((name): [string, string][] => {
    const value = response.headers.get(name);
    return value === null ? [] : [[name, value]];
  });
  const answer = { status: response.status, headers, body: Buffer.from(body).toString("base64") };
  try {
    await documents.put(idempotencyCollection, workspace, { ...claim.doc, answer }, version);
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error; // taken over while this process was frozen
  }
  return response;
}

async function free(documents: Store, workspace: string, id: string, version: number): Promise<void> {
  try {
    await documents.delete(idempotencyCollection, workspace, id, version);
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error; // taken over: it is the other's now
  }
}

/** The body where it is short enough to keep; the response stays readable. */
async function shortBody(response: Response): Promise<Uint8Array | null> {
  const length = Number(response.headers.get("content-length") ?? 0);
  const type = response.headers.get("content-type") ?? "";
  if (length > MAX_ANSWER_BYTES || type.startsWith("text/event-stream")) return null;
  const bytes = new Uint8Array(await response.clone().arrayBuffer());
  return bytes.length > MAX_ANSWER_BYTES ? null : bytes;
}

function replay({ status, headers, body }: z.output<typeof answerSchema>): Response {
  const bytes = Buffer.from(body, "base64");
  const response = new Response(bytes.length ? bytes : null, { status, headers });
  response.headers.set("idempotency-replayed", "true");
  return response;
}

/**
 * What makes two requests the same: method, address, content type, length, and for JSON the body itself. A file is too
 * long to be read before it is taken; `isSame` compares it with the one that was.
 */
async function fingerprintOf(request: Request): Promise<string> {
  const { pathname, search } = new URL(request.url);
  const type = (request.headers.get("content-type") ?? "").split(";")[0]!.trim().toLowerCase();
  const length = request.headers.get("content-length") ?? "";
  const hash = createHash("sha256").update(JSON.stringify([request.method, pathname, search, type, length]));
  const isShort = length === "" || Number(length) <= MAX_HASHED_BYTES;
  if (request.body && isShort && (type === "application/json" || type.endsWith("+json"))) {
    let bytes = 0;
    for await (const chunk of request.clone().body!) {
      hash.update(chunk);
      bytes += chunk.length;
      if (bytes > MAX_HASHED_BYTES) break; // whoever reads the body refuses it
    }
  }
  return hash.digest("hex");
}
