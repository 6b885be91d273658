import assert from "node:assert/strict";
import { TIERS } from "@/lib/model/tiers.ts";
import { classifyCampaigns } from "./classify.ts";
import { type CampaignHalves, examplesOf, type HalfSums, tierOf } from "./examples.ts";

const HALVES = 32;

/** Numbers that look random, the same each time. */
function random(seed: number): () => number {
  return () => {
    seed = (seed * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return seed / 4_294_967_296;
  };
}

function sums(spend: number, result: number, clicks = 20 * spend): HalfSums {
  return { spend, impressions: 50 * clicks, clicks, conversions: result, result };
}

/** Campaigns of four kinds whose numbers tell their kind: by CTR those to come, by return those that waste. */
function known(): { campaigns: CampaignHalves[]; kinds: Map<string, string> } {
  const next = random(7);
  const kinds = new Map<string, string>();
  const campaigns = Array.from({ length: 40 }, (_, at): CampaignHalves => {
    const kind = TIERS[at % 4]!;
    kinds.set(`${kind} ${at}`, kind);
    const [start, growth] = kind === "rising" ? [1, 1.12] : kind === "fading" ? [40, 1 / 1.12] : [6, 1];
    const clicks = kind === "rising" ? 60 : kind === "fading" ? 8 : 20;
    return {
      key: `${kind} ${at}`,
      halves: Array.from({ length: HALVES }, (_, half) => {
        const spend = start * (1 + at % 3) * growth ** half * (0.97 + 0.06 * next());
        return sums(spend, spend * (kind === "wasteful" ? 0.4 : 4) * (0.97 + 0.06 * next()), clicks * spend);
      }),
    };
  });
  return { campaigns, kinds };
}

Deno.test("tierOf() follows its rules: waste first, then growth against the period before", () => {
  const everybody = sums(100, 400);
  assert.equal(tierOf(sums(10, 40), sums(10, 47), everybody, 1), "rising");
  assert.equal(tierOf(sums(10, 40), sums(10, 33), everybody, 1), "fading");
  assert.equal(tierOf(sums(10, 40), sums(10, 43), everybody, 1), "steady");
  assert.equal(tierOf(sums(10, 10), sums(10, 19), everybody, 1), "wasteful", "it grew, and still wastes");
  assert.equal(
    tierOf(sums(10, 40), sums(0, 0), everybody, 1),
    "fading",
    "what ended spends nothing and wastes nothing",
  );
});

Deno.test("examplesOf() labels a period by the one that follows, and leaves out those without spend", () => {
  const whole = (spend: number, result: number) => [sums(spend / 2, result / 2), sums(spend / 2, result / 2)];
  const campaigns: CampaignHalves[] = [
    { key: "a", halves: [...whole(10, 40), ...whole(10, 80), ...whole(10, 80)] },
    { key: "b", halves: [null, null, ...whole(10, 40), null, null] },
  ];
  const told = examplesOf(campaigns, 6).map(({ key, period, label }) => [key, period, label]);
  assert.deepEqual(told, [["a", 0, "rising"], ["a", 1, "steady"], ["a", 2, null], ["b", 1, "fading"]]);
  const odd = examplesOf([{ key: "a", halves: [sums(1, 1), ...campaigns[0]!.halves] }], 7);
  assert.deepEqual(odd.map(({ label }) => label), ["rising", "steady", null], "half a period at the start is left out");
  assert.ok(examplesOf(campaigns, 6).every(({ features }) => features.length === 7));
});

Deno.test("classifyCampaigns() finds what is there to be found, with others as the reason", () => {
  const { campaigns, kinds } = known();
  const { accuracy, campaigns: told } = classifyCampaigns(campaigns, HALVES);
  assert.ok(accuracy?.beats, JSON.stringify(accuracy));
  assert.ok(accuracy.accuracy > 0.9, JSON.stringify(accuracy));
  assert.ok(accuracy.baseline < 0.4);
  assert.equal(told.length, 40);
  const right = told.filter(({ key, tier }) => kinds.get(key) === tier);
  assert.ok(right.length >= 38, `${right.length} of 40`);
  for (const { key, tier, share, neighbours } of told) {
    assert.ok(share > 0 && share <= 1);
    assert.ok(neighbours.every((one) => one.key !== key && one.became === tier));
    assert.equal(new Set(neighbours.map((one) => one.key)).size, neighbours.length, "each is named once");
  }
  assert.deepEqual(classifyCampaigns(campaigns, HALVES), classifyCampaigns(campaigns, HALVES));
});

Deno.test("classifyCampaigns() hides tiers where nothing can be learned", () => {
  for (let seed = 1; seed <= 5; seed++) {
    const next = random(seed);
    const campaigns = Array.from({ length: 20 }, (_, at): CampaignHalves => {
      // A step up or down from each period to the next that nothing announces: half and double both come back by chance.
      const levels = [100];
      while (levels.length < HALVES / 2) levels.push(levels.at(-1)! * Math.exp(0.5 * (next() - 0.5)));
      return {
        key: `campaign ${at}`,
        halves: levels.flatMap((spend) => [sums(spend, 4 * spend), sums(spend, 4 * spend)]),
      };
    });
    const { accuracy, campaigns: told } = classifyCampaigns(campaigns, HALVES);
    assert.ok(accuracy && !accuracy.beats, JSON.stringify({ seed, accuracy }));
    assert.deepEqual(told, []);
  }
});

Deno.test("classifyCampaigns() says how much is known where that is too little", () => {
  const few = known().campaigns.slice(0, 3);
  assert.deepEqual(classifyCampaigns(few, HALVES), { known: 45, accuracy: null, campaigns: [] });
  assert.deepEqual(classifyCampaigns([], 0), { known: 0, accuracy: null, campaigns: [] });
});
