import assert from "node:assert/strict";
import { levelWords } from "./level_words.ts";

const columns = [
  { name: "campaign_id", title: "Campaign ID" },
  { name: "campaign", title: "Campaign", labels: "campaign_id" },
  { name: "device", title: "Device" },
  { name: "url", title: "URL" },
];

Deno.test("levelWords() names what a level is made of, and entities by what people call them", () => {
  assert.equal(levelWords("day:campaign_id+device", columns), "Campaign, device");
  assert.equal(levelWords("day:device+url", columns), "Device, URL");
  assert.equal(levelWords("month:campaign", columns), "Campaign");
});

Deno.test("levelWords() has words for no columns and keeps names it does not know", () => {
  assert.equal(levelWords("day:", columns), "Whole accounts");
  assert.equal(levelWords("day:shelf", columns), "shelf");
});
