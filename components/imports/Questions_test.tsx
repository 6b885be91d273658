import assert from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import type { ImportQuestion } from "@/lib/model/mod.ts";
import { Questions } from "./Questions.tsx";

const choice = (value: string) => ({ value, title: value.toUpperCase(), preview: [{ raw: "1.234", read: "1,234" }] });
const question = (choices: ImportQuestion["choices"]): ImportQuestion => ({
  id: "numbers",
  kind: "number-format",
  title: "Is 1.234 a thousand?",
  detail: "Both fit",
  choices,
});
const render = (...questions: ImportQuestion[]) =>
  renderToString(
    <Questions questions={questions} action="/data/imports/i1" hidden={{ action: "answer" }} locale="en-GB" />,
  );

Deno.test("Questions offers every choice with its preview and chooses none", () => {
  const html = render(question([choice("dot"), choice("comma")]));
  assert.equal(html.match(/type="radio"/g)?.length, 2);
  assert.match(html, /name="answer:numbers" value="dot" required/);
  assert.match(html, /<code>1\.234<\/code>/);
  assert.doesNotMatch(html, /checked/);
  assert.match(html, /Answer and import/);
});

Deno.test("Questions turns many choices into a list, and none into a field to write in", () => {
  const many = Array.from({ length: 20 }, (_, i) => choice(`c${i}`));
  assert.match(render(question(many)), /<select[^>]*required/);
  assert.match(render(question([])), /<input class="input[^>]*type="text"[^>]*required/);
});

Deno.test("Questions asks everything in one form", () => {
  const html = render(question([choice("a")]), { ...question([choice("b")]), id: "currency" });
  assert.equal(html.match(/<form/g)?.length, 1);
  assert.match(html, /Answer all and import/);
  assert.match(html, /<input type="hidden" name="action" value="answer"/);
});

Deno.test("Questions lets an account have another name, and takes a range as two days", () => {
  const account = render({ ...question([choice("shop")]), id: "account", kind: "account" });
  assert.match(account, /type="radio" name="answer:account" value(="")? required/);
  assert.match(account, /name="other:account"/);
  const range = render({ ...question([]), id: "range", kind: "range" });
  assert.match(range, /type="date" name="from:range" required/);
  assert.match(range, /type="date" name="to:range" required/);
});

Deno.test("Questions writes what a file says as text", () => {
  const html = render(question([{ value: "x", title: "<b>", preview: [{ raw: '"><script>', read: "" }] }]));
  assert.doesNotMatch(html, /<script|<b>/);
});
