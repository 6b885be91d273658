/** The tiles of a draft on a grid that can be dragged: gridstack with a mouse, arrow keys without one. */
import { GridStack, type GridStackNode } from "gridstack";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { TileFrame, type TileFrameProps, type ViewSource } from "@/components/dashboard/TileFrame.tsx";
import { whenNear } from "@/components/when_near.ts";
import { readingOrder } from "@/lib/model/tile_layout.ts";
import type { Placement } from "@/lib/model/mod.ts";
import { isSection } from "@/lib/model/sections.ts";
import type { EditorSession } from "./editor_session.ts";
import type { Shown } from "./preview.ts";
import { place, whereWords } from "./tile_actions.ts";

/** What the grid shows. */
export interface EditGridProps {
  session: EditorSession;
  shown: Shown;
  views: ViewSource;
  locale: string;
  /** One column, as on a phone: tiles are moved by buttons, and gridstack has no part. */
  narrow: boolean;
}

/** Height of a row and the gap below it, in pixels; the page's own grid has the same. */
const [CELL, HALF_GAP] = [88, 8];

/** The grid of an editor. */
export function EditGrid({ session, shown, views, locale, narrow }: EditGridProps) {
  const root = useRef<HTMLDivElement>(null);
  const grid = useRef<GridStack | null>(null);
  const placements = session.here;
  const selected = session.selected.value;

  useLayoutEffect(() => {
    if (narrow) return;
    const made = startGrid(root.current!, (id, from, to) => dropped(session, id, from, to));
    grid.current = made;
    return () => {
      grid.current = null;
      made.destroy(false);
    };
  }, [narrow]);
  const focused = document.activeElement;
  useLayoutEffect(() => {
    if (grid.current) bringInLine(grid.current, root.current!, placements);
    // Tiles stand in reading order; one that is put elsewhere in the page loses its focus on the way.
    if (focused instanceof HTMLElement && focused !== document.activeElement && root.current!.contains(focused)) {
      focused.focus({ preventScroll: true });
    }
  });

  const choose = (event: MouseEvent, id: string) => {
    const add = event.shiftKey || event.ctrlKey || event.metaKey;
    if (!add) return session.select([id]);
    const next = new Set(selected);
    if (!next.delete(id)) next.add(id);
    session.select(next);
  };
  return (
    <div ref={root} class={narrow ? "grid edit-grid edit-grid--narrow" : "grid-stack edit-grid"}>
      {readingOrder(placements).map((placement) => {
        const { id, title, widget, place: { x, y, w, h } } = placement;
        const tile = shown.tiles.get(id);
        const chosen = selected.has(id);
        const band = isSection(placement);
        return (
          <div
            key={id}
            id={`edit-${id}`}
            class={`${narrow ? `w-${w} h-${h}` : "grid-stack-item"} edit-tile${band ? " edit-tile--band" : ""}`}
            data-chosen={chosen}
            gs-id={id}
            gs-x={x}
            gs-y={y}
            gs-w={w}
            gs-h={h}
            gs-no-resize={band ? "true" : undefined}
            role="group"
            tabIndex={0}
            aria-current={chosen ? "true" : undefined}
            aria-label={`${title || widget}, ${band ? `section, row ${y + 1}` : whereWords(placement.place)}`}
            onClick={(event) => choose(event, id)}
          >
            <div class="grid-stack-item-content edit-tile__content">
              <div class="edit-tile__inner" inert>
                {band
                  ? (
                    <div class="band">
                      <p class="band__title">
                        <span class="band__arrow" />
                        {title || "Section"}
                        {placement.options.closed === true && <span class="chip">closed at first</span>}
                      </p>
                    </div>
                  )
                  : tile
                  ? (
                    <NearTile
                      soon={y * CELL < innerHeight}
                      tile={tile}
                      laid={placement}
                      colors={shown.colors}
                      locale={locale}
                      narrow={narrow}
                      loading={false}
                      views={views}
                      filters={shown.filters}
                      onEvent={() => {}}
                      onFilters={() => {}}
                      onRetry={() => {}}
                    />
                  )
                  : <section class="tile tile--loading" aria-busy="true" />}
              </div>
            </div>
          </div>
        );
      })}
    </div>
  );
}

/** A tile whose view is made when it comes near: the first screen is there at once, however many tiles there are. */
function NearTile({ soon, ...props }: TileFrameProps & { soon: boolean }) {
  const place = useRef<HTMLElement>(null);
  const [near, setNear] = useState(soon);
  useEffect(() => near ? undefined : whenNear(place.current!, () => setNear(true)), []);
  return near ? <TileFrame {...props} /> : <section ref={place} class={`tile tile--${props.tile.kind}`} />;
}

/** Starts gridstack over the tiles that stand in the page. */
function startGrid(
  element: HTMLElement,
  onDrop: (id: string, from: Placement["place"], to: Record<string, Placement["place"]>) => void,
): GridStack {
  const grid = GridStack.init({
    column: 12,
    cellHeight: CELL,
    margin: HALF_GAP,
    mode: "float",
    animate: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    minRow: 4,
    alwaysShowResizeHandle: true,
    draggable: { handle: ".grid-stack-item-content" },
    resizable: { handles: "e,se,s,sw,w" },
  }, element)!; // null only where there is no element
  let dragged: { id: string; from: Placement["place"] } | null = null;
  const start = (_event: Event, element: HTMLElement) => {
    const node = (element as { gridstackNode?: GridStackNode }).gridstackNode;
    if (node) dragged = { id: String(node.id), from: placeOf(node) };
  };
  // The event comes before gridstack has settled what it pushed away; a turn later every tile has its place.
  const stop = () =>
    queueMicrotask(() => {
      if (!dragged) return;
      const { id, from } = dragged;
      dragged = null;
      onDrop(id, from, Object.fromEntries(grid.engine.nodes.map((node) => [String(node.id), placeOf(node)])));
    });
  grid.on("dragstart", start);
  grid.on("resizestart", start);
  grid.on("dragstop", stop);
  grid.on("resizestop", stop);
  return grid;
}

function dropped(
  session: EditorSession,
  id: string,
  from: Placement["place"],
  to: Record<string, Placement["place"]>,
): void {
  const at = to[id];
  if (!at) return;
  const others = session.chosen.filter((placement) => placement.id !== id);
  if (!session.selected.value.has(id)) session.select([id]);
  else if (others.length > 0) {
    // A drag of one of several selected tiles takes the others along.
    const along = others.map((
      { id, place: old },
    ) => [id, { ...old, x: old.x + at.x - from.x, y: old.y + at.y - from.y }]);
    return place(session, { [id]: at, ...Object.fromEntries(along) });
  }
  // gridstack knows nothing of sections: what it pushed away may have left its own.
  if (session.here.some(isSection)) return place(session, { [id]: at });
  const places = Object.fromEntries(
    session.here.flatMap(({ id, place }) => {
      const now = to[id];
      return now && (now.x !== place.x || now.y !== place.y || now.w !== place.w || now.h !== place.h)
        ? [[id, now]]
        : [];
    }),
  );
  if (Object.keys(places).length > 0) session.do({ type: "move", places });
}

/** Makes gridstack's tiles those of the draft. Its own pushing may move others meanwhile, so it is done until it holds. */
function bringInLine(grid: GridStack, element: HTMLElement, placements: readonly Placement[]): void {
  const wanted = new Map(placements.map(({ id, place }) => [id, place]));
  for (const node of [...grid.engine.nodes]) {
    if (!wanted.has(String(node.id)) && node.el) grid.removeWidget(node.el, false, false);
  }
  for (let pass = 0; pass < 8; pass++) {
    let moved = false;
    for (const item of element.querySelectorAll<HTMLElement & { gridstackNode?: GridStackNode }>(".grid-stack-item")) {
      const place = wanted.get(item.getAttribute("gs-id") ?? "");
      if (!place) continue;
      if (!item.gridstackNode) {
        const noResize = item.hasAttribute("gs-no-resize");
        grid.makeWidget(item, { id: item.getAttribute("gs-id")!, noResize, ...place });
      } else if (!samePlace(placeOf(item.gridstackNode), place)) {
        grid.update(item, { ...place });
        moved = true;
      }
    }
    if (!moved) return;
  }
}

function placeOf({ x = 0, y = 0, w = 1, h = 1 }: GridStackNode): Placement["place"] {
  return { x, y, w, h };
}

function samePlace(a: Placement["place"], b: Placement["place"]): boolean {
  return a.x === b.x && a.y === b.y && a.w === b.w && a.h === b.h;
}
