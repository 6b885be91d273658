/** What bytes are, by how they begin. */
import type { TextHead } from "./recognise_text.ts";

/** What a file's bytes are that are no text at all. */
const BINARY: readonly [number[], string][] = [
  [[0xd0, 0xcf, 0x11, 0xe0], "an old Excel workbook (.xls); save it as .xlsx or CSV"],
  [[0x25, 0x50, 0x44, 0x46], "a PDF; export the report as CSV"],
  [[0x50, 0x41, 0x52, 0x31], "a Parquet file; export the report as CSV"],
  [[0x37, 0x7a, 0xbc, 0xaf], "a 7-Zip archive; unpack it"],
  [[0x52, 0x61, 0x72, 0x21], "a RAR archive; unpack it"],
  [[0x42, 0x5a, 0x68], "a bzip2 archive; unpack it"],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], "an xz archive; unpack it"],
  [[0x28, 0xb5, 0x2f, 0xfd], "a Zstandard archive; unpack it"],
  [[0x89, 0x50, 0x4e, 0x47], "a picture; export the report as CSV"],
  [[0xff, 0xd8, 0xff], "a picture; export the report as CSV"],
  [[0x47, 0x49, 0x46, 0x38], "a picture; export the report as CSV"],
];

/** What kind of archive bytes begin, if any. */
export function archiveKind(head: Uint8Array): "zip" | "gzip" | null {
  if (head[0] === 0x50 && head[1] === 0x4b && (head[2] === 3 || head[2] === 5) && (head[3] === 4 || head[3] === 6)) {
    return "zip";
  }
  return head[0] === 0x1f && head[1] === 0x8b ? "gzip" : null;
}

/** What bytes are that are no text, in words; null where they may be text. */
export function binaryKind(head: Uint8Array): string | null {
  for (const [magic, what] of BINARY) if (magic.every((byte, at) => head[at] === byte)) return what;
  const start = new TextDecoder().decode(head.subarray(0, 200)).replace(/^\ufeff/, "").trimStart().toLowerCase();
  if (/^(?:<!doctype html|<html|<table|<meta)/.test(start)) return "a web page; export the report as CSV";
  if (/^<\?xml/.test(start)) return "an XML document; export the report as CSV";
  return /^(?:\[\s*[[{]|\{\s*")/.test(start) ? "JSON; export the report as CSV" : null;
}

/** The first bytes of a file, and whether they are all. */
export async function headOf(path: string, length: number): Promise<TextHead> {
  using file = await Deno.open(path);
  const { size } = await file.stat();
  const bytes = new Uint8Array(Math.min(length, size));
  let done = 0;
  for (let read; done < bytes.length && (read = await file.read(bytes.subarray(done))) !== null;) done += read;
  return { bytes: bytes.subarray(0, done), complete: done >= size };
}
