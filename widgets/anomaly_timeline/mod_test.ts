import assert from "node:assert/strict";
import { show, testWidget } from "@/tests/contracts/widget.ts";
import widget from "./mod.ts";

testWidget({
  widget,
  options: [
    {},
    { only: "spend", of: "whole", days: 30, aside: true },
    { of: "parts", within: { field: "campaign", op: "in", value: ["Brand"] }, chart: false },
  ],
});

Deno.test("anomaly-timeline: asks for what its options say", () => {
  const parsed = widget.parse({ only: "spend", of: "parts", days: 30 }, 1);
  assert.ok(parsed.ok);
  assert.deepEqual(widget.queries(parsed.options), {
    main: { kind: "anomalies", query: { dataset: "ads", metric: "spend", of: "parts", filters: undefined, days: 30 } },
  });
});

Deno.test("anomaly-timeline: bars of money by day, up and down, and what each is of beneath", () => {
  const { spec, html } = show(widget, { options: {} });
  assert.equal(spec?.labels.length, 90);
  const bars = (name: string) =>
    spec?.series.find((one) => one.name === name)?.values.flatMap((value, at) =>
      value === null ? [] : [[spec.labels[at], value]]
    );
  assert.deepEqual(bars("One day"), [["2026-11-13", -2_400], ["2026-11-18", 2_070]]);
  assert.equal(bars("Put aside"), undefined, "what was put aside stays so");
  assert.match(html, /Conversions of Brand · Search · DE.*−€2,400/s);
  assert.match(html, /40 instead of 90 \(or 81 to 99\)\. Priced at the usual €48.00 of conversion value\./);
  assert.match(html, /change--bad[^>]*>−55.6%/, "fewer conversions are bad news");
  assert.match(html, /no price.*€41\.00 instead of €30\.00\./s, "a ratio's level is no sum of a day");
  assert.doesNotMatch(html, /Server was down|<button/);
});

Deno.test("anomaly-timeline: with those that were put aside, each with its reason", () => {
  const { spec, html } = show(widget, { options: { aside: true } });
  assert.deepEqual(spec?.series.map(({ name }) => name), ["One day", "Put aside"]);
  assert.match(html, /Put aside: Server was down/);
});

Deno.test("anomaly-timeline: amounts in another currency are told, not drawn beside", () => {
  const { spec, html } = show(widget, { options: {}, answers: { kind: "currencies" } });
  assert.equal(spec?.currency, "EUR");
  assert.equal(spec?.series.some(({ values }) => values[spec.labels.indexOf("2026-11-16")] !== null), false);
  assert.match(html, /£60.*1 in other currencies is not drawn/s);
});

Deno.test("anomaly-timeline: too little data says how much more it takes", () => {
  const { html } = show(widget, { options: {}, answers: { kind: "empty" } });
  assert.match(html, /There are 20 of the 56 days with final numbers that it takes; 36 more are needed/);
  assert.match(html, /<progress max="56" value="20"/);
});
