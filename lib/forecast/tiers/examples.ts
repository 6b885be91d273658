/** From what campaigns did in equal periods to examples: what a period looks like, and what the next one made of it. Pure. */
import type { Tier } from "@/lib/model/tiers.ts";

/** Sums of one campaign in half a period. Amounts in units of their currency's usual half period. */
export interface HalfSums {
  spend: number;
  impressions: number;
  clicks: number;
  conversions: number;
  /** What counts as result: value, else conversions, else clicks. */
  result: number;
}

/** A campaign with its halves, oldest first; null where it did not spend. */
export interface CampaignHalves {
  key: string;
  halves: (HalfSums | null)[];
}

/** A campaign in one period. */
export interface Example {
  key: string;
  /** The period's place, the oldest is 0. */
  period: number;
  /** Scale, CTR, CVR, CPA, ROAS, trend to the period before, trend inside; NaN where it cannot be told. */
  features: number[];
  /** What the following period says it was; null where that is not there yet. */
  label: Tier | null;
}

/** What a period has to become to be told so: its results against those before, its return against everybody's. */
export const TIER_RULES = { rising: 1.15, fading: 0.85, wasteful: 0.5 };

/** Nothing is lost to zero: rates are counted as if one usual event more had been there. */
const NOTHING: HalfSums = { spend: 0, impressions: 0, clicks: 0, conversions: 0, result: 0 };

/** Every campaign in every whole period that it spent in. */
export function examplesOf(campaigns: readonly CampaignHalves[], halves: number): Example[] {
  const periods = Math.floor(halves / 2);
  const skip = halves - 2 * periods;
  const at = ({ halves }: CampaignHalves, period: number) => {
    const [first, second] = [halves[skip + 2 * period] ?? NOTHING, halves[skip + 2 * period + 1] ?? NOTHING];
    return { first, second, whole: added(first, second) };
  };
  const everybody = Array.from(
    { length: periods },
    (_, period) => campaigns.reduce((sum, campaign) => added(sum, at(campaign, period).whole), NOTHING),
  );
  const all = everybody.reduce(added, NOTHING);
  // One usual result: what is added to both sides of a comparison, so that from none to one is no miracle.
  const one = all.conversions > 0 ? all.result / all.conversions : 10;
  return campaigns.flatMap((campaign) =>
    Array.from({ length: periods }, (_, period): Example | null => {
      const { first, second, whole } = at(campaign, period);
      if (!(whole.spend > 0)) return null;
      const before = period > 0 ? at(campaign, period - 1).whole : null;
      const trend = before && before.spend > 0 ? Math.log((whole.result + one) / (before.result + one)) : NaN;
      const inside = Math.log((second.result + one) / (first.result + one));
      const features = [...rates(whole, all), trend, inside];
      const next = period + 1 < periods ? at(campaign, period + 1).whole : null;
      return { key: campaign.key, period, features, label: next && tierOf(whole, next, everybody[period + 1]!, one) };
    }).filter((one) => one !== null)
  );
}

/** What a period made of the one before; `one` is one usual result. */
export function tierOf(now: HalfSums, next: HalfSums, everybody: HalfSums, one: number): Tier {
  const usual = everybody.spend > 0 ? everybody.result / everybody.spend : 0;
  if (next.spend > 0 && next.result / next.spend < TIER_RULES.wasteful * usual) return "wasteful";
  const growth = (next.result + one) / (now.result + one);
  return growth >= TIER_RULES.rising ? "rising" : growth <= TIER_RULES.fading ? "fading" : "steady";
}

/** Logarithms, so that half and double lie equally far; drawn to everybody's rate where there is little to go by. */
function rates({ spend, impressions, clicks, conversions, result }: HalfSums, all: HalfSums): number[] {
  const rate = (above: number, below: number, usual: number, weight: number) =>
    usual > 0 ? Math.log((above + weight * usual) / (below + weight) / usual) : NaN;
  const perSpend = all.spend > 0 ? all.conversions / all.spend : 0;
  return [
    Math.log(spend),
    rate(clicks, impressions, all.clicks / all.impressions, 1 / (all.clicks / all.impressions)),
    rate(conversions, clicks, all.conversions / all.clicks, 1 / (all.conversions / all.clicks)),
    -rate(conversions, spend, perSpend, 1 / perSpend),
    rate(result, spend, all.result / all.spend, perSpend > 0 ? 1 / perSpend : spend),
  ].map((value) => Number.isFinite(value) ? value : NaN);
}

function added(a: HalfSums, b: HalfSums): HalfSums {
  return {
    spend: a.spend + b.spend,
    impressions: a.impressions + b.impressions,
    clicks: a.clicks + b.clicks,
    conversions: a.conversions + b.conversions,
    result: a.result + b.result,
  };
}
