import assert from "node:assert/strict";
import { h } from "preact";
import { renderToString } from "preact-render-to-string";
import { show, testWidget } from "@/tests/contracts/widget.ts";
import { tiersAnswer } from "@/tests/contracts/tier_answers.ts";
import { NoTiers } from "@/components/forecast/NoTiers.tsx";
import widget from "./mod.ts";

testWidget({
  widget,
  options: [{}, { show: ["wasteful", "rising"], limit: 5, reasons: false }],
});

Deno.test("campaign-tiers: each campaign with its tier, what it behaves like, and how right that was", () => {
  const { html } = show(widget, { options: {} });
  assert.match(html, /right 67% of the time, 39% by always saying steady/);
  assert.match(html, /for the four weeks after 28 Sept – 25 Oct/);
  assert.match(html, /Prospecting · Lookalike 3 %.*change--bad">Wasteful/);
  assert.match(html, /Brand · Search · AT \(Google Ads\), 2 Mar – 29 Mar 2026, which kept steady/);
  assert.match(html, /Spring sale.*Fading.*its own past/);
});

Deno.test("campaign-tiers: of some tiers alone, as many as are asked for", () => {
  const { html } = show(widget, { options: { show: ["rising", "wasteful"], limit: 1 } });
  assert.match(html, /Lookalike 3 %/);
  assert.doesNotMatch(html, /Brand · Search · DE|Shopping · Long tail/);
  assert.match(html, /1 campaign with less spend is not listed/);
});

Deno.test("campaign-tiers: what is no better than saying the most frequent tier is not shown, and the figures say so", () => {
  const html = renderToString(h(NoTiers, { answer: tiersAnswer({}, { beats: false }), locale: "en-GB" }));
  assert.match(html, /right 40% of the time, 39% by always saying steady: that is no help, so they are not shown/);
});

Deno.test("campaign-tiers: too little data says how much more it takes", () => {
  const { html } = show(widget, { options: {}, answers: { kind: "empty" } });
  assert.match(html, /84 more days with final numbers \(56 of 140\) and 48 more periods of campaigns/);
  assert.match(html, /<progress max="60" value="12"/);
});
