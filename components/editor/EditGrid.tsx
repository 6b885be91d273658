/** The tiles of a draft on a grid that can be dragged: gridstack with a mouse, arrow keys without one. */
import type { GridStack } from "gridstack";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { TileFrame, type TileFrameProps, type ViewSource } from "@/components/dashboard/TileFrame.tsx";
import { whenIdle } from "@/components/when_idle.ts";
import { whenNear } from "@/components/when_near.ts";
import { movedTogether } from "@/lib/model/align_tiles.ts";
import { phonePlaces } from "@/lib/model/phone_layout.ts";
import { readingOrder } from "@/lib/model/tile_layout.ts";
import type { Placement } from "@/lib/model/mod.ts";
import { ownFilters } from "@/lib/model/kept_filters.ts";
import { isSection } from "@/lib/model/sections.ts";
import type { EditorSession } from "./editor_session.ts";
import { bringInLine, type GridMeasures, MIN_ROWS, samePlace, startGrid } from "./grid_drag.ts";
import { droppedOnPhone, onPhone } from "./phone_actions.ts";
import type { Shown } from "./preview.ts";
import { place, whereWords } from "./tile_actions.ts";

type Place = Placement["place"];

/** What the grid shows. */
export interface EditGridProps {
  session: EditorSession;
  shown: Shown;
  views: ViewSource;
  locale: string;
  /** On a small screen tiles are moved by buttons, and gridstack has no part. */
  narrow: boolean;
}

/** Rows with the gap below them and half of that gap, in pixels: those of the page's own grid. */
const MEASURES: Record<"desktop" | "phone", GridMeasures> = {
  desktop: { columns: 12, cell: 88, halfGap: 8 },
  phone: { columns: 2, cell: 84, halfGap: 6 },
};

/** Where a tile stands, in the very measures that gridstack gives it. */
function standing({ x, y, w, h }: Place, { columns, cell }: GridMeasures) {
  const across = (count: number) => `${count / columns * 100}%`;
  return { left: across(x), top: `${y * cell}px`, width: across(w), height: `${h * cell}px` };
}

/** The grid of an editor: as on a desk, or as on a phone. */
export function EditGrid({ session, shown, views, locale, narrow }: EditGridProps) {
  const root = useRef<HTMLDivElement>(null);
  const grid = useRef<GridStack | null>(null);
  const phone = session.phone.value;
  const measures = phone ? MEASURES.phone : MEASURES.desktop;
  const placements = phone ? onPhone(session) : readingOrder(session.here);
  const places: ReadonlyMap<string, Place> = phone
    ? phonePlaces(placements)
    : new Map(placements.map(({ id, place }) => [id, place]));
  const current = useRef(places);
  current.current = places;
  const selected = session.selected.value;

  // Tiles stand in their places without gridstack: it may come after they are painted.
  useEffect(() => {
    if (narrow) return;
    const stopWaiting = whenIdle(() => {
      const made = startGrid(root.current!, measures, {
        along: (id) => selectedWith(session, id),
        onDrop(id, from, to) {
          const before = session.draft.value;
          (phone ? droppedOnPhone : dropped)(session, id, from, to);
          // Nothing new to draw: the grid is told what it showed before.
          if (session.draft.value === before) bringInLine(made, root.current!, current.current);
        },
      });
      grid.current = made;
      bringInLine(made, root.current!, current.current);
    });
    return () => {
      stopWaiting();
      grid.current?.destroy(false);
      grid.current = null;
    };
  }, [narrow]);
  const focused = document.activeElement;
  useLayoutEffect(() => {
    if (grid.current) bringInLine(grid.current, root.current!, places);
    // Tiles stand in reading order; one that is put elsewhere in the page loses its focus on the way.
    if (focused instanceof HTMLElement && focused !== document.activeElement && root.current!.contains(focused)) {
      focused.focus({ preventScroll: true });
    }
  });

  const choose = (event: MouseEvent, id: string) => {
    const add = event.shiftKey || event.ctrlKey || event.metaKey;
    if (add) session.toggle(id);
    else session.select([id]);
    // On a small screen the form comes up from below: the tile goes where it does not lie under it.
    const tile = event.currentTarget as HTMLElement;
    if (narrow) requestAnimationFrame(() => tile.scrollIntoView({ block: "nearest" }));
  };
  const rows = Math.max(MIN_ROWS, ...[...places.values()].map(({ y, h }) => y + h));
  const kind = `edit-grid${phone ? " edit-grid--phone" : ""}`;
  return (
    <div
      ref={root}
      class={narrow ? `grid ${kind} edit-grid--narrow` : `grid-stack ${kind}`}
      style={narrow ? undefined : { height: `${rows * measures.cell}px` }}
    >
      {placements.map((placement) => {
        const { id, title, widget } = placement;
        const at = places.get(id)!;
        const { x, y, w, h } = at;
        const tile = shown.tiles.get(id);
        const chosen = selected.has(id);
        const band = isSection(placement);
        return (
          <div
            key={id}
            id={`edit-${id}`}
            class={`${narrow ? `${phone ? "pw" : "w"}-${w} h-${h}` : "grid-stack-item"} edit-tile${
              band ? " edit-tile--band" : ""
            }`}
            data-chosen={chosen}
            style={narrow ? undefined : standing(at, measures)}
            gs-id={id}
            gs-x={x}
            gs-y={y}
            gs-w={w}
            gs-h={h}
            gs-no-resize={band ? "true" : undefined}
            role="group"
            tabIndex={0}
            aria-current={chosen ? "true" : undefined}
            aria-label={`${title || widget}, ${band ? `section, row ${y + 1}` : whereWords(at)}`}
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
                      soon={y * MEASURES.desktop.cell < innerHeight}
                      tile={tile}
                      laid={{
                        title,
                        place: phone ? { ...at, w: w === 1 ? 3 : 12 } : placement.place,
                        own: ownFilters(placement),
                      }}
                      titles={shown.titles}
                      range={shown.range}
                      colors={shown.colors}
                      locale={locale}
                      narrow={narrow || phone}
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

/** The other selected tiles, where this one is selected too: they go along with it. */
function selectedWith(session: EditorSession, id: string): string[] {
  if (!session.selected.value.has(id)) return [];
  return session.chosen.map((one) => one.id).filter((other) => other !== id);
}

function dropped(session: EditorSession, id: string, from: Place, to: Record<string, Place>): void {
  const at = to[id];
  if (!at) return;
  const resized = at.w !== from.w || at.h !== from.h;
  const others = resized ? [] : session.chosen.filter((placement) => placement.id !== id);
  if (!session.selected.value.has(id)) session.select([id]);
  else if (others.length > 0) {
    return place(session, movedTogether(session.chosen, { x: at.x - from.x, y: at.y - from.y }));
  }
  // gridstack knows nothing of sections: what it pushed away may have left its own.
  if (session.here.some(isSection)) return place(session, { [id]: at });
  const places = Object.fromEntries(
    session.here.flatMap(({ id, place }) => {
      const now = to[id];
      return now && !samePlace(now, place) ? [[id, now]] : [];
    }),
  );
  if (Object.keys(places).length > 0) session.do({ type: "move", places });
}
