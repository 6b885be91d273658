import assert from "node:assert/strict";
import { tellDays, tellSpan } from "./tell_days.ts";

Deno.test("tellSpan() repeats neither month nor year", () => {
  assert.equal(tellSpan({ from: "2026-02-14", to: "2026-02-14" }), "14 Feb 2026");
  assert.equal(tellSpan({ from: "2026-02-01", to: "2026-02-14" }), "1–14 Feb 2026");
  assert.equal(tellSpan({ from: "2026-02-28", to: "2026-03-02" }), "28 Feb – 2 Mar 2026");
  assert.equal(tellSpan({ from: "2025-12-31", to: "2026-01-01" }), "31 Dec 2025 – 1 Jan 2026");
});

Deno.test("tellDays() joins days to stretches, and counts where there are many", () => {
  assert.equal(tellDays(["2026-02-02", "2026-02-01", "2026-02-09"]), "1–2 Feb 2026, 9 Feb 2026");
  const odd = ["2026-02-01", "2026-02-03", "2026-02-05", "2026-02-07"];
  assert.equal(tellDays(odd), "4 days, 1–7 Feb 2026");
});
