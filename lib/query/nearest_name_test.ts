import assert from "node:assert/strict";
import { didYouMean, nearestName } from "./nearest_name.ts";

const names = ["spend", "clicks", "conversion_value", "campaign", "campaign_id", "ctr"];

Deno.test("nearestName() finds what a slip of the keys meant", () => {
  assert.equal(nearestName("spned", names), "spend");
  assert.equal(nearestName("Clicks", names), "clicks");
  assert.equal(nearestName("campain", names), "campaign");
  assert.equal(nearestName("value", names), "conversion_value");
});

Deno.test("nearestName() is silent where nothing is near", () => {
  assert.equal(nearestName("zebra", names), null);
  assert.equal(nearestName("", names), null);
  assert.equal(didYouMean("zebra", names), "");
});

Deno.test("didYouMean() ends a sentence", () => {
  assert.equal(didYouMean("clcks", names), '; did you mean "clicks"?');
});
