/** What holds for a whole workspace. */
import { z } from "zod";
import { isCurrencyCode } from "./header_key.ts";

/** What holds for a whole workspace, as `GET /api/workspace` answers it. */
export const workspaceSettingsSchema = z.strictObject({
  /** The currency of amounts whose file names none, as ISO 4217 has it; null: such amounts are kept without one. */
  currency: z.string().nullable().default(null).refine((code) => code === null || isCurrencyCode(code), {
    error: "must be a currency code in capitals, such as EUR, or null",
  }),
});
/** What holds for a whole workspace. */
export type WorkspaceSettings = z.output<typeof workspaceSettingsSchema>;
