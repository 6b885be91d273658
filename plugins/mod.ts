/** The ways in that come built in: one folder per platform. */
import type { Source } from "@/lib/source/mod.ts";
import amazonAds from "./amazon_ads/mod.ts";
import ga4 from "./ga4/mod.ts";
import generic from "./generic/mod.ts";
import googleAds from "./google_ads/mod.ts";
import linkedinAds from "./linkedin_ads/mod.ts";
import mailchimp from "./mailchimp/mod.ts";
import metaAds from "./meta_ads/mod.ts";
import microsoftAds from "./microsoft_ads/mod.ts";
import pinterest from "./pinterest/mod.ts";
import searchConsole from "./search_console/mod.ts";
import shopify from "./shopify/mod.ts";
import snapchat from "./snapchat/mod.ts";
import tiktokAds from "./tiktok_ads/mod.ts";
import universalAnalytics from "./universal_analytics/mod.ts";
import xAds from "./x_ads/mod.ts";

/** Every built-in source. */
export const builtInSources: readonly Source[] = [
  googleAds,
  metaAds,
  microsoftAds,
  linkedinAds,
  tiktokAds,
  pinterest,
  snapchat,
  xAds,
  amazonAds,
  ga4,
  universalAnalytics,
  searchConsole,
  shopify,
  mailchimp,
  generic,
];
