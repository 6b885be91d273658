import type { Change } from "@/lib/format/mod.ts";

const WORDS = { good: "better", bad: "worse", neutral: "" };

/** A change as a small coloured chip, or as coloured words in a text: sign in the text, tone in the colour and for screen readers in a word. */
export function ChangeChip({ change, inline = false }: { change: Change | null; inline?: boolean }) {
  if (!change) return null;
  return (
    <span class={`change change--${change.tone}${inline ? " change--inline" : ""}`}>
      {change.text}
      {WORDS[change.tone] && <span class="visually-hidden">{WORDS[change.tone]}</span>}
    </span>
  );
}
