import assert from "node:assert/strict";
import { pause } from "./pause.ts";

Deno.test("pause() waits, and ends at once with its signal", async () => {
  const controller = new AbortController();
  const start = performance.now();
  await pause(20, controller.signal);
  assert.ok(performance.now() - start >= 19);
  const long = pause(60_000, controller.signal);
  controller.abort();
  await long;
  await pause(60_000, controller.signal);
});
