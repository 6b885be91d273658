/** Makes ZIP archives, sound and unsound ones, byte by byte. */
import { crc32, deflateRawSync } from "node:zlib";

/** One entry. */
export interface ZipEntry {
  name: string;
  data: Uint8Array | string;
  /** Unix mode: `0o120777` makes a link. @default 0o100644 */
  mode?: number;
  /** What the list of entries says of the size. @default the truth */
  claimedSize?: number;
  encrypted?: boolean;
}

/** An archive of entries, in their order. */
export function makeZip(entries: ZipEntry[]): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const parts: Uint8Array[] = [];
  const list: Uint8Array[] = [];
  let offset = 0;
  for (const { name, data, mode = 0o100644, claimedSize, encrypted = false } of entries) {
    const raw = typeof data === "string" ? encoder.encode(data) : data;
    const packed = deflateRawSync(raw);
    const path = encoder.encode(name);
    const size = claimedSize ?? raw.length;
    const common = numbers([
      [2, 0x0800 | (encrypted ? 1 : 0)],
      [2, 8],
      [4, 0],
      [4, crc32(raw)],
      [4, packed.length],
      [4, size],
      [2, path.length],
      [2, 0],
    ]);
    const local = join([numbers([[4, 0x04034b50], [2, 20]]), common, path, packed]);
    parts.push(local);
    list.push(join([
      numbers([[4, 0x02014b50], [2, 0x0314], [2, 20]]),
      common,
      numbers([[2, 0], [2, 0], [2, 0], [4, (mode << 16) >>> 0], [4, offset]]),
      path,
    ]));
    offset += local.length;
  }
  const directory = join(list);
  const end = numbers([
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, entries.length],
    [2, entries.length],
    [4, directory.length],
    [4, offset],
    [2, 0],
  ]);
  return join([...parts, directory, end]);
}

function numbers(values: [2 | 4, number][]): Uint8Array {
  const bytes = new Uint8Array(values.reduce((sum, [size]) => sum + size, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [size, value] of values) {
    if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value >>> 0, true);
    at += size;
  }
  return bytes;
}

function join(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
