import assert from "node:assert/strict";
import { answer } from "@/tests/contracts/widget_answers.ts";
import { comparedSide } from "./compared_side.ts";
import { inOneCurrency } from "./one_currency.ts";

const query = { dataset: "ads", metrics: ["spend"], dimensions: ["platform"], totals: true };

Deno.test("comparedSide() is the answer, or the part of it that is compared", () => {
  const result = answer(query, { compare: true });
  assert.equal(comparedSide(result), result);
  const current = { rows: result.rows, totals: { spend: 1 }, totalsByCurrency: null };
  const partly = { ...result, comparison: result.comparison && { ...result.comparison, current } };
  assert.equal(comparedSide(partly), current);
});

Deno.test("comparedSide() of one currency has that currency's rows and total", () => {
  const result = answer(query, { kind: "currencies", compare: true });
  const { rows, totals, totalsByCurrency } = result;
  const current = { rows, totals, totalsByCurrency };
  const partly = { ...result, comparison: result.comparison && { ...result.comparison, current } };
  const one = inOneCurrency(partly).result;
  assert.deepEqual(comparedSide(one).rows, one.rows);
  assert.deepEqual(comparedSide(one).totals, one.totals);
});
