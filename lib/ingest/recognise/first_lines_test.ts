import assert from "node:assert/strict";
import { firstLines } from "./first_lines.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

Deno.test("firstLines() numbers a sheet's rows and leaves out empty ones, whatever stands in a cell", () => {
  assert.deepEqual(firstLines({ bytes: bytes('Report\n\na,"b\nc, d"\n1,2\n'), complete: true, sheet: true }), [
    { line: 1, text: "Report" },
    { line: 3, text: "a\tb c, d" },
    { line: 4, text: "1\t2" },
  ]);
});

Deno.test("firstLines() shows an entry's lines as they stand, leaves out one that may be half, and bounds them", () => {
  assert.deepEqual(firstLines({ bytes: bytes('\ufeffa;"b"\r\n\r\n1;2\r\nhal'), complete: false }), [
    { line: 1, text: 'a;"b"' },
    { line: 2, text: "" },
    { line: 3, text: "1;2" },
  ]);
  const long = firstLines({ bytes: bytes("x".repeat(900) + "\n" + "a\u0007b\n".repeat(100)), complete: true });
  assert.deepEqual([long.length, long[0]!.text.length, long[1]!.text], [14, 400, "a▯b"]);
});
