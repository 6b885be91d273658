import assert from "node:assert/strict";
import fc from "fast-check";
import { addDays } from "@/lib/model/calendar.ts";
import { layOut, type RawSeries } from "./lay_out.ts";

const START = "2026-01-05"; // a Monday

function raw(values: (number | null | undefined)[], more: Partial<RawSeries> = {}): RawSeries {
  const days = values.map((_, at) => addDays(START, at));
  return {
    grain: "day",
    rows: new Map(days.flatMap((day, at) => typeof values[at] === "number" ? [[day, [values[at]]] as const] : [])),
    // `null`: the source reported, this had no row; `undefined`: nothing was reported at all.
    days: new Set(days.filter((_, at) => values[at] !== undefined)),
    periods: new Set(),
    from: START,
    until: days.at(-1)!,
    parts: 1,
    zeros: true,
    ...more,
  };
}

Deno.test("layOut() keeps structural zeros, and fills a short gap from the weeks beside it", () => {
  const values: (number | null | undefined)[] = Array.from({ length: 28 }, (_, at) => 10 + at % 7);
  values[9] = null;
  values[17] = undefined;
  const { values: [row], filled, begunAfter } = layOut(raw(values));
  assert.equal(row?.[9], 0);
  assert.equal(row?.[17], 13);
  assert.deepEqual(filled, [{ from: "2026-01-22", to: "2026-01-22", periods: 1 }]);
  assert.equal(begunAfter, null);
});

Deno.test("layOut() begins after a gap that is too long, and names it", () => {
  const values = Array.from({ length: 40 }, (_, at) => at >= 10 && at < 20 ? undefined : at);
  const { periods, begunAfter } = layOut(raw(values));
  assert.equal(periods[0], addDays(START, 20));
  assert.deepEqual(begunAfter, { from: addDays(START, 10), to: addDays(START, 19), periods: 10 });
});

Deno.test("layOut() takes weekdays without any report for closed, not for gaps", () => {
  const values = Array.from({ length: 56 }, (_, at) => at % 7 === 6 ? undefined : 5);
  const { values: [row], filled } = layOut(raw(values));
  assert.deepEqual(filled, []);
  assert.equal(row?.[6], 0);
  assert.equal(row?.length, 56);
});

Deno.test("layOut() leaves out weeks and months of which a part is missing at either end", () => {
  const days = new Set(Array.from({ length: 100 }, (_, at) => addDays("2026-01-10", at)));
  const rows = new Map(["2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01"].map((month) => [month, [7]]));
  const { periods } = layOut(
    raw([], { grain: "month", rows, days, from: "2026-01-10", until: "2026-04-19" }),
  );
  assert.deepEqual(periods, ["2026-02-01", "2026-03-01"]);
});

Deno.test("layOut() answers finite numbers, one a period, whatever is missing", () => {
  const value = fc.option(fc.option(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { nil: null }), {
    nil: undefined,
  });
  fc.assert(fc.property(fc.array(value, { minLength: 1, maxLength: 120 }), (values) => {
    const { periods, values: [row = []] } = layOut(raw(values));
    assert.equal(row.length, periods.length);
    assert.ok(row.every(Number.isFinite));
    periods.forEach((period, at) => assert.equal(period, addDays(periods[0]!, at)));
  }));
});
