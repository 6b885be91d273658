import assert from "node:assert/strict";
import { formatCell } from "./cell.ts";
import { valueLabel } from "./labels.ts";

Deno.test("valueLabel() rewords fixed vocabularies and leaves names that users gave", () => {
  assert.equal(valueLabel("platform", "google_ads", "en-GB"), "Google Ads");
  assert.equal(valueLabel("platform", "new_platform", "en-GB"), "New platform");
  assert.equal(valueLabel("country", "DE", "en-GB"), "Germany");
  assert.equal(valueLabel("country", "DE", "de-DE"), "Deutschland");
  assert.equal(valueLabel("campaign", "google_ads", "en-GB"), "google_ads");
  assert.equal(valueLabel("campaign", null, "en-GB"), "(not set)");
});

Deno.test("formatCell() writes metrics exactly, periods by grain, dimensions by name", () => {
  const options = { locale: "en-GB", currency: "EUR" };
  const spend = { name: "spend", role: "metric", format: "currency" } as const;
  assert.equal(formatCell(12_345.6, spend, options), "€12,345.60");
  assert.equal(formatCell(null, spend, options), "–");
  const period = { name: "period", role: "period", format: "date" } as const;
  assert.equal(formatCell("2026-11-23", period, { ...options, grain: "week" }), "W48 2026");
  assert.equal(formatCell("tiktok", { name: "platform", role: "dimension", format: "text" }, options), "TikTok");
});
