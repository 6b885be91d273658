import assert from "node:assert/strict";
import { show, testWidget } from "@/tests/contracts/widget.ts";
import widget from "./mod.ts";

testWidget({
  widget,
  options: [{ budget: 250_000 }, { metric: "spend", unit: "week" }, {
    metric: "clicks",
    unit: "quarter",
    budget: 9_000,
  }],
});

Deno.test("budget-pacing: spent beside plan, where it leads, and what is needed per day", () => {
  const { html, spec, forecasts } = show(widget, { options: { budget: 300_000 } });
  const main = forecasts.main;
  assert.ok(main?.state === "ready" && main.total);
  const spent = main.total.course.at(-1)!.value;
  assert.match(html, new RegExp(`${Math.round(spent / 3_000)}% of €300k`));
  assert.match(html, /behind plan|ahead of plan|on plan/);
  assert.match(html, /Needed per day/);
  assert.match(html, /for 8 days; €[\d.,]+k? lately/);
  const plan = spec?.series.find(({ name }) => name === "Plan")?.values;
  assert.equal(plan?.[0], 10_000);
  assert.equal(plan?.at(-1), 300_000);
});

Deno.test("budget-pacing: a budget that is spent needs nothing more, and is surely overspent", () => {
  const { html } = show(widget, { options: { budget: 1_000 } });
  assert.match(html, /Needed per day<\/dt><dd[^>]*>€0/);
  assert.match(html, /Chance of more than €1,000<\/dt><dd[^>]*>over 99%/);
});

Deno.test("budget-pacing: without a budget the unit before is the plan, and without that one it is asked for", () => {
  assert.match(show(widget, { options: { unit: "week" } }).html, /against the week before/);
  const { html, spec } = show(widget, { options: {} });
  assert.match(html, /Name the budget of the month/);
  assert.equal(spec?.series.some(({ name }) => name === "Plan"), false);
});
