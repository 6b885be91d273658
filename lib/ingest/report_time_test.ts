import assert from "node:assert/strict";
import { adsDataset } from "@/lib/model/datasets/mod.ts";
import { preambleFacts } from "./preamble.ts";
import { provisionalFrom, reportTimeFindings } from "./report_time.ts";

const TODAY = "2026-11-24";

Deno.test("provisionalFrom() is the first day that was not over when the report was made", () => {
  assert.equal(provisionalFrom(preambleFacts([]), TODAY), TODAY);
  assert.equal(provisionalFrom(preambleFacts(["Date Generated: November 2, 2026, 9:05 AM"]), TODAY), "2026-11-02");
  assert.equal(
    provisionalFrom(preambleFacts(["Last Completed Available Day: 11/20/2026 12:00:00 AM (GMT)"]), TODAY),
    "2026-11-21",
  );
  assert.equal(
    provisionalFrom(preambleFacts(["Report Time: 11/1/2026 - 11/19/2026", "Potential Incomplete Data: true"]), TODAY),
    "2026-11-19",
  );
  // A report from the future, by a wrong clock, settles nothing.
  assert.equal(provisionalFrom(preambleFacts(["Date Generated: December 2, 2026"]), TODAY), TODAY);
});

Deno.test("reportTimeFindings() says which numbers the platform may still change", () => {
  const about = {
    source: null,
    dataset: adsDataset,
    measures: ["spend", "conversions"],
    facts: preambleFacts(["Date Generated: November 2, 2026"]),
  };
  const topics = (to: string) =>
    reportTimeFindings({ ...about, to }, TODAY).map(({ topic, evidence }) => [topic, evidence]);
  assert.deepEqual(topics("2026-11-02"), [
    ["provisional", "it was made on 2026-11-02"],
    ["maturity", "spend of days after 2026-10-30; conversions of days after 2026-10-05"],
  ]);
  assert.deepEqual(topics("2026-10-20"), [["maturity", "conversions of days after 2026-10-05"]]);
  assert.deepEqual(topics("2026-09-30"), []);
});
