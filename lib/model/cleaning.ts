/** What cleaning does to a file, step by step, with how often; each step that may change a meaning can be turned off. */
import { z } from "zod";

/** One step of cleaning in one import. */
export const cleaningStepSchema = z.looseObject({
  /** `trim:campaign`, `spelling:campaign:Data Anlytics Corse` …: answers about it begin with `clean:` and this. */
  id: z.string(),
  /**
   * `trim`: blanks around a text. `empty`: texts that mean "nothing here". `case`, `spelling`: a name brought to the form
   * that it has elsewhere. `taxonomy`: a name taken apart. `url`: a URL taken apart. `currency`: amounts keep theirs.
   */
  kind: z.enum(["trim", "empty", "case", "spelling", "taxonomy", "url", "currency"]),
  /** The dataset's column. */
  column: z.string(),
  /** In words: "Campaign: blanks around names are left out". */
  title: z.string(),
  /** Cells that it changes, or would change. */
  count: z.int(),
  /** Whether it is done. What is only a suggestion begins off. */
  on: z.boolean(),
  /** Offered, not done by itself: it would change what a name says. */
  suggested: z.boolean().default(false),
  /** False: nothing to decide, it is told so that it is known. */
  canTurn: z.boolean().default(true),
  examples: z.array(z.object({ from: z.string(), to: z.string() })).default([]),
  /** What does not fit: names that break a pattern, with the reason. */
  misfits: z.array(z.object({ value: z.string(), fault: z.string() })).default([]),
});
/** One step of cleaning. */
export type CleaningStep = z.output<typeof cleaningStepSchema>;

/** The question under which an answer about a step is kept, and used for the next file of the same shape. */
export function cleaningQuestion(stepId: string): string {
  return `clean:${stepId}`;
}
