import assert from "node:assert/strict";
import { show, testWidget } from "@/tests/contracts/widget.ts";
import widget from "./mod.ts";

testWidget({
  widget,
  options: [
    { dataset: "ads", metric: "spend" },
    { dataset: "ads", metric: "cpa", dimension: "campaign", limit: 3 },
    { dataset: "ads", metric: "clicks", dimension: "country" },
  ],
});

Deno.test("filter-list: lists values with their number, says how many are left, searches where there are many", () => {
  const { html } = show(widget, { options: { metric: "spend", dimension: "campaign", limit: 3 } });
  assert.equal(html.match(/type="checkbox"/g)?.length, 3);
  assert.match(html, /Brand · Search · DE.+€/);
  assert.match(html, /11 smaller ones are not listed/);
  assert.doesNotMatch(html, /type="search"/);
  const many = show(widget, { options: { metric: "spend", dimension: "campaign" } });
  assert.match(many.html, /aria-label="Search [^"]+"/);
});

Deno.test("filter-list: nothing can be ticked where nobody listens", () => {
  const { html } = show(widget, { options: { metric: "spend" } });
  assert.equal(html.match(/type="checkbox"/g)?.length, html.match(/disabled/g)?.length);
});
