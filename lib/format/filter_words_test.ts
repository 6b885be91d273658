import assert from "node:assert/strict";
import { filterWords } from "./filter_words.ts";

const titles: Record<string, string> = { platform: "Platform", campaign: "Campaign" };
const words = (filter: Parameters<typeof filterWords>[0]) =>
  filterWords(filter, (field) => titles[field] ?? field, "en");

Deno.test("filterWords() says a filter as a sentence, values by their names", () => {
  assert.equal(words({ field: "platform", op: "not-in", value: ["tiktok_ads"] }), "Platform is not TikTok");
  assert.equal(
    words({
      and: [{ field: "platform", op: "in", value: ["google_ads", "x"] }, { field: "campaign", op: "is-empty" }],
    }),
    "Platform is Google Ads or X and Campaign is empty",
  );
  assert.equal(
    words({
      and: [
        { or: [{ field: "campaign", op: "contains", value: "A" }, { field: "campaign", op: "ends-with", value: "B" }] },
        { field: "spend", op: "between", value: [1, 2] },
      ],
    }),
    "(Campaign contains A or Campaign ends with B) and spend is between 1 and 2",
  );
  assert.equal(words({ field: "platform", op: "contains", value: "google_a" }), "Platform contains google_a");
  assert.equal(
    words({ field: "campaign", op: "in", value: ["a", "b", "c", "d", "e"] }),
    "Campaign is a, b, c or 2 more",
  );
});
