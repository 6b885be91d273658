import { formatRange } from "@/lib/format/mod.ts";
import type { PageFilters } from "@/lib/model/mod.ts";
import { writePageFilters } from "@/lib/model/page_filters_text.ts";

/** What the offer needs. */
export interface NearestDaysProps {
  nearest: { from: string; to: string };
  filters: PageFilters;
  locale: string;
  onFilters(filters: PageFilters): void;
}

/** Under a tile that shows nothing: the nearest days that have something, as the page's days. */
export function NearestDays({ nearest, filters, locale, onFilters }: NearestDaysProps) {
  const next = { ...filters, range: nearest };
  return (
    <a
      class="button button--small tile__nearest"
      href={`?${writePageFilters(next)}`}
      title="The nearest days that have data"
      onClick={(event) => {
        event.preventDefault();
        onFilters(next);
      }}
    >
      Show {formatRange(nearest.from, nearest.to, { locale, year: true })}
    </a>
  );
}
