import assert from "node:assert/strict";
import { formatAgo, formatDuration, formatMoment } from "./moment.ts";

const now = new Date("2026-11-23T12:00:00Z");

Deno.test("formatAgo() names near moments by their distance and far ones by their day", () => {
  assert.equal(formatAgo("2026-11-23T11:59:31Z", now, "en"), "just now");
  assert.equal(formatAgo("2026-11-23T11:55:00Z", now, "en"), "5 min. ago");
  assert.equal(formatAgo("2026-11-23T08:30:00Z", now, "en"), "3 hr. ago");
  assert.equal(formatAgo("2026-11-22T11:00:00Z", now, "en"), "yesterday");
  assert.equal(formatAgo("2026-10-01T11:00:00Z", now, "en-GB"), "1 Oct 2026");
});

Deno.test("formatAgo() takes a moment ahead of a slow clock for now", () => {
  assert.equal(formatAgo("2026-11-23T12:00:05Z", now, "en"), "just now");
});

Deno.test("formatDuration() changes its unit with the length", () => {
  assert.equal(formatDuration(640.4, "en"), "640 ms");
  assert.equal(formatDuration(3_210, "de"), "3,2 s");
  assert.equal(formatDuration(125_000, "en"), "2 min 5 s");
});

Deno.test("formatMoment() tells a moment to the second, wherever the reader is", () => {
  assert.equal(formatMoment("2026-11-24T08:07:12.345Z", "en-GB"), "24 Nov 2026, 08:07:12 UTC");
  assert.equal(formatMoment("2026-11-24T09:07:12+01:00", "en-GB"), "24 Nov 2026, 08:07:12 UTC");
});
