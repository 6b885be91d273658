/** A rubber band: pressing the mouse on empty ground and drawing a rectangle selects every tile that it touches. */
import type { EditorSession } from "./editor_session.ts";

/** So many pixels a press may wander and still be a click. */
const SLACK = 4;

/** Listens on the ground of an editor; the answer ends it. */
export function listenForRubberBand(ground: HTMLElement, session: EditorSession): () => void {
  const press = (event: PointerEvent) => {
    const target = event.target as HTMLElement;
    if (event.button !== 0 || event.pointerType === "touch" || target.closest(".edit-tile, button, input, a")) return;
    event.preventDefault(); // no text is marked on the way
    (document.activeElement as HTMLElement | null)?.blur?.();
    draw(ground, session, event);
  };
  ground.addEventListener("pointerdown", press);
  return () => ground.removeEventListener("pointerdown", press);
}

function draw(ground: HTMLElement, session: EditorSession, press: PointerEvent): void {
  const keep = press.shiftKey || press.ctrlKey || press.metaKey ? [...session.selected.value] : [];
  // In the ground's own pixels, so that the page may be scrolled on the way.
  const at = ({ clientX, clientY }: MouseEvent) => {
    const { left, top } = ground.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  };
  const start = at(press);
  const band = document.createElement("div");
  band.className = "rubber-band";
  const move = (event: PointerEvent) => {
    const now = at(event);
    if (!band.isConnected && Math.hypot(now.x - start.x, now.y - start.y) < SLACK) return;
    if (!band.isConnected) ground.append(band);
    const area = new DOMRect(
      Math.min(start.x, now.x),
      Math.min(start.y, now.y),
      Math.abs(now.x - start.x),
      Math.abs(now.y - start.y),
    );
    for (const side of ["left", "top", "width", "height"] as const) band.style[side] = `${area[side]}px`;
    const touched = touchedBy(area, ground);
    const next = new Set([...keep, ...touched]);
    if (!sameIds(next, session.selected.value)) session.select(next);
  };
  const stop = (event: PointerEvent) => {
    if (event.type === "pointerup") move(event); // a quick hand is further than the last move that was told
    removeEventListener("pointermove", move);
    removeEventListener("pointerup", stop);
    removeEventListener("pointercancel", stop);
    // A click on empty ground lets go of what was selected.
    if (!band.isConnected) session.select(keep);
    else {
      band.remove();
      const count = session.selected.value.size;
      session.said.value = `${count} ${count === 1 ? "tile" : "tiles"} selected`;
    }
  };
  addEventListener("pointermove", move);
  addEventListener("pointerup", stop);
  addEventListener("pointercancel", stop);
}

/** The tiles that an area of the ground touches. Its element is not asked: what it was told last shows a frame later. */
function touchedBy(area: DOMRect, ground: HTMLElement): string[] {
  const { left, top } = ground.getBoundingClientRect();
  const band = { left: area.left + left, right: area.right + left, top: area.top + top, bottom: area.bottom + top };
  return [...ground.querySelectorAll<HTMLElement>(".edit-tile__content")].flatMap((content) => {
    const tile = content.getBoundingClientRect();
    const touched = band.left < tile.right && tile.left < band.right && band.top < tile.bottom &&
      tile.top < band.bottom;
    return touched ? [content.parentElement!.id.replace(/^edit-/, "")] : [];
  });
}

function sameIds(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((id) => b.has(id));
}
