import type { ImportState } from "@/lib/model/mod.ts";
import { stateWord } from "./import_words.ts";

/** An import's state as a coloured word. */
export function StateChip({ state }: { state: ImportState }) {
  const { word, tone } = stateWord(state);
  return <span class={tone === "none" ? "chip" : `chip chip--${tone}`}>{word}</span>;
}
