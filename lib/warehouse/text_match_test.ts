import assert from "node:assert/strict";
import { Duck } from "@/lib/duckdb/duckdb.ts";
import { lowerText, textMatches, textPattern } from "./text_match.ts";

Deno.test("lowerText() writes every letter as DuckDB does", async () => {
  const duck = await Duck.open({ path: ":memory:", threads: 1 });
  try {
    // Surrogates are no letters, and a byte order mark is lost on the way out of the engine.
    const rows = await duck.rows(
      `select i as code, lower(chr(i::integer)) as small from range(1, 131072) t(i)
       where i not between 55296 and 57343 and i <> 65279`,
    );
    const other = rows.filter(({ code, small }) => lowerText(String.fromCodePoint(Number(code))) !== small)
      .map(({ code, small }) => ({ code: Number(code), small: String(small) }));
    // Letters of 2024 (Unicode 16) that this DuckDB has not heard of are left as they are there.
    assert.ok(other.every(({ code, small }) => small === String.fromCodePoint(code)), JSON.stringify(other));
    assert.ok(other.length < 40, `${other.length} letters differ`);
    assert.equal(lowerText("ΟΔΟΣ İ"), "οδοσ i");
    const [found] = await duck.rows("select lower('ΟΔΟΣ İ') as small");
    assert.equal(found?.small, "οδοσ i");
  } finally {
    await duck.close();
  }
});

Deno.test("textMatches() goes letter by letter, whatever the case", () => {
  assert.ok(textMatches("contains", "Große GRÖSSE", "grösse"));
  assert.ok(!textMatches("contains", "Größe", "GRÖSSE"), "ß is one letter");
  assert.ok(textMatches("starts-with", "Brand 2026", "BRAND"));
  assert.ok(!textMatches("starts-with", "A Brand", "brand"));
  assert.ok(textMatches("ends-with", "a\u212A", "K"), "the Kelvin sign is a k");
});

Deno.test("textPattern() means itself, with every letter's own forms", () => {
  assert.equal(textPattern("contains", "a1"), "[aA]1");
  assert.equal(textPattern("starts-with", "k."), "^[kK\u212A]\\.");
  assert.equal(textPattern("ends-with", "]^-\n"), "\\]\\^\\-\\x0a\\z");
  assert.equal(textPattern("contains", "$where"), "\\$[wW][hH][eE][rR][eE]");
  assert.equal(textPattern("contains", "\0"), "\\x00", "no pattern may hold a zero byte");
});
