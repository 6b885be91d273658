import { z } from "zod";
import { InputError } from "@/lib/errors.ts";
import { singleValues } from "./single_values.ts";

const wholeNumber = (min: number, max: number) =>
  z.string().regex(/^\d{1,9}$/, "use a whole number").transform(Number).refine(
    (n) => n >= min && n <= max,
    `use a number from ${min} to ${max}`,
  );
const pageSchema = z.object({
  cursor: z.string().max(1_000).optional(),
  offset: wholeNumber(0, 100_000_000).default(0),
  limit: wholeNumber(1, 1_000).default(100),
});

/** Which page of a list is asked for. Throws `InputError` 400 for values that are no page, or given twice. */
export function readPage(params: URLSearchParams): z.output<typeof pageSchema> {
  const parsed = pageSchema.safeParse(singleValues(params));
  if (parsed.success) return parsed.data;
  throw new InputError("bad-page", `Cannot read the page: ${z.prettifyError(parsed.error)}`, {}, 400);
}
