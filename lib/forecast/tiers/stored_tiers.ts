import { z } from "zod";
import type { Collection } from "@/lib/documents/mod.ts";
import { type TiersAnswer, tiersAnswerSchema } from "@/lib/model/mod.ts";

/** What the last run said of a dataset's campaigns; its id is the dataset's. */
export const storedTiersSchema = z.looseObject({
  id: z.string(),
  /** What it was told from: data and definitions. The same again is not told anew. */
  seen: z.string(),
  said: tiersAnswerSchema,
});
/** What the last run said of a dataset's campaigns. */
export type StoredTiers = z.output<typeof storedTiersSchema> & { said: TiersAnswer };

/** One document a dataset; each run writes it anew. */
export const tiersCollection: Collection<StoredTiers> = {
  name: "campaign_tiers",
  schema: storedTiersSchema,
  indexes: {},
};
