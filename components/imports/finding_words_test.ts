import assert from "node:assert/strict";
import { findingWords } from "./finding_words.ts";

Deno.test("findingWords() names topics for people, the source first, and keeps what decided them", () => {
  const { facts } = findingWords([
    { topic: "encoding", finding: "utf-8", evidence: "every byte fits" },
    { topic: "dates:Day", finding: "year-month-day", evidence: "fits all 3 dates" },
    { topic: "odd-thing", finding: "x", evidence: "y" },
    { topic: "platform", finding: "Google Ads", evidence: "12 of 14 headers" },
  ]);
  assert.deepEqual(facts.map((f) => `${f.topic}: ${f.finding} (${f.evidence})`), [
    "Source: Google Ads (12 of 14 headers)",
    "Encoding: utf-8 (every byte fits)",
    "Dates: year-month-day (fits all 3 dates)",
    "Odd thing: x (y)",
  ]);
});

Deno.test("findingWords() keeps columns apart, colons in headers included", () => {
  const { facts, columns } = findingWords([
    { topic: "column:Cost: total", finding: "Spend", evidence: "synonym" },
    { topic: "column:Clicks", finding: "Clicks", evidence: "answered" },
  ]);
  assert.deepEqual(facts, []);
  assert.deepEqual(columns, [
    { header: "Cost: total", column: "Spend", decided: "known under this name too" },
    { header: "Clicks", column: "Clicks", decided: "answered" },
  ]);
});
