/** Tier: what a campaign's numbers so far say of the four weeks that follow. */
import { z } from "zod";
import { daySchema, slugSchema } from "./ids.ts";
import { filterSchema } from "./metric_query.ts";

/** What may become of a campaign, as rules on the following period tell it. */
export const tierSchema = z.enum(["rising", "steady", "fading", "wasteful"]);
/** What may become of a campaign. */
export type Tier = z.output<typeof tierSchema>;
/** Every tier, in the order of their numbers as classes. */
export const TIERS: readonly Tier[] = tierSchema.options;

const spanSchema = z.object({ from: daySchema, to: daySchema });

/** A campaign at an earlier time that looked alike, and what became of it. */
export const tierNeighbourSchema = spanSchema.extend({
  campaign: z.string(),
  platform: z.string(),
  became: tierSchema,
});
/** A campaign at an earlier time that looked alike. */
export type TierNeighbour = z.output<typeof tierNeighbourSchema>;

/** What is known of one campaign. */
export const campaignTierSchema = z.object({
  campaign: z.string(),
  platform: z.string(),
  currency: z.string().nullable(),
  tier: tierSchema,
  /** Of the neighbours that were asked, those that became so. */
  share: z.number(),
  spend: z.number(),
  /** What came for each unit of spend; null without spend. */
  roas: z.number().nullable(),
  cpa: z.number().nullable(),
  /** Results of these weeks over those of the weeks before; null where there were none. */
  trend: z.number().nullable(),
  neighbours: z.array(tierNeighbourSchema),
});
/** What is known of one campaign. */
export type CampaignTier = z.output<typeof campaignTierSchema>;

/** How right the tiers were where what followed is known. */
export const tierAccuracySchema = z.object({
  /** Share of right ones when looking back, each time learning from earlier periods alone. */
  accuracy: z.number(),
  /** Share of right ones by always saying the most frequent tier so far. */
  baseline: z.number(),
  majority: tierSchema,
  /** Standard error of the difference of the two. */
  error: z.number(),
  /** Whether the tiers are right more often by two standard errors; else they are not shown. */
  beats: z.boolean(),
  tested: z.int(),
  origins: z.int(),
  learned: z.int(),
});
/** How right the tiers were. */
export type TierAccuracy = z.output<typeof tierAccuracySchema>;

/** A question for the tiers of a dataset's campaigns. */
export const tiersQuerySchema = z.strictObject({ dataset: slugSchema, filters: filterSchema.optional() });
/** A question for tiers, as authors write it. */
export type TiersQueryInput = z.input<typeof tiersQuerySchema>;

/** The tiers of a dataset's campaigns, or why there are none. */
export const tiersAnswerSchema = z.discriminatedUnion("state", [
  z.object({
    state: z.literal("ready"),
    made: z.string(),
    /** The weeks that the tiers are told from. */
    from: daySchema,
    to: daySchema,
    /** What results are counted in, as a metric of the dataset. */
    result: z.object({ name: slugSchema, title: z.string() }),
    accuracy: tierAccuracySchema,
    /** The campaigns that spent most first; none where the tiers are not right often enough. */
    campaigns: z.array(campaignTierSchema),
  }),
  z.object({
    state: z.literal("too-little"),
    made: z.string(),
    /** Days with final numbers that there are, and how many it takes. */
    have: z.int(),
    need: z.int(),
    /** Periods of campaigns whose end is known, and how many it takes. */
    known: z.int(),
    needKnown: z.int(),
  }),
  /** No run has looked at it yet, or it has no campaigns with spend. */
  z.object({ state: z.literal("none") }),
]);
/** The tiers of a dataset's campaigns, or why there are none. */
export type TiersAnswer = z.output<typeof tiersAnswerSchema>;
