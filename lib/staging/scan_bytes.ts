import { InputError } from "@/lib/errors.ts";

/** What the line ends of a file are like. */
export interface LineCount {
  /** Lines, the last one counted even without an end. */
  lines: number;
  /** Every line ends with LF, or every line ends with CR LF. */
  uniform: boolean;
}

/** Counts lines. Throws `InputError` for a NUL byte, which no text has. */
export async function countLines(path: string, signal?: AbortSignal): Promise<LineCount> {
  using file = await Deno.open(path);
  const buffer = new Uint8Array(1 << 20);
  let lines = 0;
  let carriageReturns = 0;
  let pairs = 0;
  let previous = 10;
  let column = 0;
  for (;;) {
    signal?.throwIfAborted();
    const size = await file.read(buffer);
    if (size === null) break;
    for (let at = 0; at < size; at++) {
      const byte = buffer[at]!;
      column++;
      if (byte === 10) {
        lines++;
        column = 0;
        if (previous === 13) pairs++;
      } else if (byte === 13) carriageReturns++;
      else if (byte === 0) throw nulByte(lines + 1, column);
      previous = byte;
    }
  }
  const uniform = carriageReturns === 0 || (carriageReturns === pairs && pairs === lines);
  return { lines: previous === 10 ? lines : lines + 1, uniform };
}

function nulByte(line: number, column: number): InputError {
  return new InputError(
    "nul-byte",
    `Cannot read the file: line ${line} holds a NUL byte at position ${column}, so it is no text; export it as CSV (UTF-8)`,
    { line, column },
  );
}
