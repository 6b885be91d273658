/** Tiers of campaigns, for widget tests. */
import { type CampaignTier, type TiersAnswer, tiersAnswerSchema } from "@/lib/model/mod.ts";
import { type AnswerOptions, HOSTILE } from "./widget_answers.ts";

/** The tiers of some campaigns; where there are no numbers, that there are too few. */
export function tiersAnswer({ kind = "plain" }: AnswerOptions = {}, { beats = true } = {}): TiersAnswer {
  const made = "2026-11-23T02:00:00.000Z";
  if (kind === "empty" || kind === "nulls") {
    return { state: "too-little", made, have: 56, need: 140, known: 12, needKnown: 60 };
  }
  const name = (text: string) => kind === "hostile" ? `${HOSTILE}${text}` : text;
  const one = (campaign: string, given: Partial<CampaignTier>): CampaignTier => ({
    campaign: name(campaign),
    platform: name("google_ads"),
    currency: "EUR",
    tier: "steady",
    share: 0.72,
    spend: 5_120.4,
    roas: 4.21,
    cpa: 14.2,
    trend: 1.02,
    neighbours: [
      {
        campaign: name("Brand · Search · AT"),
        platform: "google_ads",
        from: "2026-03-02",
        to: "2026-03-29",
        became: "steady",
      },
    ],
    ...given,
  });
  return tiersAnswerSchema.parse({
    state: "ready",
    made,
    from: "2026-09-28",
    to: "2026-10-25",
    result: { name: "conversion_value", title: "Conversion value" },
    accuracy: {
      accuracy: beats ? 0.67 : 0.4,
      baseline: 0.39,
      majority: "steady",
      error: 0.02,
      beats,
      tested: 1_012,
      origins: 24,
      learned: 1_054,
    },
    campaigns: beats
      ? [
        one("Brand · Search · DE", {}),
        one("Prospecting · Lookalike 3 %", { tier: "wasteful", roas: 0.9, trend: 0.8, platform: name("meta_ads") }),
        one("Shopping · Long tail", { tier: "rising", trend: null, currency: kind === "currencies" ? "GBP" : "EUR" }),
        one("Spring sale", { tier: "fading", cpa: null, roas: null, neighbours: [] }),
      ]
      : [],
  });
}
