import assert from "node:assert/strict";
import { answer } from "@/tests/contracts/widget_answers.ts";
import { inOneCurrency } from "./one_currency.ts";
import { addsUp } from "./values.ts";

const query = { dataset: "ads", metrics: ["spend"], dimensions: ["platform"], totals: true };

Deno.test("inOneCurrency() keeps the leading currency on both sides, whole, and says what is left out", () => {
  const { result, notices } = inOneCurrency(answer(query, { kind: "currencies", compare: true }));
  assert.equal(result.meta.currency, "EUR");
  assert.equal(addsUp(result, "spend"), true);
  assert.equal(result.rows.length, result.comparison?.rows.length);
  for (const [index, row] of result.rows.entries()) {
    assert.equal(row.platform, result.comparison?.rows[index]?.platform);
  }
  assert.match(notices[0]?.message ?? "", /^Only EUR is drawn; there are amounts in GBP too$/);
});

Deno.test("inOneCurrency() leaves one currency, and a question by currency, as they are", () => {
  const one = answer(query);
  assert.equal(inOneCurrency(one).result, one);
  const asked = answer({ ...query, dimensions: ["currency"] }, { kind: "currencies" });
  assert.equal(inOneCurrency(asked, "currency").result, asked);
});
