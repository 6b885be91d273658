import assert from "node:assert/strict";
import fc from "fast-check";
import { RecordCutter } from "./cut_records.ts";
import { cutText } from "./cut_text.ts";

const options = { delimiter: ",", quote: '"', skipLines: 0 };

Deno.test("RecordCutter names the first physical line of each record", () => {
  const text = 'a,b\r\n"x\r\ny\nz",2\n\n  \n3,4\r5,6\r\n"q""q",';
  assert.deepEqual(cutText(text, options), [
    { line: 1, cells: ["a", "b"] },
    { line: 2, cells: ["x\r\ny\nz", "2"], lines: 3 },
    { line: 7, cells: ["3", "4"] },
    { line: 8, cells: ["5", "6"] },
    { line: 9, cells: ['q"q', ""] },
  ]);
});

Deno.test("RecordCutter skips physical lines, whatever they hold", () => {
  assert.deepEqual(cutText('Report "x\nAll time\n\na,b\n', { ...options, skipLines: 3 }), [{
    line: 4,
    cells: ["a", "b"],
  }]);
});

Deno.test("RecordCutter reports a broken record and goes on with the next line", () => {
  const faults: [number, string][] = [];
  const lines: number[] = [];
  const cutter = new RecordCutter(options, {
    record: (_bytes, _start, _end, line) => void lines.push(line),
    fault: (_bytes, _start, _end, line, fault) => void faults.push([line, fault]),
  });
  cutter.push(new TextEncoder().encode('1,2\n"a" b,2\n3,4\n"open,5\n6,7\n'), true);
  assert.deepEqual(faults, [[2, "bad-quotes"], [4, "unterminated-quote"]]);
  assert.deepEqual(lines, [1, 3, 5]);
});

Deno.test("RecordCutter finds the same records however the bytes arrive", () => {
  const cell = fc.string({ unit: fc.constantFrom("a", "é", ",", '"', "\n", "\r", " ", "1"), maxLength: 6 });
  fc.assert(fc.property(
    fc.array(fc.array(cell, { minLength: 2, maxLength: 3 }), { maxLength: 6 }),
    fc.constantFrom("\n", "\r\n", "\r"),
    fc.integer({ min: 1, max: 7 }),
    (rows, end, size) => {
      const text = rows.map((cells) => cells.map((c) => `"${c.replaceAll('"', '""')}"`).join(",") + end).join("");
      const bytes = new TextEncoder().encode(text);
      const found: [number, string][] = [];
      const cutter = new RecordCutter(options, {
        record: (b, start, stop, line) => void found.push([line, new TextDecoder().decode(b.subarray(start, stop))]),
        fault: () => assert.fail("a well-formed record was called broken"),
      });
      for (let at = 0; at < bytes.length; at += size) cutter.push(bytes.subarray(at, at + size));
      cutter.push(new Uint8Array(0), true);
      let line = 1;
      const expected = rows.map((cells): [number, string] => {
        const record = cells.map((c) => `"${c.replaceAll('"', '""')}"`).join(",");
        const first = line;
        line += 1 + (record.replaceAll("\r\n", "\n").match(/[\r\n]/g) ?? []).length;
        return [first, record];
      });
      assert.deepEqual(found, expected);
      assert.deepEqual(cutText(text, options).map((r) => r.cells), rows);
    },
  ));
});
