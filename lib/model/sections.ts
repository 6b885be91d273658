/**
 * Sections: a band with a title across the grid, to which the tiles below it belong, up to the next band. A section is
 * a placement of the kind `section`, so that it is added, moved, copied and merged as any tile is; which tiles it has
 * follows from where they stand. Pure, and free of zod: browsers load it.
 */
import type { Placement } from "./dashboard.ts";
import { readingOrder, SECTION } from "./tile_layout.ts";

type Placed = Pick<Placement, "id" | "widget" | "options" | "place">;

/** What can be said of a group of tiles: its band, and whether they are put away; both null above the first band. */
export interface Group<T> {
  band: T | null;
  closed: boolean;
  tiles: T[];
}

/** Whether a placement is the band of a section. */
export function isSection({ widget }: Pick<Placement, "widget">): boolean {
  return widget === SECTION;
}

/** The tiles of a page by section, in reading order; `folds` says which the visitor closed (true) or opened (false). */
export function sectionGroups<T extends Placed>(
  placements: readonly T[],
  folds: Record<string, boolean> = {},
): Group<T>[] {
  const groups: Group<T>[] = [{ band: null, closed: false, tiles: [] }];
  for (const placement of readingOrder(placements)) {
    if (!isSection(placement)) groups.at(-1)!.tiles.push(placement);
    else groups.push({ band: placement, closed: isClosed(placement, folds), tiles: [] });
  }
  return groups;
}

/** Whether a section is closed: as the visitor wants it, else as the document says. */
export function isClosed(
  { id, options }: Pick<Placed, "id" | "options">,
  folds: Record<string, boolean> = {},
): boolean {
  return Object.hasOwn(folds, id) ? folds[id]! : options.closed === true;
}

/** The tiles that stand on the page, what follows a closed section moved up to it; those in it are left out. */
export function unfolded<T extends Placed>(placements: readonly T[], folds: Record<string, boolean> = {}): T[] {
  const groups = sectionGroups(placements, folds);
  let gone = 0;
  return groups.flatMap(({ band, closed, tiles }, index) => {
    const shifted = (tile: T): T => gone === 0 ? tile : { ...tile, place: { ...tile.place, y: tile.place.y - gone } };
    const stand = [...band ? [band] : [], ...closed ? [] : tiles].map(shifted);
    const next = groups[index + 1]?.band;
    if (closed && band && next) gone += next.place.y - band.place.y - band.place.h;
    return stand;
  });
}
