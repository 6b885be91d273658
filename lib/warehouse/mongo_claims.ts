/**
 * Claims: which import says what of which key. Kept as buckets, one per import, level and day and at most some thousand
 * keys, so that a turn reads a day of many imports in a few documents.
 */
import { Binary } from "@/lib/mongo/mongo.ts";
import type { MongoFacts } from "./mongo_facts.ts";
import type { ClaimDocument } from "./mongo_layout.ts";

/** What one import says of one key. `content`: the import that brought the values; 0: it removed the row. */
export interface Claim {
  key: string;
  content: number;
}

/** 20 bytes each, far from the 16 MB that a document may have; larger ones save nothing. */
const BUCKET_KEYS = 5_000;
const KEY_BYTES = 16;

/** The buckets of one import, level and day. */
export function claimBuckets(
  place: { workspace: string; import: number; level: number; day: string },
  claims: Claim[],
): ClaimDocument[] {
  const buckets: ClaimDocument[] = [];
  for (let start = 0; start < claims.length; start += BUCKET_KEYS) {
    const part = claims.slice(start, start + BUCKET_KEYS);
    buckets.push({
      _id: `${place.workspace}/${place.import}/${place.level}/${place.day}/${buckets.length}`,
      w: place.workspace,
      f: place.import,
      l: place.level,
      d: place.day,
      ...packClaims(place.import, part),
    });
  }
  return buckets;
}

/** The claims that an act's steps leave, by day. */
export function claimsByDay(steps: { key: string; day: string; content: number }[]): Map<string, Claim[]> {
  const days = new Map<string, Claim[]>();
  for (const { key, day, content } of steps) {
    const claims = days.get(day);
    if (claims) claims.push({ key, content });
    else days.set(day, [{ key, content }]);
  }
  return days;
}

/** The part of a bucket that holds the claims. */
export function packClaims(own: number, claims: Claim[]): Pick<ClaimDocument, "n" | "k" | "c"> {
  const keys = new Uint8Array(claims.length * KEY_BYTES);
  for (const [index, { key }] of claims.entries()) keys.set(bytesOf(key), index * KEY_BYTES);
  const packed = { n: claims.length, k: new Binary(keys) };
  if (claims.every(({ content }) => content === own)) return packed;
  const contents = new DataView(new ArrayBuffer(claims.length * 4));
  for (const [index, { content }] of claims.entries()) contents.setInt32(index * 4, content, true);
  return { ...packed, c: new Binary(new Uint8Array(contents.buffer)) };
}

/** The claims of a bucket. */
export function unpackClaims({ f, n, k, c }: Pick<ClaimDocument, "f" | "n" | "k" | "c">): Claim[] {
  const keys = k.buffer;
  const contents = c ? new DataView(c.buffer.buffer, c.buffer.byteOffset, n * 4) : null;
  return Array.from({ length: n }, (_, index) => ({
    key: hexOf(keys.subarray(index * KEY_BYTES, (index + 1) * KEY_BYTES)),
    content: contents ? contents.getInt32(index * 4, true) : f,
  }));
}

/** The buckets of a level and some days that imports among `imports` left. */
export async function readClaims(
  facts: MongoFacts,
  place: { level: number; days: string[] },
  imports: { has(seq: number): boolean },
): Promise<ClaimDocument[]> {
  const buckets = await facts.mongo.run(
    "read the claims",
    () => facts.claims.find({ w: facts.workspace, l: place.level, d: { $in: place.days } }).toArray(),
    {
      withinMs: 30_000,
    },
  );
  return buckets.filter(({ f }) => imports.has(f));
}

function bytesOf(key: string): Uint8Array {
  return Uint8Array.fromHex(key);
}

function hexOf(bytes: Uint8Array): string {
  return bytes.toHex();
}
