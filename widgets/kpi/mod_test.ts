import assert from "node:assert/strict";
import { show, testWidget } from "@/tests/contracts/widget.ts";
import widget from "./mod.ts";

testWidget({
  widget,
  options: [
    { dataset: "ads", metric: "spend" },
    { dataset: "ads", metric: "cpa", goal: 30, grain: "week" },
    { metric: "roas", sparkline: false },
  ],
});

Deno.test("kpi: shows four digits, every digit on hover, and the change without a judgement where there is none", () => {
  const { html } = show(widget, { options: { metric: "spend" }, answers: { compare: true } });
  assert.match(html, /title="€277,763.99"[^>]*>€277.8k</);
  assert.match(html, /change--neutral">\+12.6%/);
  assert.match(html, /vs €246.7k/);
  assert.match(html, /<path class="sparkline__line"/);
});

Deno.test("kpi: good news is marked by colour and by word", () => {
  const { html } = show(widget, { options: { metric: "conversions" }, answers: { compare: true } });
  assert.match(html, /change--good">\+[^<]*<span class="visually-hidden">better/);
});

Deno.test("kpi: says whether the goal is reached, by the metric's direction", () => {
  assert.match(show(widget, { options: { metric: "spend", goal: 1 } }).html, /goal €1 reached/);
  assert.doesNotMatch(show(widget, { options: { metric: "cpa", goal: 1 } }).html, /reached/);
});

Deno.test("kpi: amounts in several currencies stand side by side, never as one sum", () => {
  const { html } = show(widget, { options: { metric: "spend" }, answers: { kind: "currencies" } });
  assert.match(html, /€261.8k/);
  assert.match(html, /and £15.92k/);
  assert.doesNotMatch(html, /277/);
});
