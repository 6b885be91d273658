/** What an import's states, steps and counts are called. Pure. */
import type { ImportCounts, ImportJob, ImportState } from "@/lib/model/mod.ts";

/** How a word is coloured; never without the word. */
export type Tone = "good" | "bad" | "warn" | "info" | "none";

const STATES: Record<ImportState, { word: string; tone: Tone }> = {
  uploading: { word: "Uploading", tone: "info" },
  queued: { word: "Waiting", tone: "info" },
  running: { word: "Importing", tone: "info" },
  "needs-mapping": { word: "Needs an answer", tone: "warn" },
  ready: { word: "Ready to import", tone: "warn" },
  published: { word: "Imported", tone: "good" },
  duplicate: { word: "Already imported", tone: "none" },
  failed: { word: "Failed", tone: "bad" },
  "rolled-back": { word: "Undone", tone: "none" },
  cancelled: { word: "Cancelled", tone: "none" },
};

/** A state's word and tone. */
export function stateWord(state: ImportState): { word: string; tone: Tone } {
  return STATES[state];
}

/** True while something still happens by itself: the page should keep looking. */
export function isMoving(state: ImportState): boolean {
  return state === "uploading" || state === "queued" || state === "running";
}

/** One line of the counts: they add up to what was read. */
export interface CountLine {
  key: Exclude<keyof ImportCounts, "read" | "removed">;
  /** In a sentence, after the number. */
  phrase: string;
  /** In a table. */
  title: string;
  explanation: string;
}

/** Every way a line that was read can end. */
export const COUNT_LINES: readonly CountLine[] = [
  { key: "inserted", phrase: "new", title: "New", explanation: "not here before" },
  { key: "updated", phrase: "updated", title: "Updated", explanation: "here before with other numbers" },
  { key: "unchanged", phrase: "unchanged", title: "Unchanged", explanation: "here before with the same numbers" },
  {
    key: "collapsed",
    phrase: "merged",
    title: "Merged",
    explanation: "another line for the same day and names: added together",
  },
  { key: "duplicates", phrase: "repeated", title: "Repeated", explanation: "equal to another line: kept once" },
  { key: "totals", phrase: "total lines left out", title: "Total lines", explanation: "sums in the file: left out" },
  { key: "rejected", phrase: "set aside", title: "Set aside", explanation: "could not be used; the reasons are kept" },
  {
    key: "refused",
    phrase: "refused with the file",
    title: "Refused",
    explanation: "could be used, but a rule refuses the whole file",
  },
];

/** The result as a sentence that ends with what was set aside: "12,480 rows read, 12,431 new, 12 set aside". */
export function countsSentence(counts: ImportCounts, locale: string): string {
  const number = new Intl.NumberFormat(locale);
  const rows = `${number.format(counts.read)} ${counts.read === 1 ? "row" : "rows"} read`;
  const rest = COUNT_LINES.flatMap(({ key, phrase }) => {
    const count = counts[key] ?? 0;
    if (count === 0) return [];
    return [key === "totals" && count === 1 ? "1 total line left out" : `${number.format(count)} ${phrase}`];
  });
  const removed = counts.removed > 0 ? [`${number.format(counts.removed)} removed that the file no longer has`] : [];
  return [rows, ...removed, ...rest].join(", ");
}

/** What the file lacks of its days, as a sentence; null where it lacks nothing. */
export function missingSentence({ parts, mode }: Pick<ImportJob, "parts" | "mode">, locale: string): string | null {
  const missing = missingRows({ parts });
  if (missing === 0) return null;
  const one = missing === 1;
  const rows = `${new Intl.NumberFormat(locale).format(missing)} ${one ? "row" : "rows"} of these days`;
  return `${rows} ${one ? "is" : "are"} not in this file; ${
    mode === "replace" ? "removed" : one ? "it stays" : "they stay"
  }.`;
}

/** Rows that stand here and that the file lacks, over all its parts. */
export function missingRows({ parts }: Pick<ImportJob, "parts">): number {
  return parts.reduce((sum, { missing = 0 }) => sum + missing, 0);
}

/** Rows that an import brings in, of those it read. */
export function usableRows({ read, rejected, totals }: ImportCounts): number {
  return read - rejected - totals;
}

/** The end of a sentence about time: ", about 2 min left"; nothing where it cannot be told, or is over at once. */
export function leftWords(seconds: number | null): string {
  if (seconds === null || !Number.isFinite(seconds) || seconds < 2) return "";
  if (seconds < 90) return `, about ${Math.ceil(seconds / 5) * 5} s left`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `, about ${minutes} min left` : `, about ${Math.round(minutes / 60)} h left`;
}

/** How far one step is. */
export type StepState = "done" | "current" | "todo" | "failed";

/** One step as the page shows it. */
export interface ImportStep {
  title: string;
  state: StepState;
}

const ORDER = ["upload", "recognise", "question", "stage", "clean", "publish"] as const;
const TITLES: Record<typeof ORDER[number], { done: string; todo: string }> = {
  upload: { done: "Uploaded", todo: "Upload" },
  recognise: { done: "Recognised", todo: "Recognise" },
  question: { done: "Answered", todo: "Question" },
  stage: { done: "Read", todo: "Read" },
  clean: { done: "Checked", todo: "Check" },
  publish: { done: "Imported", todo: "Import" },
};

/** The steps of an import, with the one it stands at. The question is a step only where there is one. */
export function importSteps(job: Pick<ImportJob, "state" | "step" | "questions" | "answers">): ImportStep[] {
  const open = job.questions.length;
  const asked = job.state === "needs-mapping" || Object.keys(job.answers).length > 0;
  const order = ORDER.filter((step) => step !== "question" || asked);
  const over = job.state === "published" || job.state === "rolled-back" || job.step === "done";
  const at = job.state === "needs-mapping"
    ? order.indexOf("question")
    : order.indexOf(job.step as typeof ORDER[number]);
  return order.map((step, i) => {
    const state: StepState = over || i < at || (step === "question" && job.state !== "needs-mapping")
      ? "done"
      : i > at
      ? "todo"
      : job.state === "failed" || job.state === "cancelled"
      ? "failed"
      : "current";
    if (step === "question" && state === "current") {
      return { title: open === 1 ? "One question" : `${open} questions`, state };
    }
    return { title: state === "done" ? TITLES[step].done : TITLES[step].todo, state };
  });
}
