/** Columns that are made of headers which no dataset knows. Pure. */
import { headerKey, type ImportQuestion, slugSchema } from "@/lib/model/mod.ts";
import type { ColumnProfile } from "@/lib/staging/mod.ts";

/** The name of the column that a header becomes when it is kept. */
export function columnNameFor(header: string): string {
  const name = headerKey(header).normalize("NFKD").replace(/[^a-z0-9]+/g, "_").replace(/^[^a-z]+|_+$/g, "").slice(
    0,
    50,
  );
  // Headers in other scripts leave no letters: their code points tell them apart.
  const points = [...header].map((letter) => letter.codePointAt(0)!.toString(16)).join("").slice(0, 40);
  return slugSchema.safeParse(name).success ? name : `column_${name || points}`;
}

/** The question about a column that separates rows and is not used. */
export function separatesQuestion(profile: ColumnProfile): ImportQuestion {
  return {
    id: `separates:${profile.header}`,
    kind: "separates-rows",
    title: `What about "${profile.header}"?`,
    detail: "Rows that differ only in this column would become one row, their numbers added up",
    column: profile.header,
    choices: [
      {
        value: "keep",
        title: "Keep it as a column of its own",
        preview: profile.samples.slice(0, 3).map((raw) => ({ raw, read: raw })),
      },
      { value: "ignore", title: "Leave it out and add the numbers up", preview: [] },
    ],
  };
}

/** Texts may identify, and so may numbers that are names: ids and codes. */
export function mayIdentify(profile: ColumnProfile): boolean {
  if (profile.filled === 0 || profile.distinct <= 1) return false;
  const numeric = Math.max(profile.numbers.dot, profile.numbers.comma) + profile.masked >= profile.filled * 0.9;
  return !numeric || /(^|\s)(id|code|number|no|nr)$/.test(headerKey(profile.header));
}
