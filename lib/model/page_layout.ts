/** What a page shows of a dashboard, and where: the tiles of its open tab. Pure, and free of zod: browsers load it. */
import type { Dashboard, PageFilters, PhonePlace, Placement } from "./dashboard.ts";
import { isClosed, isSection, sectionGroups } from "./sections.ts";
import { type OwnFilters, ownFilters } from "./kept_filters.ts";
import { placementsOn } from "./tabs.ts";
import { readingOrder } from "./tile_layout.ts";

/** A tile of a page without its answers. */
export interface LaidTile extends Pick<Placement, "id" | "widget" | "title" | "place"> {
  phone?: PhonePlace;
  /** Of sections: whether they are closed where nobody chose. */
  options: { closed?: boolean };
  /** What it keeps for itself alone; absent where that is nothing. */
  own?: OwnFilters;
}

/** Every tile of a tab, in reading order, those in closed sections included. */
export function pageLayout(dashboard: Pick<Dashboard, "tabs" | "placements">, tab?: string): LaidTile[] {
  return readingOrder(placementsOn(dashboard, tab)).map((placement) => {
    const own = ownFilters(placement);
    return {
      id: placement.id,
      widget: placement.widget,
      title: placement.title,
      place: placement.place,
      ...placement.phone ? { phone: placement.phone } : {},
      options: isSection(placement) && isClosed(placement) ? { closed: true } : {},
      ...own ? { own } : {},
    };
  });
}

/** The placements that a page has to have answers for: those of its tab, but for bands and what is put away. */
export function askedPlacements(
  dashboard: Pick<Dashboard, "tabs" | "placements">,
  { tab, folds }: Pick<PageFilters, "tab" | "folds">,
): Placement[] {
  return sectionGroups(placementsOn(dashboard, tab), folds).flatMap(({ closed, tiles }) => closed ? [] : tiles);
}
