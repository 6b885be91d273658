import { NotFoundError } from "@/lib/errors.ts";
import type { Services } from "@/lib/services.ts";

const BYTES = 8_192;
const LINES = 14;
const LINE_LENGTH = 400;

/** The first lines of a kept file as they stand in it; none where the file is not (or no longer) kept. */
export async function readFileHead(
  services: Pick<Services, "files">,
  workspace: string,
  sha256: string,
): Promise<string[]> {
  if (!sha256) return [];
  try {
    return headLines(await services.files.head(workspace, sha256, BYTES));
  } catch (error) {
    if (error instanceof NotFoundError) return [];
    throw error;
  }
}

/** Bytes as lines to look at. Only for the eye: what the import makes of the bytes is decided by `lib/ingest`. */
export function headLines(bytes: Uint8Array): string[] {
  // Packed (a ZIP such as XLSX, a gzip): nothing to read in it, the import knows how its texts begin.
  if ((bytes[0] === 0x50 && bytes[1] === 0x4b) || (bytes[0] === 0x1f && bytes[1] === 0x8b)) return [];
  const text = new TextDecoder(encodingOf(bytes)).decode(bytes, { stream: true });
  const lines = text.split(/\r\n|\n|\r/);
  if (bytes.length >= BYTES) lines.pop(); // cut anywhere
  while (lines.at(-1) === "") lines.pop();
  // deno-lint-ignore no-control-regex -- what cannot be seen is shown as a box
  return lines.slice(0, LINES).map((line) => line.slice(0, LINE_LENGTH).replace(/[\u0000-\u0008\u000b-\u001f]/g, "▯"));
}

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  const sample = bytes.subarray(0, 400);
  const zeros = [0, 1].map((odd) => sample.filter((byte, i) => byte === 0 && i % 2 === odd).length);
  if (zeros[1]! > sample.length / 8) return "utf-16le";
  if (zeros[0]! > sample.length / 8) return "utf-16be";
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    return "utf-8";
  } catch {
    return "windows-1252";
  }
}
