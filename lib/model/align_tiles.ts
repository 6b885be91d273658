/** Lining several tiles up, spacing them and making them as large as one another. Pure. */
import type { Placement } from "./dashboard.ts";
import { COLUMNS, readingOrder, ROWS } from "./tile_layout.ts";

type Place = Placement["place"];
type Placed = Pick<Placement, "id" | "place">;

/** What tiles can be lined up by. */
export type Alignment = "left" | "right" | "top" | "bottom" | "across" | "down" | "size";

/**
 * Where tiles are wanted: at one edge of what they cover together; with equal gaps between the first and the last; or as
 * large as the first. Gaps never become negative: tiles without room between them stand side by side.
 */
export function alignedPlaces(tiles: readonly Placed[], how: Alignment): Record<string, Place> {
  const [first] = readingOrder(tiles);
  if (!first) return {};
  if (how === "across" || how === "down") return spaced(tiles, how);
  const left = Math.min(...tiles.map(({ place }) => place.x));
  const top = Math.min(...tiles.map(({ place }) => place.y));
  const right = Math.max(...tiles.map(({ place }) => place.x + place.w));
  const bottom = Math.max(...tiles.map(({ place }) => place.y + place.h));
  const wanted: Record<typeof how, (place: Place) => Place> = {
    left: (place) => ({ ...place, x: left }),
    right: (place) => ({ ...place, x: right - place.w }),
    top: (place) => ({ ...place, y: top }),
    bottom: (place) => ({ ...place, y: bottom - place.h }),
    size: (place) => ({ ...place, w: first.place.w, h: first.place.h }),
  };
  return Object.fromEntries(tiles.map(({ id, place }) => [id, wanted[how](place)]));
}

/** As far as all of them can go together: at the edge of the grid they stop as one, and stay as they stand to each other. */
export function movedTogether(tiles: readonly Placed[], by: { x: number; y: number }): Record<string, Place> {
  const far = (wanted: number, back: number[], on: number[]) =>
    Math.min(Math.max(wanted, -Math.min(...back)), Math.min(...on));
  const x = far(by.x, tiles.map(({ place }) => place.x), tiles.map(({ place: { x, w } }) => COLUMNS - x - w));
  const y = far(by.y, tiles.map(({ place }) => place.y), tiles.map(({ place: { y, h } }) => ROWS - y - h));
  return Object.fromEntries(tiles.map(({ id, place }) => [id, { ...place, x: place.x + x, y: place.y + y }]));
}

function spaced(tiles: readonly Placed[], how: "across" | "down"): Record<string, Place> {
  const [side, length] = how === "across" ? ["x", "w"] as const : ["y", "h"] as const;
  const order = tiles.toSorted((a, b) => a.place[side] - b.place[side]);
  const start = order[0]!.place[side];
  const end = Math.max(...order.map(({ place }) => place[side] + place[length]));
  const filled = order.reduce((sum, { place }) => sum + place[length], 0);
  const gap = order.length > 1 ? Math.max(0, (end - start - filled) / (order.length - 1)) : 0;
  let at = start;
  return Object.fromEntries(order.map(({ id, place }) => {
    const put = { ...place, [side]: Math.round(at) };
    at += place[length] + gap;
    return [id, put];
  }));
}
