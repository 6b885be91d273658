import assert from "node:assert/strict";
import { checkSchedule, type Schedule, slotAt, slotsBetween } from "./schedule.ts";

const at = (iso: string) => Date.parse(iso);
const iso = (slot: number) => new Date(slot).toISOString();

Deno.test("slotAt() answers the latest slot at or before a moment", () => {
  const cases: [Schedule, string, string][] = [
    [{ minutes: 1 }, "2026-01-02T03:04:59.999Z", "2026-01-02T03:04:00.000Z"],
    [{ minutes: 15 }, "2026-01-02T03:04:00.000Z", "2026-01-02T03:00:00.000Z"],
    [{ hourly: 30 }, "2026-01-02T03:29:59.999Z", "2026-01-02T02:30:00.000Z"],
    [{ hourly: 30 }, "2026-01-02T03:30:00.000Z", "2026-01-02T03:30:00.000Z"],
    [{ daily: "03:15" }, "2026-01-02T03:14:59.999Z", "2026-01-01T03:15:00.000Z"],
    [{ daily: "03:15" }, "2026-03-29T12:00:00.000Z", "2026-03-29T03:15:00.000Z"],
  ];
  for (const [schedule, moment, slot] of cases) assert.equal(iso(slotAt(schedule, at(moment))), slot);
});

Deno.test("slotsBetween() answers every slot after one moment up to another, the latest of too many", () => {
  const daily: Schedule = { daily: "03:00" };
  const days = slotsBetween(daily, at("2026-01-01T03:00:00Z"), at("2026-01-04T03:00:00Z"), 10);
  assert.deepEqual(days.map(iso).map((text) => text.slice(8, 13)), ["02T03", "03T03", "04T03"]);
  assert.deepEqual(slotsBetween(daily, at("2026-01-01T03:00:00Z"), at("2026-01-02T02:59:00Z"), 10), []);
  assert.equal(slotsBetween({ minutes: 1 }, 0, at("2026-01-01T00:00:00Z"), 5).length, 5);
});

Deno.test("slotsBetween() has one slot a day where clocks change", () => {
  const slots = slotsBetween({ daily: "02:30" }, at("2026-03-27T12:00:00Z"), at("2026-03-30T12:00:00Z"), 10);
  assert.deepEqual(slots.map((slot) => iso(slot).slice(0, 10)), ["2026-03-28", "2026-03-29", "2026-03-30"]);
});

Deno.test("checkSchedule() refuses what can never be met", () => {
  for (const bad of [{ minutes: 0 }, { minutes: 1.5 }, { hourly: 60 }, { daily: "24:00" }, { daily: "3:00" }]) {
    assert.throws(() => checkSchedule(bad), RangeError);
  }
});
