import assert from "node:assert/strict";
import { show, testWidget } from "@/tests/contracts/widget.ts";
import widget from "./mod.ts";

testWidget({
  widget,
  options: [
    { dataset: "ads", metric: "spend" },
    { dataset: "ads", metric: "spend", line: "roas", grain: "week" },
    { dataset: "ads", metric: "spend", line: "spend" },
  ],
});

Deno.test("combo: the line has the right scale, and its comparison with it", () => {
  const { spec } = show(widget, { options: { metric: "spend", line: "roas" }, answers: { compare: true } });
  assert.deepEqual(spec?.series.map(({ name, kind, axis }) => [name, kind, axis]), [
    ["Spend", "bar", undefined],
    ["ROAS", "line", "right"],
    ["ROAS, previous year", "line", "right"],
  ]);
});

Deno.test("combo: metrics of one kind share one scale", () => {
  const { spec } = show(widget, { options: { metric: "spend", line: "conversion_value" } });
  assert.deepEqual(spec?.series.map(({ axis }) => axis), [undefined, undefined]);
});
