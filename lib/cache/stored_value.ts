/** How a cached value lies in Redis: marked, checked, and compressed where that pays. */
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { zstdCompressSync, zstdDecompressSync } from "node:zlib";

/** What a value was kept with. */
export interface StoredValue {
  value: string;
  /** Kept for a time of its own, which only Redis knows. */
  timed: boolean;
}

/** Values from here on are compressed: below, it costs more time than the bytes are worth. */
const COMPRESS_FROM = 2 * 1_024;
/**
 * Larger values are not shared. Deno compresses on the thread that answers, whichever function is called; up to this
 * size it is held up for a few milliseconds at most.
 */
const MAX_BYTES = 8 * 2 ** 20;

/** The first bytes of every value; the last one rises when what follows means something else. */
const MARK = Buffer.from("Tsr\x01");
const COMPRESSED = 1;
const TIMED = 2;
const HASH_BYTES = 8;
const HEAD_BYTES = MARK.length + 1 + HASH_BYTES;

/** The bytes to store under `key`, or null for a value that is not stored: too large, or no text that survives UTF-8. */
export function packValue(key: string, { value, timed }: StoredValue): Uint8Array | null {
  if (value.length > MAX_BYTES || !value.isWellFormed()) return null;
  const plain = Buffer.from(value);
  if (plain.length > MAX_BYTES) return null;
  const compressed = plain.length >= COMPRESS_FROM ? zstdCompressSync(plain) : plain;
  const isSmaller = compressed.length < plain.length;
  const body = isSmaller ? compressed : plain;
  const flags = (isSmaller ? COMPRESSED : 0) | (timed ? TIMED : 0);
  return Buffer.concat([MARK, Buffer.of(flags), hash(key, flags, body), body]);
}

/** What `packValue` stored under the same key; undefined for anything else, damaged values and other keys' included. */
export function unpackValue(key: string, bytes: Uint8Array): StoredValue | undefined {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (all.length < HEAD_BYTES || !all.subarray(0, MARK.length).equals(MARK)) return undefined;
  const flags = all[MARK.length]!;
  const body = all.subarray(HEAD_BYTES);
  if (!all.subarray(MARK.length + 1, HEAD_BYTES).equals(hash(key, flags, body))) return undefined;
  const timed = (flags & TIMED) !== 0;
  if ((flags & COMPRESSED) === 0) return { value: body.toString(), timed };
  try {
    return { value: zstdDecompressSync(body, { maxOutputLength: MAX_BYTES }).toString(), timed };
  } catch {
    return undefined; // whole, but not ours: somebody made it up
  }
}

function hash(key: string, flags: number, body: Uint8Array): Buffer {
  const hashed = createHash("sha256").update(`${key}\n${flags}\n`).update(body).digest();
  return hashed.subarray(0, HASH_BYTES);
}
