import assert from "node:assert/strict";
import { formatChange } from "./changes.ts";

const en = { locale: "en-GB" };

Deno.test("formatChange() takes good and bad from the metric's direction, not from the sign", () => {
  const spend = formatChange(214_936, 200_126, { format: "currency", better: "none" }, en);
  assert.deepEqual(spend, { text: "+7.4%", direction: "up", tone: "neutral" });
  const cpa = formatChange(9.84, 9.62, { format: "currency", better: "down" }, en);
  assert.deepEqual(cpa, { text: "+2.3%", direction: "up", tone: "bad" });
  const clicks = formatChange(90, 100, { format: "integer", better: "up" }, en);
  assert.deepEqual(clicks, { text: "−10%", direction: "down", tone: "bad" });
});

Deno.test("formatChange() writes ratios as a difference and percentages in points", () => {
  assert.equal(formatChange(3.8, 3.64, { format: "ratio", better: "up" }, en)?.text, "+0.16");
  assert.equal(formatChange(0.034, 0.03, { format: "percent", better: "up" }, en)?.text, "+0.40\u00a0pp");
});

Deno.test("formatChange() says nothing without two values, and never divides by zero", () => {
  assert.equal(formatChange(1, null, { format: "integer" }, en), null);
  assert.equal(formatChange(null, 1, { format: "integer" }, en), null);
  assert.deepEqual(formatChange(5, 0, { format: "integer", better: "up" }, en), {
    text: "new",
    direction: "up",
    tone: "good",
  });
  assert.equal(formatChange(0, 0, { format: "integer", better: "up" }, en)?.direction, "flat");
  assert.deepEqual(formatChange(100_000, 99_999.9, { format: "integer", better: "up" }, en), {
    text: "0%",
    direction: "flat",
    tone: "neutral",
  });
});
