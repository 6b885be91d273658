import assert from "node:assert/strict";
import { headLines } from "./file_head.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);
const utf16 = (text: string) => new Uint8Array(new Uint16Array([...text].map((c) => c.charCodeAt(0))).buffer);

Deno.test("headLines() reads UTF-8 with every kind of line end", () => {
  assert.deepEqual(headLines(utf8("Tag;Kosten\r\n1;2 €\n3;4\r")), ["Tag;Kosten", "1;2 €", "3;4"]);
});

Deno.test("headLines() reads UTF-16 with and without a mark, and Windows-1252", () => {
  assert.deepEqual(headLines(utf16("\uFEFFTag\tKosten\n1\t2")), ["Tag\tKosten", "1\t2"]);
  assert.deepEqual(headLines(utf16("Tag\tKosten\n1\t2")), ["Tag\tKosten", "1\t2"]);
  assert.deepEqual(headLines(new Uint8Array([0x4b, 0xf6, 0x6c, 0x6e])), ["Köln"]);
});

Deno.test("headLines() cuts long files, long lines and a last line that may be half", () => {
  const lines = headLines(utf8("x".repeat(900) + "\n" + "a,b\n".repeat(4_000)).slice(0, 8_192));
  assert.equal(lines.length, 14);
  assert.equal(lines[0]?.length, 400);
  assert.deepEqual(headLines(utf8("a\n" + "b".repeat(9_000)).slice(0, 8_192)), ["a"]);
});

Deno.test("headLines() shows nothing of a zip or gzip and boxes for control characters", () => {
  assert.deepEqual(headLines(utf8("PK\u0003\u0004abc")), []);
  assert.deepEqual(headLines(new Uint8Array([0x1f, 0x8b, 8, 0])), []);
  assert.deepEqual(headLines(utf8("a\u0007b")), ["a▯b"]);
});
