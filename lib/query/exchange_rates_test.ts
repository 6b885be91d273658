import assert from "node:assert/strict";
import { ExchangeRates } from "./exchange_rates.ts";

const rates = new ExchangeRates([
  { day: "2026-02-02", base: "EUR", quote: "USD", rate: 1_500_000n },
  { day: "2026-01-30", base: "EUR", quote: "USD", rate: 1_200_000n },
  { day: "2026-01-30", base: "EUR", quote: "GBP", rate: 800_000n },
]);

Deno.test("ExchangeRates finds the day's rate, or the last one of the seven days before", () => {
  assert.deepEqual(rates.find("EUR", "USD", "2026-02-02"), { numerator: 1_500_000n, denominator: 1_000_000n });
  assert.deepEqual(rates.find("EUR", "USD", "2026-02-01"), { numerator: 1_200_000n, denominator: 1_000_000n });
  assert.deepEqual(rates.find("EUR", "USD", "2026-02-09"), { numerator: 1_500_000n, denominator: 1_000_000n });
  assert.equal(rates.find("EUR", "USD", "2026-02-10"), null);
  assert.equal(rates.find("EUR", "USD", "2026-01-29"), null, "no rate of a later day");
});

Deno.test("ExchangeRates goes the other way round, or by a third currency, exactly", () => {
  assert.deepEqual(rates.find("USD", "EUR", "2026-01-30"), { numerator: 1_000_000n, denominator: 1_200_000n });
  assert.deepEqual(rates.find("GBP", "USD", "2026-01-30"), { numerator: 1_200_000n, denominator: 800_000n });
  assert.equal(rates.find("GBP", "CHF", "2026-01-30"), null);
});
