import assert from "node:assert/strict";
import { suggestSpellings } from "./suggest_spellings.ts";

const told = (names: [string, number, boolean?][]) =>
  suggestSpellings(names.map(([text, rows, known = false]) => ({ text, rows, known })))
    .map(({ from, to, rows, kind }) => `${from} → ${to} (${rows}, ${kind})`);

Deno.test("suggestSpellings() finds slips of the pen, whichever is rarer", () => {
  assert.deepEqual(told([["Data Analytics Course", 90], ["Data Anlytics Corse", 3], ["Python Course", 40]]), [
    "Data Anlytics Corse → Data Analytics Course (3, spelling)",
  ]);
  assert.deepEqual(told([["Retargeting Spring", 90], ["Retagreting Spring", 3]]), [
    "Retagreting Spring → Retargeting Spring (3, spelling)",
  ]);
});

Deno.test("suggestSpellings() brings capitals, blanks and joining signs to the form that is known, else most frequent", () => {
  assert.deepEqual(told([["Brand US", 5], ["brand_us", 9], ["BRAND  us", 1]]), [
    "Brand US → brand_us (5, case)",
    "BRAND  us → brand_us (1, case)",
  ]);
  assert.deepEqual(told([["Brand US", 0, true], ["brand_us", 9]]), ["brand_us → Brand US (9, case)"]);
});

Deno.test("suggestSpellings() leaves alone what differs on purpose", () => {
  assert.deepEqual(
    told([
      ["Brand US Q3", 90],
      ["Brand US Q4", 3],
      ["Brand UK Q3", 3],
      ["Shoes Men", 90],
      ["Shoes Women", 2],
      ["Course A", 90],
      ["Source A", 2],
      ["Spring Sale", 10],
      ["Springs Sale", 9],
      ["campaign_12", 90],
      ["campaign_13", 1],
    ]),
    [],
  );
});

Deno.test("suggestSpellings() suggests nothing for what stands only in the dataset, and is quick with many names", () => {
  assert.deepEqual(told([["Data Analytics", 0, true], ["Data Analytisc", 0, true]]), []);
  const letters = "abcdefghij";
  const many = Array.from({ length: 1_000 }, (_, n) => {
    const code = [...String(n).padStart(3, "0")].map((digit) => letters[Number(digit)]!.repeat(5)).join(" ");
    return { text: `campaign ${code}`, rows: 1, known: false };
  });
  const started = performance.now();
  assert.deepEqual(suggestSpellings(many), []);
  assert.ok(performance.now() - started < 3_000);
});

Deno.test("suggestSpellings() leaves long texts alone: they are no names, and comparing them would take long", () => {
  const long = "a".repeat(100_000);
  assert.deepEqual(told([[`${long}b`, 90], [`${long}c`, 1]]), []);
});
