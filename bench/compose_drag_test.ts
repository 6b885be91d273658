import assert from "node:assert/strict";
import { framesOf } from "./compose_drag.ts";

Deno.test("framesOf() tells frames a second, the middle and the slow ones, and what was dropped", () => {
  const drawn = [0, 16, 32, 48, 80].map((ms) => ({ name: "DrawFrame", ph: "I", ts: ms * 1_000 }));
  const events = [...drawn.toReversed(), { name: "DroppedFrame", ph: "I", ts: 64_000 }];
  assert.deepEqual(framesOf(events), { perSecond: 50, p50: 16, p95: 32, drawn: 5, dropped: 1 });
});

Deno.test("framesOf() answers no frames a second for a page that drew none", () => {
  assert.deepEqual(framesOf([]), { perSecond: 0, p50: Infinity, p95: Infinity, drawn: 0, dropped: 0 });
});
