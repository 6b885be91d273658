import { InputError } from "@/lib/errors.ts";

/** What the line ends of a file are like. */
export interface LineCount {
  /** Lines, the last one counted even without an end. */
  lines: number;
  /** Every line ends with LF, or every line ends with CR LF. */
  uniform: boolean;
}

const NUL = 0;
const LF = 10;
const CR = 13;

/**
 * Counts lines. Throws `InputError` for a NUL byte, which no text has. Four bytes are looked at in one step: only where
 * one of them is below 14, which letters and digits are not, each of them is told apart.
 */
export async function countLines(path: string, signal?: AbortSignal): Promise<LineCount> {
  using file = await Deno.open(path);
  const buffer = new Uint8Array(1 << 20);
  const words = new Uint32Array(buffer.buffer);
  const seen = { lines: 0, carriageReturns: 0, pairs: 0, lineStart: 0 };
  /** Where the buffer begins in the file. */
  let start = 0;
  let previous = LF;
  for (;;) {
    signal?.throwIfAborted();
    const size = await file.read(buffer);
    if (size === null) break;
    const whole = size >> 2;
    for (let at = 0; at < whole; at++) {
      const word = words[at]!;
      if (((word - 0x0e0e0e0e) & ~word & 0x80808080) !== 0) look(at * 4, at * 4 + 4);
    }
    look(whole * 4, size);
    previous = buffer[size - 1]!;
    start += size;
  }
  const { lines, carriageReturns, pairs } = seen;
  const uniform = carriageReturns === 0 || (carriageReturns === pairs && pairs === lines);
  return { lines: previous === LF ? lines : lines + 1, uniform };

  function look(from: number, to: number): void {
    for (let at = from; at < to; at++) {
      const byte = buffer[at]!;
      if (byte === LF) {
        seen.lines++;
        seen.lineStart = start + at + 1;
        if ((at > 0 ? buffer[at - 1] : previous) === CR) seen.pairs++;
      } else if (byte === CR) seen.carriageReturns++;
      else if (byte === NUL) throw nulByte(seen.lines + 1, start + at + 1 - seen.lineStart);
    }
  }
}

function nulByte(line: number, column: number): InputError {
  return new InputError(
    "nul-byte",
    `Cannot read the file: line ${line} holds a NUL byte at position ${column}, so it is no text; export it as CSV (UTF-8)`,
    { line, column },
  );
}
