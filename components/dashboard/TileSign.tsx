import { useId } from "preact/hooks";
import { Icon } from "@/components/Icon.tsx";
import { filterWords } from "@/lib/format/filter_words.ts";
import { formatRange } from "@/lib/format/mod.ts";
import type { DateRange, OwnFilters } from "@/lib/model/mod.ts";
import { rangeTitle } from "./range_presets.ts";

/** What the sign tells of. */
export interface TileSignProps {
  /** What the tile keeps for itself alone. */
  own: OwnFilters | undefined;
  /** Fields that the page filters by and the tile's data lacks. */
  unfiltered: string[];
  /** What columns are called. */
  titles: Record<string, string>;
  locale: string;
}

/** A small sign in a tile's corner where it shows other rows than the page: which, on hover and focus. */
export function TileSign(props: TileSignProps) {
  const id = useId();
  const lines = signWords(props);
  if (lines.length === 0) return null;
  const icon = props.own?.range && !props.own.filters ? "calendar" : "filter";
  return (
    <div class="tile-sign">
      <button
        type="button"
        class="tile-sign__button"
        aria-label="Not filtered as the page is"
        aria-describedby={id}
        onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
      >
        <Icon name={icon} />
      </button>
      <div id={id} class="tile-sign__words" role="tooltip">
        {lines.map((line) => <p key={line}>{line}</p>)}
      </div>
    </div>
  );
}

/** How a tile is filtered in another way than its page, a sentence each; empty where it is not. */
export function signWords({ own, unfiltered, titles, locale }: TileSignProps): string[] {
  const titleOf = (field: string) => titles[field] ?? field;
  const lines: string[] = [];
  if (own?.range) lines.push(`Days of its own: ${rangeWords(own.range, locale)}`);
  if (own?.filters) lines.push(`Only where ${filterWords(own.filters, titleOf, locale)}`);
  if (unfiltered.length > 0) {
    const fields = unfiltered.map(titleOf).join(", ");
    lines.push(`Not filtered by ${fields}: its data does not have that`);
  }
  return lines;
}

function rangeWords(range: DateRange, locale: string): string {
  return "from" in range ? formatRange(range.from, range.to, { locale, year: true }) : rangeTitle(range);
}
