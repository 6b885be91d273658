/** What can be done to the selected tiles: the same by key, by button and by mouse. */
import { newId } from "@/lib/model/new_id.ts";
import { alignedPlaces, type Alignment, movedTogether } from "@/lib/model/align_tiles.ts";
import { isSection } from "@/lib/model/sections.ts";
import { clampPlace, freeBlock, movedPlaces, readingOrder } from "@/lib/model/tile_layout.ts";
import type { Placement } from "@/lib/model/mod.ts";
import { keepCopied, readCopied } from "./draft.ts";
import type { EditorSession } from "./editor_session.ts";

type Place = Placement["place"];

/** Moves or resizes every selected tile by as much; what lies in the way goes down. */
export function nudge(session: EditorSession, { x = 0, y = 0, w = 0, h = 0 }: Partial<Place>): void {
  const chosen = session.chosen;
  const wanted = w || h
    ? Object.fromEntries(chosen.map(({ id, place }) => [id, { ...place, w: place.w + w, h: place.h + h }]))
    : movedTogether(chosen, { x, y });
  if (chosen.length > 0) place(session, wanted);
}

/** Puts tiles to places; nothing happens where they stand there already. */
export function place(session: EditorSession, wanted: Record<string, Place>): void {
  const places = movedPlaces(session.here, wanted);
  if (Object.keys(places).length > 0) session.do({ type: "move", places }, { say: placeWords(session, wanted) });
}

/** Lines the selected tiles up, spaces them or makes them as large as one another; bands go across the grid anyway. */
export function align(session: EditorSession, how: Alignment): void {
  place(session, alignedPlaces(session.chosen.filter((placement) => !isSection(placement)), how));
}

/** A tile changes places with its neighbour in reading order: moving where there is one column. */
export function step(session: EditorSession, id: string, direction: -1 | 1): void {
  const order = readingOrder(session.here);
  const index = order.findIndex((placement) => placement.id === id);
  const [me, other] = [order[index], order[index + direction]];
  if (!me || !other) return;
  const [a, b] = [me.place, other.place];
  place(session, { [me.id]: { ...a, x: b.x, y: b.y }, [other.id]: { ...b, x: a.x, y: a.y } });
}

/** Takes the selected tiles away. */
export function removeChosen(session: EditorSession): void {
  const ids = session.chosen.map(({ id }) => id);
  if (ids.length > 0) session.do({ type: "remove", ids });
}

/** Puts copies of the selected tiles on the dashboard. */
export function duplicateChosen(session: EditorSession): void {
  addCopies(session, session.chosen);
}

/** Remembers the selected tiles for pasting, here or on another dashboard. */
export function copyChosen(session: EditorSession): void {
  const copied = session.chosen;
  if (copied.length === 0) return;
  session.said.value = keepCopied(copied)
    ? `${copied.length} ${copied.length === 1 ? "tile" : "tiles"} copied`
    : "The browser keeps nothing for this page, so nothing was copied";
}

/** Puts the copied tiles on this dashboard. */
export function paste(session: EditorSession): void {
  addCopies(session, readCopied());
}

/** Adds copies to the tab that is edited, beside one another as they stood, and selects them. */
export function addCopies(session: EditorSession, originals: Placement[]): void {
  if (originals.length === 0) return;
  const places = freeBlock(session.here, originals);
  const copies = originals.map((original) => ({
    ...onTab(structuredClone(original), session.open?.id),
    id: newId(),
    place: places[original.id]!,
  }));
  session.do({ type: "add", placements: copies });
  session.select(copies.map(({ id }) => id));
}

/** A placement on a tab; without one where the dashboard has none. */
export function onTab(placement: Placement, tab: string | undefined): Placement {
  const { tab: _tab, ...rest } = placement;
  return (tab ? { ...rest, tab } : rest) as Placement;
}

/** Where a tile stands, in words. */
export function whereWords({ x, y, w, h }: Place): string {
  return `column ${x + 1}, row ${y + 1}, ${w} wide, ${h} high`;
}

function placeWords(session: EditorSession, wanted: Record<string, Place>): string {
  const [id, ...others] = Object.keys(wanted);
  const placement = session.now.placements.find((one) => one.id === id);
  if (!placement || others.length > 0) return `${Object.keys(wanted).length} tiles moved`;
  return `${placement.title || placement.widget}: ${whereWords(clampPlace(wanted[placement.id]!))}`;
}
