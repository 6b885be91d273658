import { InputError } from "@/lib/errors.ts";
import type { TextEncoding } from "@/lib/staging/mod.ts";
import { decodeUtf32 } from "@/lib/staging/to_utf8.ts";

/** How bytes are text. */
export interface DetectedEncoding {
  encoding: TextEncoding;
  text: string;
  /** As people call it. */
  name: string;
  evidence: string;
}

const BOMS: readonly [number[], TextEncoding][] = [
  [[0xff, 0xfe, 0x00, 0x00], "utf-32le"],
  [[0x00, 0x00, 0xfe, 0xff], "utf-32be"],
  [[0xff, 0xfe], "utf-16le"],
  [[0xfe, 0xff], "utf-16be"],
  [[0xef, 0xbb, 0xbf], "utf-8"],
];
const NAMES: Record<TextEncoding, string> = {
  "utf-8": "UTF-8",
  "utf-16le": "UTF-16LE",
  "utf-16be": "UTF-16BE",
  "utf-32le": "UTF-32LE",
  "utf-32be": "UTF-32BE",
  "windows-1252": "Windows-1252",
  "latin-1": "Latin-1",
  "windows-1251": "Windows-1251",
  "shift_jis": "Shift_JIS",
  "gb18030": "GB18030",
  "euc-kr": "EUC-KR",
  "big5": "Big5",
};
const PROBE_BYTES = 8_192;

/** Tells the encoding by the bytes; `complete` says that the file ends here. Throws `InputError` for a NUL byte in text. */
export function detectEncoding(head: Uint8Array, complete: boolean): DetectedEncoding {
  for (const [bom, encoding] of BOMS) {
    if (!bom.every((byte, at) => head[at] === byte)) continue;
    const found = detected(encoding, decode(head.subarray(bom.length), encoding), "byte order mark");
    return { ...found, name: `${found.name} with byte order mark` };
  }
  const wide = wideEncoding(head.subarray(0, PROBE_BYTES));
  if (wide) return detected(wide, decode(head, wide), "every plain letter has zero bytes beside it");
  const nul = head.indexOf(0);
  if (nul !== -1) throw nulByte(head, nul);
  try {
    // A letter may be cut in two by the end of the head.
    const text = new TextDecoder("utf-8", { fatal: true }).decode(head, { stream: !complete });
    return detected("utf-8", text, isAscii(head) ? "only plain letters" : "every byte fits");
  } catch {
    return oneOrTwoBytes(head, complete);
  }
}

/** Text in an encoding, as far as it is whole. */
function decode(bytes: Uint8Array, encoding: TextEncoding): string {
  if (encoding === "utf-32le" || encoding === "utf-32be") return decodeUtf32(bytes, encoding);
  return new TextDecoder(encoding === "latin-1" ? "windows-1252" : encoding, { ignoreBOM: true }).decode(bytes, {
    stream: true,
  });
}

function detected(encoding: TextEncoding, text: string, evidence: string): DetectedEncoding {
  return { encoding, text, evidence, name: NAMES[encoding] };
}

/** UTF-16 and UTF-32 without a mark: zero bytes stand at the same places of every plain letter. */
function wideEncoding(probe: Uint8Array): TextEncoding | null {
  const zeros = [0, 0, 0, 0];
  for (let at = 0; at < probe.length; at++) if (probe[at] === 0) zeros[at % 4]!++;
  const [a, b, c, d] = zeros as [number, number, number, number];
  const all = a + b + c + d;
  if (all < Math.max(2, probe.length * 0.05)) return null;
  const letters = probe.length / 4;
  if (c > letters * 0.9 && d > letters * 0.9 && a < letters * 0.1) return "utf-32le";
  if (a > letters * 0.9 && b > letters * 0.9 && d < letters * 0.1) return "utf-32be";
  const [even, odd] = [a + c, b + d];
  if (odd > even * 10) return "utf-16le";
  return even > odd * 10 ? "utf-16be" : null;
}

function isAscii(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at++) if (bytes[at]! > 127) return false;
  return true;
}

function nulByte(head: Uint8Array, at: number): InputError {
  let line = 1;
  let column = 1;
  for (let n = 0; n < at; n++) {
    column++;
    if (head[n] === 10 || (head[n] === 13 && head[n + 1] !== 10)) {
      line++;
      column = 1;
    }
  }
  return new InputError(
    "nul-byte",
    `Cannot read the file: line ${line} holds a NUL byte at position ${column}, so it is no text; export it as CSV (UTF-8)`,
    { line, column },
  );
}

/** Bytes that are not all UTF-8: UTF-8 with damage, an East Asian encoding, or a Western one. */
function oneOrTwoBytes(head: Uint8Array, complete: boolean): DetectedEncoding {
  const { sequences, bad } = utf8Sequences(head);
  if (sequences > bad * 4) {
    const text = new TextDecoder("utf-8").decode(head, { stream: !complete });
    return detected("utf-8", text, `${sequences} letters fit and ${bad} bytes do not`);
  }
  const double = doubleByteEncoding(head);
  if (double) return double;
  let c1 = false;
  let lowerCyrillic = 0;
  let high = 0;
  for (let at = 0; at < head.length; at++) {
    const byte = head[at]!;
    if (byte < 0x80) continue;
    high++;
    if (byte < 0xa0) c1 = true;
    if (byte >= 0xe0) lowerCyrillic++;
  }
  if (inRuns(head) > 0.7 && lowerCyrillic > high * 0.6) {
    return detected("windows-1251", decode(head, "windows-1251"), "the bytes are no UTF-8, and read as Cyrillic words");
  }
  const encoding = c1 ? "windows-1252" : "latin-1";
  const evidence = c1 ? "the bytes are no UTF-8, and some are signs of Windows only" : "the bytes are no UTF-8";
  return detected(encoding, decode(head, encoding), evidence);
}

/** Letters of several bytes that are whole, and bytes that belong to none. */
function utf8Sequences(bytes: Uint8Array): { sequences: number; bad: number } {
  let sequences = 0;
  let bad = 0;
  for (let at = 0; at < bytes.length;) {
    const byte = bytes[at]!;
    const size = byte < 0x80
      ? 1
      : byte >= 0xc2 && byte < 0xe0
      ? 2
      : byte >= 0xe0 && byte < 0xf0
      ? 3
      : byte < 0xf5
      ? 4
      : 0;
    if (size === 1) {
      at++;
      continue;
    }
    let whole = byte >= 0xc2 && size > 0;
    for (let n = 1; whole && n < size; n++) whole = ((bytes[at + n] ?? 0) & 0xc0) === 0x80;
    if (whole) sequences++;
    else bad++;
    at += whole ? size : 1;
  }
  return { sequences, bad };
}

/** The share of high bytes that have another beside them: words of foreign letters, against single marked ones. */
function inRuns(bytes: Uint8Array): number {
  let high = 0;
  let beside = 0;
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at]! < 0x80) continue;
    high++;
    if (bytes[at - 1]! >= 0x80 || bytes[at + 1]! >= 0x80) beside++;
  }
  return high === 0 ? 0 : beside / high;
}

/** What letters of a script there must be for an encoding to be believed, of all that are not plain. */
const SCRIPTS: readonly [TextEncoding, RegExp, number][] = [
  ["shift_jis", /[\u3041-\u30ff]/gu, 0.15],
  ["euc-kr", /[\uac00-\ud7a3]/gu, 0.7],
  ["gb18030", /[\u4e00-\u9fff\uff00-\uffef\u3000-\u303f]/gu, 0.85],
  ["big5", /[\u4e00-\u9fff\uff00-\uffef\u3000-\u303f]/gu, 0.85],
];

function doubleByteEncoding(head: Uint8Array): DetectedEncoding | null {
  if (inRuns(head) < 0.6) return null;
  for (const [encoding, script, share] of SCRIPTS) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(head, { stream: true });
      const foreign = text.match(/\P{ASCII}/gu)?.length ?? 0;
      const fitting = text.match(script)?.length ?? 0;
      // Rare signs are what a wrong decoder makes of common words.
      if (foreign === 0 || fitting / foreign < share || (encoding !== "shift_jis" && !commonBytes(head, encoding))) {
        continue;
      }
      return detected(encoding, text, `the bytes are no UTF-8, and ${fitting} of ${foreign} letters are of its script`);
    } catch {
      continue; // not this one
    }
  }
  return null;
}

/** Whether most pairs begin with the bytes under which the common signs of an encoding lie. */
function commonBytes(bytes: Uint8Array, encoding: TextEncoding): boolean {
  const [low, high] = encoding === "gb18030" ? [0xb0, 0xd7] : encoding === "big5" ? [0xa4, 0xc6] : [0xb0, 0xc8];
  let pairs = 0;
  let common = 0;
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at]! < 0x80) continue;
    pairs++;
    if (bytes[at]! >= low && bytes[at]! <= high) common++;
    at++;
  }
  return common > pairs * 0.6;
}
