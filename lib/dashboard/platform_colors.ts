/** The order that platforms take their colours in, so that a new one does not repaint the others. */
const PLATFORM_ORDER = ["google_ads", "meta_ads", "linkedin_ads", "tiktok_ads", "microsoft_ads", "pinterest"];

/** A series number (1–8) for each platform, the same on every dashboard: those that are always there, then the others. */
export function platformColors(present: string[]): Record<string, number> {
  const colors = Object.fromEntries(PLATFORM_ORDER.map((platform, index) => [platform, index + 1]));
  const others = present.filter((platform) => !(platform in colors)).sort();
  others.slice(0, 8 - PLATFORM_ORDER.length).forEach((platform, index) => {
    colors[platform] = PLATFORM_ORDER.length + index + 1;
  });
  return colors;
}
