/** Places on the grid: moving one tile pushes others down, so that none lies on another. Pure. */
import type { Placement } from "./dashboard.ts";

/** The kind of the placements that are bands of sections: `sections.ts`. */
export const SECTION = "section";

type Place = Placement["place"];
type Placed = Pick<Placement, "id" | "place"> & Partial<Pick<Placement, "widget">>;

/** Columns of the grid. */
export const COLUMNS = 12;
/** Rows that the grid may have. */
export const ROWS = 200;
/** The most rows of a tile. */
export const TALLEST = 40;

/** The order in which people read tiles: by row, then from the left. It is the order on a phone. */
export function readingOrder<T extends Placed>(placements: readonly T[]): T[] {
  return placements.toSorted((a, b) => a.place.y - b.place.y || a.place.x - b.place.x);
}

/** A place that fits the grid: never wider than it, never beyond its edges. */
export function clampPlace({ x, y, w, h }: Place): Place {
  const width = Math.min(Math.max(w, 1), COLUMNS);
  const height = Math.min(Math.max(h, 1), TALLEST);
  return {
    x: Math.min(Math.max(x, 0), COLUMNS - width),
    y: Math.min(Math.max(y, 0), ROWS - height),
    w: width,
    h: height,
  };
}

/** Where tiles stand after some were put to new places: those they would lie on move down. Answers changed places only. */
export function movedPlaces(placements: readonly Placed[], wanted: Record<string, Place>): Record<string, Place> {
  const before = new Map(placements.map(({ id, place }) => [id, place]));
  const settled: Placed[] = [];
  const moving = placements.filter(({ id }) => Object.hasOwn(wanted, id))
    .map(({ id, widget }) => ({ id, place: placeOf(widget, wanted[id]!) }));
  const others = readingOrder(placements.filter(({ id }) => !Object.hasOwn(wanted, id)));
  for (const { id, place } of readingOrder(moving)) settled.push({ id, place: pushedDown(place, settled) });
  // A band that is pushed down takes its tiles along, or they would be in the section above.
  let along = 0;
  for (const { id, widget, place } of others) {
    const pushed = pushedDown({ ...place, y: Math.min(place.y + along, ROWS - place.h) }, settled);
    if (widget === SECTION) along = pushed.y - place.y;
    settled.push({ id, place: pushed });
  }
  return Object.fromEntries(
    settled.filter(({ id, place }) => !samePlace(place, before.get(id)!)).map(({ id, place }) => [id, place]),
  );
}

/** The first free place of a size, reading from the top. */
export function freePlace(placements: readonly Placed[], size: { w: number; h: number }): Place {
  const { w, h } = clampPlace({ x: 0, y: 0, ...size });
  for (let y = 0; y <= ROWS - h; y++) {
    for (let x = 0; x <= COLUMNS - w; x++) {
      const place = { x, y, w, h };
      if (!placements.some((other) => overlap(place, other.place))) return place;
    }
  }
  return { x: 0, y: ROWS - h, w, h };
}

/** Places for tiles that come together: as they stand to one another, at the first free spot for all of them. */
export function freeBlock(placements: readonly Placed[], coming: readonly Placed[]): Record<string, Place> {
  const left = Math.min(...coming.map(({ place }) => place.x));
  const top = Math.min(...coming.map(({ place }) => place.y));
  const w = Math.max(...coming.map(({ place }) => place.x + place.w)) - left;
  const h = Math.max(...coming.map(({ place }) => place.y + place.h)) - top;
  // What is taller than any tile may be goes below everything that is there.
  const bottom = Math.max(0, ...placements.map(({ place }) => place.y + place.h));
  const at = h <= TALLEST ? freePlace(placements, { w, h }) : { x: 0, y: bottom };
  return Object.fromEntries(coming.map(({ id, place }) => [
    id,
    clampPlace({ ...place, x: place.x - left + at.x, y: place.y - top + at.y }),
  ]));
}

/** Whether two places share a cell. */
export function overlap(a: Place, b: Place): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

/** The band of a section goes across the whole grid, wherever it is put. */
function placeOf(widget: string | undefined, place: Place): Place {
  return clampPlace(widget === SECTION ? { ...place, x: 0, w: COLUMNS, h: 1 } : place);
}

function pushedDown(place: Place, settled: readonly Placed[]): Place {
  for (;;) {
    const hit = settled.find((other) => overlap(place, other.place));
    if (!hit) return place;
    const y = hit.place.y + hit.place.h;
    // At the end of the grid nothing can move further down; it stays there, and the reader can still move it away.
    if (y > ROWS - place.h) return { ...place, y: ROWS - place.h };
    place = { ...place, y };
  }
}

function samePlace(a: Place, b: Place): boolean {
  return a.x === b.x && a.y === b.y && a.w === b.w && a.h === b.h;
}
