import { filterWords } from "@/lib/format/filter_words.ts";
import type { KeptFilter } from "@/lib/model/mod.ts";

/** What the chips tell of. */
export interface KeptChipsProps {
  kept: KeptFilter[];
  /** What columns are called. */
  titles: Record<string, string>;
  locale: string;
}

/** What the dashboard and its open tab filter by, a chip each: said here, changed in the editor. */
export function KeptChips({ kept, titles, locale }: KeptChipsProps) {
  return (
    <>
      {kept.map(({ by, filter }) => {
        const words = filterWords(filter, (field) => titles[field] ?? field, locale);
        return (
          <span key={`${by} ${words}`} class="filter filter--kept" title="Changed by editing the dashboard">
            {by === "tab" ? "This tab: only" : "Only"} <strong>{words}</strong>
          </span>
        );
      })}
    </>
  );
}
