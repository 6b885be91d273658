/** What kinds of campaigns the demo's shop runs, and what an average day of each looks like. */

/** An average day of a kind of campaign. Rates are fractions, prices in euro. */
export interface Tactic {
  objective: string;
  campaignType: string;
  audience: "shoppers" | "offices";
  /** Clicks per impression. */
  ctr: number;
  /** Price of a click. */
  cpc: number;
  /** Conversions per click. */
  cvr: number;
  /** Value of a conversion. */
  value: number;
  /** Video views per impression; null where the format has none. */
  views: number | null;
  /** Share of the budget by device. */
  devices: Record<string, number>;
}

const SEARCH_DEVICES = { mobile: 0.59, desktop: 0.41 };
const BRAND_DEVICES = { mobile: 0.56, desktop: 0.38, tablet: 0.06 };
const SOCIAL_DEVICES = { mobile: 0.88, desktop: 0.12 };
const MOBILE_ONLY = { mobile: 1 };
const OFFICE_DEVICES = { desktop: 0.62, mobile: 0.38 };

function search(ctr: number, cpc: number, cvr: number, value: number): Tactic {
  return {
    objective: "Sales",
    campaignType: "Search",
    audience: "shoppers",
    ctr,
    cpc,
    cvr,
    value,
    views: null,
    devices: SEARCH_DEVICES,
  };
}

function social(objective: string, ctr: number, cpc: number, cvr: number, value: number, views: number | null): Tactic {
  return {
    objective,
    campaignType: "Feed and stories",
    audience: "shoppers",
    ctr,
    cpc,
    cvr,
    value,
    views,
    devices: SOCIAL_DEVICES,
  };
}

/** The kinds by name. */
export const TACTICS = {
  brandSearch: { ...search(0.145, 0.42, 0.078, 74), devices: BRAND_DEVICES },
  nonBrandSearch: search(0.047, 0.88, 0.031, 81),
  shopping: { ...search(0.0125, 0.44, 0.0262, 69), campaignType: "Shopping" },
  performanceMax: { ...search(0.0165, 0.52, 0.0285, 71), campaignType: "Performance Max" },
  display: { ...search(0.0058, 0.36, 0.0205, 64), campaignType: "Display" },
  video: { ...search(0.0042, 0.31, 0.0042, 66), objective: "Awareness", campaignType: "Video", views: 0.31 },
  bingBrand: { ...search(0.118, 0.36, 0.071, 79), devices: OFFICE_DEVICES },
  bingSearch: { ...search(0.034, 0.71, 0.0295, 84), devices: OFFICE_DEVICES },
  bingShopping: { ...search(0.0102, 0.37, 0.0238, 72), campaignType: "Shopping", devices: OFFICE_DEVICES },
  metaProspecting: social("Sales", 0.0132, 0.58, 0.0192, 61, 0.19),
  metaRetargeting: social("Sales", 0.0215, 0.66, 0.0445, 66, null),
  metaCatalogue: { ...social("Sales", 0.0158, 0.49, 0.0262, 63, null), campaignType: "Catalogue" },
  metaReels: { ...social("Awareness", 0.0092, 0.34, 0.0068, 57, 0.42), devices: MOBILE_ONLY },
  tiktokBroad: { ...social("Sales", 0.0104, 0.33, 0.0092, 48, 0.61), devices: MOBILE_ONLY },
  tiktokRetargeting: { ...social("Sales", 0.0142, 0.41, 0.0212, 51, 0.57), devices: MOBILE_ONLY },
  pinterestIdeas: social("Consideration", 0.0068, 0.29, 0.0084, 62, 0.08),
  pinterestCatalogue: { ...social("Sales", 0.0086, 0.33, 0.0136, 64, null), campaignType: "Catalogue" },
  linkedinLeads: {
    objective: "Leads",
    campaignType: "Sponsored content",
    audience: "offices",
    ctr: 0.0061,
    cpc: 5.4,
    cvr: 0.052,
    value: 215,
    views: null,
    devices: OFFICE_DEVICES,
  },
  linkedinVideo: {
    objective: "Awareness",
    campaignType: "Video",
    audience: "offices",
    ctr: 0.0044,
    cpc: 4.2,
    cvr: 0.014,
    value: 190,
    views: 0.28,
    devices: OFFICE_DEVICES,
  },
} satisfies Record<string, Tactic>;

/** The name of a kind. */
export type TacticName = keyof typeof TACTICS;
