import assert from "node:assert/strict";
import { readAnswers } from "./import_actions.ts";

function form(fields: Record<string, string>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
}

Deno.test("readAnswers() takes answers by question, colons in its id included, and nothing else", () => {
  assert.deepEqual(readAnswers(form({ action: "answer", "answer:dates:Day": "dmy", "answer:numbers": "dot" })), {
    "dates:Day": "dmy",
    numbers: "dot",
  });
});

Deno.test("readAnswers() takes the text beside an empty choice", () => {
  assert.deepEqual(readAnswers(form({ "answer:account": "", "other:account": " Shop EU " })), { account: "Shop EU" });
  assert.deepEqual(readAnswers(form({ "answer:account": "main", "other:account": "left over" })), { account: "main" });
});

Deno.test("readAnswers() joins two days", () => {
  assert.deepEqual(readAnswers(form({ "from:range": "2026-01-01", "to:range": "2026-01-31" })), {
    range: "2026-01-01..2026-01-31",
  });
});
