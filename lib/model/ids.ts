import { z } from "zod";

/** A name that is safe as an identifier everywhere: in SQL, in MongoDB field names, in URLs and in file names. */
export const slugSchema = z.string().regex(
  /^[a-z][a-z0-9_]{0,62}$/,
  "use lower-case letters, digits and _, beginning with a letter, at most 63 characters",
);

/** The id of a stored document: what `newId()` makes, or a readable slug. */
export const documentIdSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.:@-]{0,127}$/, "not an id");

/** A calendar day as `YYYY-MM-DD`; never shifted by a time zone. */
export const daySchema = z.iso.date();
/** A calendar day as `YYYY-MM-DD`. */
export type Day = string;
