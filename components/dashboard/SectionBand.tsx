import type { LaidTile, PageFilters } from "@/lib/model/mod.ts";
import { writePageFilters } from "@/lib/model/page_filters_text.ts";

/** What the band of a section shows and whom it tells. It is a link, so it works before its code arrives. */
export interface SectionBandProps {
  title: string;
  place: LaidTile["place"];
  closed: boolean;
  /** The page's filters with this section the other way. */
  filters: PageFilters;
  onToggle(): void;
}

/** The title of a section across the grid; a click puts its tiles away or brings them back. */
export function SectionBand({ title, place, closed, filters, onToggle }: SectionBandProps) {
  return (
    <div class={`band w-12 x-0 y-${place.y} h-${place.h}`}>
      <h2 class="band__title">
        <a
          class="band__fold"
          role="button"
          href={`?${writePageFilters(filters)}`}
          aria-expanded={!closed}
          onClick={(event) => {
            event.preventDefault();
            onToggle();
          }}
          onKeyDown={(event) => {
            if (event.key !== " ") return;
            event.preventDefault();
            onToggle();
          }}
        >
          <span class="band__arrow" aria-hidden="true" />
          {title || "Section"}
        </a>
      </h2>
    </div>
  );
}
