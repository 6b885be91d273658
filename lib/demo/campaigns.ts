/** The demo's campaigns: some run always, some come back every year under a new name, some belong to a product launch. */
import type { Day } from "@/lib/model/mod.ts";
import { dayNumber } from "./days.ts";
import { lastLaunch } from "./season.ts";
import type { TacticName } from "./tactics.ts";

/** The platforms and the one account on each, with the yearly growth of its budget. */
export const PLATFORMS = {
  google_ads: { number: 1, accountId: "418-220-9034", account: "Lindenhof Search & Shopping", growth: 0.07 },
  meta_ads: { number: 2, accountId: "act_20714455102", account: "Lindenhof Social", growth: 0.1 },
  linkedin_ads: { number: 3, accountId: "508811274", account: "Lindenhof Contract", growth: 0.04 },
  tiktok_ads: { number: 4, accountId: "7120045518823", account: "Lindenhof TikTok", growth: 0.22 },
  microsoft_ads: { number: 5, accountId: "F120KX77", account: "Lindenhof Microsoft", growth: 0.03 },
  pinterest: { number: 6, accountId: "549760122318", account: "Lindenhof Ideas", growth: 0.05 },
};
/** A platform of the demo. */
export type DemoPlatform = keyof typeof PLATFORMS;

/** A campaign on a day it runs. */
export interface DemoCampaign {
  id: string;
  name: string;
  platform: DemoPlatform;
  tactic: TacticName;
  /** Share of the budget by country. */
  countries: Record<string, number>;
  /** Euro on an average day. */
  budget: number;
  /** Days since it began, where that matters: a young campaign still learns. */
  age: number | null;
}

type Line = [name: string, tactic: TacticName, budget: number, countries: string];
/** First and last day of the year, as MM-DD; the last may lie in the next year. */
type Season = { from: string; to: string };

const ALWAYS: Record<DemoPlatform, Line[]> = {
  google_ads: [
    ["Brand · Search · DE", "brandSearch", 430, "DE"],
    ["Brand · Search · AT", "brandSearch", 105, "AT"],
    ["Brand · Search · CH", "brandSearch", 120, "CH"],
    ["Brand · Search · FR", "brandSearch", 90, "FR"],
    ["Brand · Search · NL", "brandSearch", 70, "NL"],
    ["Brand · Search · GB", "brandSearch", 95, "GB"],
    ["Non-brand · Search · Furniture", "nonBrandSearch", 520, "DE:7 AT:2"],
    ["Non-brand · Search · Lighting", "nonBrandSearch", 340, "DE:7 CH:2"],
    ["Non-brand · Search · Textiles", "nonBrandSearch", 210, "DE:5 FR:3"],
    ["Shopping · Bestsellers", "shopping", 690, "DE:6 AT:2 CH:1"],
    ["Shopping · Long tail", "shopping", 310, "DE:5 FR:2"],
    ["Performance Max · All products", "performanceMax", 640, "DE:4 NL:2 GB:2"],
    ["Display · Retargeting", "display", 140, "DE:6 AT:1"],
    ["Video · Brand film", "video", 160, "DE:5 GB:3"],
  ],
  meta_ads: [
    ["Prospecting · Lookalike 1 %", "metaProspecting", 330, "DE:6 AT:2"],
    ["Prospecting · Lookalike 3 %", "metaProspecting", 410, "DE:6 AT:2 CH:1"],
    ["Prospecting · Interests · Home", "metaProspecting", 190, "DE"],
    ["Prospecting · Broad · FR", "metaProspecting", 170, "FR"],
    ["Prospecting · Broad · GB", "metaProspecting", 185, "GB"],
    ["Prospecting · Broad · NL", "metaProspecting", 120, "NL"],
    ["Retargeting · Cart 7 d", "metaRetargeting", 220, "DE:6 AT:2 CH:1"],
    ["Retargeting · Viewers 30 d", "metaRetargeting", 150, "DE:5 FR:2"],
    ["Catalogue · Advantage", "metaCatalogue", 290, "DE:5 FR:2"],
    ["Creators · Reels", "metaReels", 130, "DE:4 GB:2"],
  ],
  linkedin_ads: [
    ["ABM · Decision makers", "linkedinLeads", 165, "DE:6 CH:3"],
    ["Leads · Interior designers", "linkedinLeads", 140, "DE"],
    ["Leads · Hotels and offices", "linkedinLeads", 120, "DE:4 GB:3"],
    ["Video · Project stories", "linkedinVideo", 70, "DE:4 NL:2"],
  ],
  tiktok_ads: [
    ["Creators · Spark", "tiktokBroad", 180, "DE:5 AT:1"],
    ["Prospecting · Broad · GB", "tiktokBroad", 130, "GB"],
    ["Prospecting · Broad · FR", "tiktokBroad", 110, "FR"],
    ["Retargeting · Visitors 14 d", "tiktokRetargeting", 75, "DE"],
  ],
  microsoft_ads: [
    ["Brand · Search · DE", "bingBrand", 60, "DE"],
    ["Brand · Search · GB", "bingBrand", 45, "GB"],
    ["Non-brand · Search · Furniture", "bingSearch", 110, "DE:5 AT:1"],
    ["Shopping · Bestsellers", "bingShopping", 120, "DE:5 CH:1"],
  ],
  pinterest: [
    ["Ideas · Living room", "pinterestIdeas", 85, "DE:4 FR:2"],
    ["Ideas · Small spaces", "pinterestIdeas", 60, "DE:4 NL:2"],
    ["Catalogue · Bestsellers", "pinterestCatalogue", 95, "DE:4 GB:2"],
  ],
};

const YEARLY: (Season & { platform: DemoPlatform; line: Line })[] = [
  { from: "03-10", to: "04-20", platform: "meta_ads", line: ["Spring sale", "metaProspecting", 240, "DE:5 AT:1 FR:2"] },
  { from: "04-01", to: "07-15", platform: "google_ads", line: ["Garden season", "nonBrandSearch", 280, "DE:5 AT:1"] },
  { from: "03-20", to: "06-30", platform: "pinterest", line: ["Garden ideas", "pinterestIdeas", 70, "DE:4 GB:2"] },
  { from: "06-20", to: "07-31", platform: "meta_ads", line: ["Summer sale", "metaCatalogue", 260, "DE:5 FR:2 NL:1"] },
  { from: "06-20", to: "07-31", platform: "tiktok_ads", line: ["Summer sale", "tiktokBroad", 120, "DE GB"] },
  { from: "11-15", to: "12-01", platform: "google_ads", line: ["Black Week", "performanceMax", 780, "DE:5 AT:1 GB:2"] },
  { from: "11-12", to: "12-01", platform: "meta_ads", line: ["Black Week", "metaProspecting", 560, "DE:5 FR:2 GB:2"] },
  { from: "11-25", to: "12-21", platform: "google_ads", line: ["Gifts", "shopping", 330, "DE:5 AT:1 CH:1"] },
  { from: "12-27", to: "01-20", platform: "google_ads", line: ["Winter sale", "shopping", 300, "DE:5 AT:1"] },
];

/** For so many days from the launch on. */
const LAUNCH: { days: number; platform: DemoPlatform; line: Line }[] = [
  { days: 420, platform: "google_ads", line: ["Launch · Aura lamps", "nonBrandSearch", 210, "DE:5 AT:1 CH:1"] },
  { days: 300, platform: "meta_ads", line: ["Launch · Aura lamps", "metaProspecting", 320, "DE:5 AT:1 FR:2"] },
  { days: 60, platform: "tiktok_ads", line: ["Launch · Aura teaser", "tiktokBroad", 210, "DE:3 GB:2"] },
];

const always = Object.entries(ALWAYS).flatMap(([platform, lines]) =>
  lines.map((line, i) => campaignOf(platform as DemoPlatform, line, 100 + i, 0, null))
);

/** The campaigns that run on a day, always in the same order. */
export function campaignsOn(day: Day): DemoCampaign[] {
  const number = dayNumber(day);
  const year = Number(day.slice(0, 4));
  const yearly = YEARLY.flatMap(({ from, to, platform, line }, i) => {
    const began = to < from && day.slice(5) <= to ? year - 1 : year;
    const first = dayNumber(`${began}-${from}`);
    const last = dayNumber(`${to < from ? began + 1 : began}-${to}`);
    return number < first || number > last ? [] : [campaignOf(platform, line, 300 + i, began, number - first)];
  });
  const launch = lastLaunch(day);
  const age = number - dayNumber(launch);
  const launched = LAUNCH.flatMap(({ days, platform, line }, i) =>
    age >= days ? [] : [campaignOf(platform, line, 500 + i, Number(launch.slice(0, 4)), age)]
  );
  return [...always, ...yearly, ...launched];
}

function campaignOf(platform: DemoPlatform, line: Line, place: number, year: number, age: number | null): DemoCampaign {
  const [name, tactic, budget, countries] = line;
  return {
    id: String(PLATFORMS[platform].number * 10_000_000 + place * 10_000 + year),
    name: year === 0 ? name : `${name} ${year}`,
    platform,
    tactic,
    budget,
    countries: sharesOf(countries),
    age,
  };
}

/** `DE:6 AT:2` → `{ DE: 0.75, AT: 0.25 }`. */
function sharesOf(text: string): Record<string, number> {
  const parts = text.split(" ").map((part) => part.split(":"));
  const whole = parts.reduce((sum, [, weight]) => sum + Number(weight ?? 1), 0);
  return Object.fromEntries(parts.map(([country = "", weight]) => [country, Number(weight ?? 1) / whole]));
}
