import { z } from "zod";
import { RANGE_PRESETS } from "@/components/dashboard/range_presets.ts";
import { writeRange } from "@/lib/model/mod.ts";

const presets = RANGE_PRESETS.map(({ range }) => writeRange(range));
const titles = Object.fromEntries(RANGE_PRESETS.map(({ title, range }) => [writeRange(range), title]));

/** Options of the date filter. */
export const dateFilterOptions = z.strictObject({
  presets: z.array(z.enum(presets as [string, ...string[]]))
    .default(["last-7-day", "last-28-day", "this-month", "previous-month", "this-year", "all"])
    .meta({ label: "Days to choose from", control: "choices", titles }),
  custom: z.boolean().default(true).meta({ label: "Let choose from and to", control: "switch" }),
  compare: z.boolean().default(true).meta({ label: "Let choose what to compare with", control: "switch" }),
});
/** Options of the date filter. */
export type DateFilterOptions = z.output<typeof dateFilterOptions>;
