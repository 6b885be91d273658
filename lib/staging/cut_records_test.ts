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

Deno.test("RecordCutter takes delimiters of several signs, and escapes, wherever the pieces are cut", () => {
  const cases: [string, Parameters<typeof cutText>[1], string[][]][] = [
    ["a||b|c||\n||x||y\n", { delimiter: "||", quote: '"', skipLines: 0 }, [["a", "b|c", ""], ["", "x", "y"]]],
    ['"a~|~b"~|~c\n', { delimiter: "~|~", quote: '"', skipLines: 0 }, [["a~|~b", "c"]]],
    ['"a\\"b",c\\,d\n', { delimiter: ",", quote: '"', escape: "\\", skipLines: 0 }, [['a"b', "c,d"]]],
    ["it's,'a, b'\n", { delimiter: ",", quote: "'", skipLines: 0 }, [["it's", "a, b"]]],
    ['"a,b"\n', { delimiter: ",", quote: "", skipLines: 0 }, [['"a', 'b"']]],
    ["aéb¦c\n", { delimiter: "¦", quote: '"', skipLines: 0 }, [["aéb", "c"]]],
  ];
  for (const [text, options, expected] of cases) {
    assert.deepEqual(cutText(text, options).map(({ cells }) => cells), expected, text);
    const bytes = new TextEncoder().encode(text);
    for (let at = 1; at < bytes.length; at++) {
      const fields: number[] = [];
      const cutter = new RecordCutter(options, {
        record: (_bytes, _start, _end, _line, shape) => void fields.push(shape.fields),
        fault: () => assert.fail(`${text} cut at ${at}`),
      });
      cutter.push(bytes.subarray(0, at));
      cutter.push(bytes.subarray(at), true);
      assert.deepEqual(fields, expected.map((cells) => cells.length), `${text} cut at ${at}`);
    }
  }
});

Deno.test("RecordCutter ends with a table's last line, and counts records as lines where they are", () => {
  assert.deepEqual(cutText("a\nb\nc\n", { ...options, lastLine: 2 }).map(({ line }) => line), [1, 2]);
  const sheet = cutText('"a\nb",1\n\nc,2\n', { ...options, lines: "records" });
  assert.deepEqual(sheet.map(({ line }) => line), [1, 3]);
});

Deno.test("RecordCutter keeps nothing of a line without an end, and goes on behind it", () => {
  const faults: [number, string][] = [];
  const lines: number[] = [];
  const cutter = new RecordCutter(options, {
    record: (_bytes, _start, _end, line) => void lines.push(line),
    fault: (bytes, start, end, line, fault) => {
      assert.ok(end - start < 4 << 20 && bytes.length < 4 << 20);
      faults.push([line, fault]);
    },
  });
  cutter.push(new TextEncoder().encode("1,2\n"));
  const piece = new Uint8Array(1 << 20).fill(120);
  for (let n = 0; n < 200; n++) cutter.push(piece);
  cutter.push(new TextEncoder().encode("\n3,4\n"), true);
  assert.deepEqual([lines, faults], [[1, 3], [[2, "too-long"]]]);
});

Deno.test("RecordCutter gives up on quotes that never end, before it takes for ever", () => {
  const cutter = new RecordCutter({ ...options, maxRecordBytes: 1_000 }, { record() {}, fault() {} });
  const line = new TextEncoder().encode(`1,"${"x".repeat(50)}\n`.replace("\n", `${" y".repeat(1_500)}\n`));
  assert.throws(() => {
    for (let n = 0; n < 100; n++) cutter.push(new TextEncoder().encode(`1,"${"x ".repeat(600)}""\n`));
    cutter.push(line, true);
  }, { code: "bad-quotes", message: /opens a quote in cell 2 that is not closed/ });
});
