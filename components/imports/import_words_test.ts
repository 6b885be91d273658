import assert from "node:assert/strict";
import { type ImportCounts, importCountsSchema, type ImportQuestion, importStateSchema } from "@/lib/model/mod.ts";
import { COUNT_LINES, countsSentence, importSteps, leftWords, stateWord, usableRows } from "./import_words.ts";
import { secondsLeft } from "./use_time_left.ts";

const counts = (part: Partial<ImportCounts>): ImportCounts => importCountsSchema.parse(part);
const question: ImportQuestion = { id: "dates:Day", kind: "date-order", title: "Which is the month?", choices: [] };

Deno.test("countsSentence() says what was read and what became of it", () => {
  assert.equal(
    countsSentence(counts({ read: 12_480, inserted: 12_431, updated: 37, rejected: 12 }), "en"),
    "12,480 rows read, 12,431 new, 37 updated, 12 set aside",
  );
  assert.equal(countsSentence(counts({ read: 1, totals: 1 }), "en"), "1 row read, 1 total line left out");
  assert.equal(countsSentence(counts({ read: 1_000, unchanged: 1_000 }), "de"), "1.000 rows read, 1.000 unchanged");
});

Deno.test("COUNT_LINES holds every count that adds up to the rows read", () => {
  const all = Object.keys(importCountsSchema.shape).filter((key) => key !== "read" && key !== "removed");
  assert.deepEqual(COUNT_LINES.map((line) => line.key as string).toSorted(), all.toSorted());
});

Deno.test("stateWord() has a word for every state", () => {
  for (const state of importStateSchema.options) assert.ok(stateWord(state).word.length > 3, state);
});

Deno.test("importSteps() marks the running step and leaves out questions nobody asks", () => {
  const steps = importSteps({ state: "running", step: "clean", questions: [], answers: {} });
  assert.deepEqual(steps.map((s) => `${s.title}:${s.state}`), [
    "Uploaded:done",
    "Recognised:done",
    "Read:done",
    "Check:current",
    "Import:todo",
  ]);
});

Deno.test("importSteps() waits at the question, whatever step found it", () => {
  const steps = importSteps({ state: "needs-mapping", step: "stage", questions: [question], answers: {} });
  assert.deepEqual(steps.map((s) => `${s.title}:${s.state}`).slice(1, 4), [
    "Recognised:done",
    "One question:current",
    "Read:todo",
  ]);
});

Deno.test("importSteps() shows where a failed import stopped", () => {
  const steps = importSteps({ state: "failed", step: "recognise", questions: [], answers: {} });
  assert.deepEqual(steps.map((s) => s.state), ["done", "failed", "todo", "todo", "todo"]);
});

Deno.test("importSteps() is done with everything once published", () => {
  const steps = importSteps({
    state: "published",
    step: "done",
    questions: [question],
    answers: { "dates:Day": "dmy" },
  });
  assert.ok(steps.every((s) => s.state === "done"));
  assert.equal(steps[2]?.title, "Answered");
});

Deno.test("importSteps() keeps an answered question done while the import starts over", () => {
  const steps = importSteps({ state: "queued", step: "recognise", questions: [], answers: { account: "Shop" } });
  assert.deepEqual(steps.map((s) => `${s.title}:${s.state}`).slice(0, 4), [
    "Uploaded:done",
    "Recognise:current",
    "Answered:done",
    "Read:todo",
  ]);
});

Deno.test("usableRows() leaves out what was set aside, and totals", () => {
  assert.equal(usableRows(counts({ read: 100, inserted: 90, rejected: 8, totals: 2 })), 90);
});

Deno.test("leftWords() rounds as people do, and says nothing of what is over at once", () => {
  assert.deepEqual([null, 1, 7, 61, 95, 3_600, 9_000].map(leftWords), [
    "",
    "",
    ", about 10 s left",
    ", about 65 s left",
    ", about 2 min left",
    ", about 60 min left",
    ", about 3 h left",
  ]);
});

Deno.test("secondsLeft() goes by the time that reading took", () => {
  const progress = { rows: 1_000_000, rowsPerSecond: 100_000 };
  assert.equal(Math.round(secondsLeft(progress, 0)!), 13);
  assert.equal(Math.round(secondsLeft(progress, 10)!), 3);
  assert.equal(secondsLeft(progress, 20), null);
});
