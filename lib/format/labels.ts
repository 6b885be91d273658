/** Stored values as people write them: "google_ads" is "Google Ads". */
import { knownLocale, once } from "./locale.ts";

/** Platforms by their stored value. */
export const PLATFORM_NAMES: Readonly<Record<string, string>> = {
  google_ads: "Google Ads",
  meta: "Meta",
  meta_ads: "Meta",
  facebook: "Facebook",
  instagram: "Instagram",
  linkedin: "LinkedIn",
  linkedin_ads: "LinkedIn",
  tiktok: "TikTok",
  tiktok_ads: "TikTok",
  microsoft: "Microsoft",
  microsoft_ads: "Microsoft Ads",
  bing_ads: "Microsoft Ads",
  pinterest: "Pinterest",
  snapchat: "Snapchat",
  reddit: "Reddit",
  x: "X",
  twitter: "X",
  amazon: "Amazon",
  amazon_ads: "Amazon Ads",
  apple_search_ads: "Apple Search Ads",
  google_analytics: "Google Analytics",
  ga4: "Google Analytics",
  search_console: "Search Console",
  youtube: "YouTube",
  criteo: "Criteo",
  taboola: "Taboola",
  outbrain: "Outbrain",
  shopify: "Shopify",
};

/** What stands for a dimension without a value. */
export const NOT_SET = "(not set)";

/** A dimension's value for display. Only fields with a fixed vocabulary are reworded; names that users gave stay. */
export function valueLabel(field: string, value: string | number | boolean | null | undefined, locale: string): string {
  if (value === null || value === undefined || value === "") return NOT_SET;
  const text = String(value);
  if (field === "platform") return PLATFORM_NAMES[text] ?? (/^[a-z0-9_]+$/.test(text) ? sentence(text) : text);
  if (field === "country" && /^[A-Z]{2}$/.test(text)) return countryName(text, locale);
  if (field === "device" && /^[a-z0-9_]+$/.test(text)) return sentence(text);
  return text;
}

function sentence(slug: string): string {
  const words = slug.replaceAll("_", " ").trim();
  return words ? words[0]!.toUpperCase() + words.slice(1) : slug;
}

function countryName(code: string, locale: string): string {
  const names = once(`regions ${locale}`, () => new Intl.DisplayNames(knownLocale(locale), { type: "region" }));
  try {
    return names.of(code) ?? code;
  } catch {
    return code; // two letters that are no region
  }
}
