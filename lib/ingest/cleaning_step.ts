import type { CleaningStep } from "@/lib/model/mod.ts";
import { LONGEST_NAME } from "./suggest_spellings.ts";

/** A step, with what is shown of its examples cut to what can be looked at. */
export function cleaningStep(
  rest: Pick<CleaningStep, "id" | "kind" | "column" | "title" | "count" | "on"> & Partial<CleaningStep>,
) {
  const { examples = [], misfits = [] } = rest;
  return {
    suggested: false,
    canTurn: true,
    ...rest,
    examples: examples.map(({ from, to }) => ({ from: shown(from), to: shown(to) })),
    misfits: misfits.map(({ value, fault }) => ({ value: shown(value), fault: shown(fault) })),
  } as CleaningStep;
}

/** A cell may be as long as its file; what is kept of it with the import is what can be looked at. */
function shown(text: string): string {
  return text.length > LONGEST_NAME ? `${text.slice(0, LONGEST_NAME)}…` : text;
}
