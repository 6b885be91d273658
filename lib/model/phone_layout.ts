/**
 * A dashboard on a phone: two columns, filled in reading order, unless a tile says otherwise (`phone`). Only what is not
 * as derived is kept, so that a layout nobody adjusted follows the one for desks. Pure, and free of zod: browsers load it.
 */
import type { PhonePlace, Placement } from "./dashboard.ts";
import { overlap, readingOrder, SECTION, TALLEST } from "./tile_layout.ts";

type Place = Placement["place"];
type Placed = Pick<Placement, "id" | "widget" | "place" | "phone">;

/** Columns of a phone's grid. */
export const PHONE_COLUMNS = 2;

/** Up to this many of twelve columns a tile takes half of a phone's width; `static/grid.css` says the same. */
const HALF_UP_TO = 3;

/** The order of tiles on a phone, those that are left out included: a tile without an order follows the one it is read after. */
export function phoneOrder<T extends Placed>(placements: readonly T[]): T[] {
  let last = -Infinity;
  const ranked = readingOrder(placements).map((tile) => ({ tile, rank: last = tile.phone?.order ?? last }));
  return ranked.toSorted((a, b) => a.rank === b.rank ? 0 : a.rank - b.rank).map(({ tile }) => tile);
}

/** How much room a tile has on a phone: of two columns, and rows. */
export function phoneSize({ widget, place, phone = {} }: Pick<Placed, "widget" | "place" | "phone">): {
  w: number;
  h: number;
} {
  if (widget === SECTION) return { w: PHONE_COLUMNS, h: 1 };
  return { w: phone.w ?? (place.w <= HALF_UP_TO ? 1 : PHONE_COLUMNS), h: phone.h ?? place.h };
}

/** Where tiles stand on a phone, as its grid puts them: each after the one before it, in the next gap that is wide enough. */
export function phonePlaces(placements: readonly Placed[]): Map<string, Place> {
  const places = new Map<string, Place>();
  let [x, y] = [0, 0];
  for (const tile of phoneOrder(placements)) {
    if (tile.phone?.hidden) continue;
    const size = phoneSize(tile);
    while (x + size.w > PHONE_COLUMNS || [...places.values()].some((other) => overlap({ x, y, ...size }, other))) {
      if (++x < PHONE_COLUMNS) continue;
      x = 0;
      y++;
    }
    places.set(tile.id, { x, y, ...size });
  }
  return places;
}

/** What a phone shows of a page: its tiles in the order and the sizes they have there. Widths stay those of twelve columns. */
export function phoneLayout<T extends Placed>(layout: readonly T[]): T[] {
  const places = phonePlaces(layout);
  return phoneOrder(layout).flatMap((tile) => {
    const at = places.get(tile.id);
    if (!at) return [];
    const w = at.w === 1 ? Math.min(tile.place.w, HALF_UP_TO) : Math.max(tile.place.w, HALF_UP_TO + 1);
    return [{ ...tile, place: { ...at, w } }];
  });
}

/**
 * What has to be said on tiles so that a phone shows them in an order. `shown` names every tile that is not left out;
 * those that are stay behind the tile they were behind. Answers changed tiles only, and takes orders away where the
 * derived one is wanted.
 */
export function phoneOrdered(
  placements: readonly Placed[],
  shown: readonly string[],
): Record<string, PhonePlace | null> {
  const wanted = withHidden(phoneOrder(placements), shown);
  const derived = readingOrder(placements).every(({ id }, index) => id === wanted[index]);
  return changedPhones(placements, ({ id, phone }) => {
    const { order: _order, ...rest } = phone ?? {};
    return derived ? rest : { ...rest, order: wanted.indexOf(id) };
  });
}

/** What has to be said on a tile so that it is left out, shown, or of a size on a phone; nothing of what is derived. */
export function phoneAdjusted(tile: Placed, change: { w?: number; h?: number; hidden?: boolean }): PhonePlace | null {
  const usual = phoneSize({ ...tile, phone: {} });
  const { phone = {} } = tile;
  const w = Math.min(Math.max(change.w ?? phoneSize(tile).w, 1), PHONE_COLUMNS);
  const h = Math.min(Math.max(change.h ?? phoneSize(tile).h, 1), TALLEST);
  return orNull({
    ...phone.order === undefined ? {} : { order: phone.order },
    ...change.hidden ?? phone.hidden ? { hidden: true } : {},
    ...w === usual.w ? {} : { w },
    ...h === usual.h ? {} : { h },
  });
}

/** What takes a phone's layout back to the derived one; empty where it is that. */
export function phoneDerived(placements: readonly Placed[]): Record<string, PhonePlace | null> {
  return changedPhones(placements, () => ({}));
}

function changedPhones(
  placements: readonly Placed[],
  wanted: (tile: Placed) => PhonePlace,
): Record<string, PhonePlace | null> {
  return Object.fromEntries(placements.flatMap((tile) => {
    const next = wanted(tile);
    return samePhone(tile.phone ?? {}, next) ? [] : [[tile.id, orNull(next)]];
  }));
}

function withHidden(order: readonly Placed[], shown: readonly string[]): string[] {
  const wanted = [...shown];
  order.forEach(({ id }, index) => {
    if (shown.includes(id)) return;
    wanted.splice(index === 0 ? 0 : wanted.indexOf(order[index - 1]!.id) + 1, 0, id);
  });
  return wanted;
}

function orNull(phone: PhonePlace): PhonePlace | null {
  return Object.keys(phone).length > 0 ? phone : null;
}

function samePhone(a: PhonePlace, b: PhonePlace): boolean {
  return a.order === b.order && a.hidden === b.hidden && a.w === b.w && a.h === b.h;
}
