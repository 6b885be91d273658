/**
 * The demo's rows: two years of a shop for the home on six platforms. A row's values hang on the seed and its calendar
 * day alone, so whoever starts a week later gets the same numbers for the days that both have.
 */
import type { Day } from "@/lib/model/mod.ts";
import { campaignsOn, type DemoCampaign, PLATFORMS } from "./campaigns.ts";
import { dayNumber } from "./days.ts";
import { randomOf } from "./random.ts";
import { type DayMood, growth, moodOf } from "./season.ts";
import { type Tactic, TACTICS } from "./tactics.ts";

/** Which demo. */
export interface DemoOptions {
  /** The last day; the demo ends yesterday when it is made. */
  end: Day;
  /** @default 730 */
  days?: number;
  /** @default 1 */
  seed?: number;
}

/** One row, by the names of the `ads` dataset's columns. */
export interface DemoRow {
  date: Day;
  platform: string;
  account_id: string;
  account: string;
  campaign_id: string;
  campaign: string;
  campaign_type: string;
  objective: string;
  country: string;
  device: string;
  currency: "EUR";
  impressions: number;
  clicks: number;
  /** Two decimals. */
  spend: number;
  /** Two decimals where the platform shares a conversion out over several clicks, else whole. */
  conversions: number;
  /** Two decimals. */
  conversion_value: number;
  video_views: number | null;
}

/** Prices and values of a country against Germany. */
const COUNTRIES: Record<string, { price: number; value: number; cvr: number }> = {
  DE: { price: 1, value: 1, cvr: 1 },
  AT: { price: 0.9, value: 1.03, cvr: 1.04 },
  CH: { price: 1.24, value: 1.31, cvr: 0.97 },
  FR: { price: 0.86, value: 0.93, cvr: 0.86 },
  NL: { price: 0.94, value: 0.96, cvr: 0.94 },
  GB: { price: 1.08, value: 0.98, cvr: 0.88 },
};

/** Clicks on a desktop cost more and buy more. */
const DEVICES: Record<string, { price: number; cvr: number }> = {
  mobile: { price: 0.93, cvr: 0.9 },
  desktop: { price: 1.12, cvr: 1.24 },
  tablet: { price: 1, cvr: 1.05 },
};

/** Yields the rows day by day, oldest first. */
export function* generateDemo({ end, days = 730, seed = 1 }: DemoOptions): Generator<DemoRow> {
  const last = dayNumber(end);
  for (let day = last - days + 1; day <= last; day++) {
    const mood = moodOf(day, seed);
    for (const campaign of campaignsOn(mood.date)) yield* rowsOf(campaign, day, mood, seed);
  }
}

function* rowsOf(campaign: DemoCampaign, day: number, mood: DayMood, seed: number): Generator<DemoRow> {
  const tactic: Tactic = TACTICS[campaign.tactic];
  const random = randomOf(seed, campaign.id, day);
  const budget = campaign.budget * mood.demand[tactic.audience] * growth(day, PLATFORMS[campaign.platform].growth) *
    ramp(campaign.age) * drift(seed, campaign.id, day) * random.factor(0.07);
  const quality = learning(campaign.age) * drift(seed, `${campaign.id} quality`, day);
  const inflation = growth(day, 0.03);
  for (const [country, countryShare] of Object.entries(campaign.countries)) {
    for (const [device, deviceShare] of Object.entries(tactic.devices)) {
      const own = randomOf(seed, campaign.id, day, country, device);
      const spend = budget * countryShare * deviceShare * own.factor(0.09);
      yield rowOf(campaign, tactic, { mood, inflation, country, device, spend, quality }, own);
    }
  }
}

interface Cell {
  mood: DayMood;
  /** What a click costs against the start of 2025. */
  inflation: number;
  country: string;
  device: string;
  /** Euro that the campaign would like to spend here. */
  spend: number;
  /** How well the campaign works today, against its average. */
  quality: number;
}

function rowOf(campaign: DemoCampaign, tactic: Tactic, cell: Cell, random: ReturnType<typeof randomOf>): DemoRow {
  const { mood, country, device } = cell;
  const place = COUNTRIES[country] ?? { price: 1, value: 1, cvr: 1 };
  const screen = DEVICES[device] ?? { price: 1, cvr: 1 };
  const price = tactic.cpc * place.price * screen.price * mood.clickPrice * cell.inflation * random.factor(0.08);
  const clicks = wholeOf(cell.spend / price, random.uniform());
  const impressions = Math.max(
    clicks,
    wholeOf(cell.spend / price / (tactic.ctr * random.factor(0.08)), random.uniform()),
  );
  const rate = tactic.cvr * place.cvr * screen.cvr * mood.readiness * cell.quality * mood.tracking *
    random.factor(0.12);
  const expected = clicks * rate;
  const shared = campaign.platform === "google_ads" || campaign.platform === "microsoft_ads";
  // The spread of a count is its square root, which keeps small campaigns as jumpy as real ones.
  const jumpy = Math.max(0, expected + Math.sqrt(expected) * 0.6 * random.normal());
  const conversions = shared ? cents(jumpy) : wholeOf(jumpy, random.uniform());
  const account = PLATFORMS[campaign.platform];
  return {
    date: mood.date,
    platform: campaign.platform,
    account_id: account.accountId,
    account: account.account,
    campaign_id: campaign.id,
    campaign: campaign.name,
    campaign_type: tactic.campaignType,
    objective: tactic.objective,
    country,
    device,
    currency: "EUR",
    impressions,
    clicks,
    spend: cents(clicks * price),
    conversions,
    conversion_value: cents(conversions * tactic.value * place.value * random.factor(0.1)),
    video_views: tactic.views === null ? null : wholeOf(impressions * tactic.views * random.factor(0.05), 0.5),
  };
}

/** A new campaign gets its budget over ten days. */
function ramp(age: number | null): number {
  return age === null ? 1 : Math.min(1, 0.35 + age * 0.065);
}

/** A new campaign works worse at first, and as well as any after four weeks. */
function learning(age: number | null): number {
  return age === null ? 1 : 0.72 + 0.28 * Math.min(1, age / 28);
}

/** A slow wander of ±10 %: a random level per fortnight, blended from one to the next. */
function drift(seed: number, name: string, day: number): number {
  const fortnight = Math.floor(day / 14);
  const blend = day / 14 - fortnight;
  const level = (at: number) => randomOf(seed, name, "drift", at).normal();
  return Math.exp(0.06 * ((1 - blend) * level(fortnight) + blend * level(fortnight + 1)));
}

/** A whole number whose expectation is `value`. */
function wholeOf(value: number, uniform: number): number {
  return Math.floor(value + uniform);
}

function cents(value: number): number {
  return Math.round(value * 100) / 100;
}
