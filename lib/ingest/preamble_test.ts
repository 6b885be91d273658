import assert from "node:assert/strict";
import { preambleFacts, preambleRange } from "./preamble.ts";
import { readDay } from "./read_day.ts";

Deno.test("readDay() reads days that can be read in one way only", () => {
  const cases: [string, string | null][] = [
    ["2026-01-31", "2026-01-31"],
    ["20260131", "2026-01-31"],
    ["September 1, 2026", "2026-09-01"],
    ["1 May 2026", "2026-05-01"],
    ["5. März 2026", "2026-03-05"],
    ["1 de septiembre de 2026", "2026-09-01"],
    ["31.01.2026", "2026-01-31"],
    ["13/02/2026", "2026-02-13"],
    ["2/13/2026", "2026-02-13"],
    ["2/3/2026", null],
    ["31 February 2026", null],
    ["10 de dez. de 2022", "2022-12-10"],
    ["1er août 2026", "2026-08-01"],
    ["Do., 5. Mär. 2026", "2026-03-05"],
    ["2026年11月1日", "2026-11-01"],
    ["２０２６年１１月１日", "2026-11-01"],
    ["12-Nov-2026", "2026-11-12"],
    ["All time", null],
  ];
  for (const [text, day] of cases) assert.equal(readDay(text), day, text);
});

Deno.test("preambleRange() finds the range above a header, however it is written", () => {
  const range = { from: "2026-09-01", to: "2026-09-30" };
  assert.deepEqual(preambleRange(["Campaign report", '"September 1, 2026 - September 30, 2026"']), range);
  assert.deepEqual(preambleRange(["# Start date: 20260901", "# End date: 20260930"]), range);
  assert.deepEqual(preambleRange(["# GA4", "# 20260901-20260930"]), range);
  assert.deepEqual(preambleRange(["Report Start: September 1, 2026", "Report End: September 30, 2026"]), range);
  assert.equal(preambleRange(["Campaign report", "All time"]), null);
  const range2 = { from: "2026-11-01", to: "2026-11-30" };
  for (
    const line of [
      "1. November 2026 - 30. November 2026",
      "1. November 2026 bis 30. November 2026",
      "1 novembre 2026 - 30 novembre 2026",
      "du 1 novembre 2026 au 30 novembre 2026",
      "1 de noviembre de 2026 - 30 de noviembre de 2026",
      "1 de nov. de 2026 a 30 de nov. de 2026",
      "1 novembre 2026 - 30 novembre 2026",
      "1 november 2026 t/m 30 november 2026",
      "2026年11月1日～2026年11月30日",
      "2026/11/01-2026/11/30",
      "Nov 1, 2026 – Nov 30, 2026",
      "November 1 - 30, 2026",
      "Date range: 11/1/2026 - 11/30/2026",
      "Report Time: 11/1/2026 12:00:00 AM - 11/30/2026 11:59:59 PM",
      "01.11.2026 - 30.11.2026",
      "Zeitraum: 01.11.2026 – 30.11.2026",
    ]
  ) assert.deepEqual(preambleRange([line]), range2, line);
  assert.equal(preambleRange(["01/02/2026 - 03/04/2026"]), null, "either order reads it");
  assert.deepEqual(preambleRange(["01/02/2026 - 03/04/2026"], "day-first"), { from: "2026-02-01", to: "2026-04-03" });
});

Deno.test("preambleFacts() harvests what a report says of itself", () => {
  const facts = preambleFacts([
    "Campaign Performance Report (in UTC)",
    "Report Start: November 1, 2026, 12:00 AM",
    "Report End: November 30, 2026, 11:59 PM",
    "Date Generated: December 1, 2026, 9:05 AM",
  ]);
  assert.deepEqual([facts.range, facts.timeZone, facts.made], [
    { from: "2026-11-01", to: "2026-11-30" },
    "UTC",
    "2026-12-01",
  ]);
  const microsoft = preambleFacts([
    '"Report Name: Campaigns"',
    '"Report Time: 11/1/2026 - 11/30/2026"',
    '"Time Zone: (GMT+01:00) Berlin"',
    '"Last Completed Available Day: 11/29/2026 12:00:00 AM (GMT)"',
    '"Potential Incomplete Data: true"',
    '"Rows: 1,520"',
  ]);
  assert.deepEqual(
    [microsoft.timeZone, microsoft.completeUntil, microsoft.incomplete, microsoft.rows],
    ["(GMT+01:00) Berlin", "2026-11-29", true, 1520],
  );
  assert.equal(preambleFacts(["# Account: Shop", "# Property: Site"]).account, "Shop");
});
