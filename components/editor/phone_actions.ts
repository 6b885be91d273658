/** What can be done to a dashboard's layout on phones: the same by key, by button and by mouse. */
import type { PhonePlace, Placement } from "@/lib/model/mod.ts";
import { phoneAdjusted, phoneDerived, phoneOrder, phoneOrdered, phoneSize } from "@/lib/model/phone_layout.ts";
import { readingOrder } from "@/lib/model/tile_layout.ts";
import type { EditorSession } from "./editor_session.ts";

type Place = Placement["place"];

/** The tiles that a phone shows of the tab that is edited, in their order there. */
export function onPhone(session: EditorSession): Placement[] {
  return phoneOrder(session.here).filter(({ phone }) => !phone?.hidden);
}

/** Puts the selected tiles one place earlier (-1) or later. */
export function stepOnPhone(session: EditorSession, direction: -1 | 1): void {
  const ids = onPhone(session).map(({ id }) => id);
  const chosen = session.selected.value;
  const order = direction < 0 ? ids : ids.toReversed();
  for (let i = 1; i < order.length; i++) {
    const [before, me] = [order[i - 1]!, order[i]!];
    if (chosen.has(me) && !chosen.has(before)) [order[i - 1], order[i]] = [me, before];
  }
  putInOrder(session, direction < 0 ? order : order.toReversed());
}

/** Makes the selected tiles wider or narrower by columns of two, higher or lower by rows. */
export function resizeOnPhone(session: EditorSession, by: { w?: number; h?: number }): void {
  adjust(session, session.chosen, (tile) => {
    const { w, h } = phoneSize(tile);
    return { w: w + (by.w ?? 0), h: h + (by.h ?? 0) };
  });
}

/** Gives the selected tiles a size on phones. */
export function sizeOnPhone(session: EditorSession, size: { w?: number; h?: number }): void {
  adjust(session, session.chosen, () => size);
}

/** Leaves tiles out on phones, or shows them there again; on desks they stay. */
export function hideOnPhone(session: EditorSession, ids: Iterable<string>, hidden: boolean): void {
  const wanted = new Set(ids);
  adjust(session, session.here.filter(({ id }) => wanted.has(id)), () => ({ hidden }));
}

/** Takes the selected tiles' sizes back to the derived ones, and shows them. */
export function deriveChosen(session: EditorSession): void {
  doPhones(
    session,
    Object.fromEntries(
      session.chosen.filter(({ phone }) => phone).map(({ id, phone }) => [
        id,
        phone?.order === undefined ? null : { order: phone.order },
      ]),
    ),
  );
}

/** Takes the tab's layout on phones back to the derived one. */
export function deriveAll(session: EditorSession): void {
  doPhones(session, phoneDerived(session.here), "The phone layout follows the desktop again");
}

/** Whether anybody adjusted the tab's layout on phones. */
export function isAdjusted(session: EditorSession): boolean {
  return session.here.some(({ phone }) => phone !== undefined);
}

/** A tile was dragged or resized on the grid of two columns; the others that are selected come along behind it. */
export function droppedOnPhone(session: EditorSession, id: string, from: Place, to: Record<string, Place>): void {
  const at = to[id];
  const tile = session.here.find((one) => one.id === id);
  if (!at || !tile) return;
  if (!session.selected.value.has(id)) session.select([id]);
  if (at.w !== from.w || at.h !== from.h) return adjust(session, [tile], () => ({ w: at.w, h: at.h }));
  const along = onPhone(session).filter((one) => one.id !== id && session.selected.value.has(one.id))
    .map((one) => one.id);
  const shown = readingOrder(Object.entries(to).map(([id, place]) => ({ id, place }))).map((one) => one.id)
    .filter((one) => !along.includes(one));
  putInOrder(session, shown.toSpliced(shown.indexOf(id) + 1, 0, ...along));
}

function putInOrder(session: EditorSession, shown: string[]): void {
  doPhones(session, phoneOrdered(session.here, shown), "Moved on phones");
}

function adjust(
  session: EditorSession,
  tiles: readonly Placement[],
  change: (tile: Placement) => { w?: number; h?: number; hidden?: boolean },
): void {
  const phones = tiles.map((tile) => [tile.id, phoneAdjusted(tile, change(tile)), tile.phone ?? null] as const);
  const changed = phones.filter(([, next, old]) => JSON.stringify(next) !== JSON.stringify(old));
  doPhones(session, Object.fromEntries(changed.map(([id, next]) => [id, next])));
}

function doPhones(session: EditorSession, phones: Record<string, PhonePlace | null>, say = ""): void {
  if (Object.keys(phones).length > 0) session.do({ type: "phone", phones }, { say });
}
