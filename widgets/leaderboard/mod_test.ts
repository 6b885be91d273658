import assert from "node:assert/strict";
import { show, testWidget } from "@/tests/contracts/widget.ts";
import widget from "./mod.ts";

testWidget({
  widget,
  options: [
    { dataset: "ads", metric: "spend" },
    { dataset: "ads", metric: "cpa", dimension: "platform", direction: "asc" },
    { dataset: "ads", metric: "clicks", limit: 3, other: false },
  ],
});

Deno.test("leaderboard: shows places with share, and what is past the last as Other", () => {
  const { html } = show(widget, { options: { metric: "spend", limit: 3 }, answers: { compare: true } });
  assert.match(html, /Brand · Search · DE/);
  assert.match(html, /Other \(11\)/);
  assert.match(html, />20.4%</);
  assert.match(html, /vs prev\./);
});

Deno.test("leaderboard: a ratio has neither shares nor Other", () => {
  const { html } = show(widget, { options: { metric: "cpa", limit: 3 } });
  assert.doesNotMatch(html, /Other|Share</);
});
