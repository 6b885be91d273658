/** Dragging and resizing on the grid of an editor: gridstack turns a pointer into places, and nothing more. */
import { GridStack, type GridStackNode } from "gridstack";
import type { Placement } from "@/lib/model/mod.ts";
import { DragGuides, isDragging } from "./drag_guides.ts";

type Place = Placement["place"];

/** A tile as gridstack has it in the page. */
type TileElement = HTMLElement & { gridstackNode?: GridStackNode };

/** How many rows a grid has at least: an empty one can be dropped into. */
export const MIN_ROWS = 4;

/** A grid's measures: columns, and pixels of a row with its gap and of half that gap. */
export interface GridMeasures {
  columns: number;
  cell: number;
  halfGap: number;
}

/** Whom a grid tells. */
export interface GridEvents {
  /** The tiles that go where this one goes, by id: the others that are selected, if it is. */
  along(id: string): string[];
  /** A tile was put down: where it stood, and where everything that gridstack knows stands now. */
  onDrop(id: string, from: Place, to: Record<string, Place>): void;
}

/** Starts gridstack over the tiles that stand in the page. */
export function startGrid(element: HTMLElement, measures: GridMeasures, events: GridEvents): GridStack {
  const grid = GridStack.init({
    column: measures.columns,
    cellHeight: measures.cell,
    margin: measures.halfGap,
    mode: "float",
    animate: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    minRow: MIN_ROWS,
    alwaysShowResizeHandle: true,
    draggable: { handle: ".grid-stack-item-content" },
    resizable: { handles: "e,se,s,sw,w,ne,nw" },
  }, element)!; // null only where there is no element
  const guides = new DragGuides(element, measures);
  let dragged: { id: string; from: Place; at: Place; company: Company } | null = null;

  const start = (event: Event, tile: TileElement) => {
    const node = tile.gridstackNode;
    if (!node) return;
    const id = String(node.id);
    // Tiles that come along are no obstacles on the way: the grid forgets them until they are put down.
    const company = new Company(grid, tile, event.type === "dragstart" ? events.along(id) : []);
    dragged = { id, from: placeOf(node), at: placeOf(node), company };
    guides.show(placeOf(node), placesBut(grid, id));
  };
  const move = (_event: Event, tile: TileElement) => {
    const node = tile.gridstackNode;
    if (!dragged || !node) return;
    dragged.company.follow();
    const at = placeOf(node);
    if (samePlace(at, dragged.at)) return; // nothing was pushed away then
    dragged.at = at;
    guides.show(at, placesBut(grid, dragged.id));
  };
  // The event comes before gridstack has settled what it pushed away; a turn later every tile has its place.
  const stop = () => {
    guides.hide();
    queueMicrotask(() => {
      if (!dragged) return;
      const { id, from, company } = dragged;
      dragged = null;
      company.arrive();
      events.onDrop(id, from, Object.fromEntries(grid.engine.nodes.map((node) => [String(node.id), placeOf(node)])));
    });
  };
  grid.on("dragstart", start);
  grid.on("resizestart", start);
  grid.on("drag", move);
  grid.on("resize", move);
  grid.on("dragstop", stop);
  grid.on("resizestop", stop);
  return grid;
}

/**
 * Makes gridstack's tiles those of the draft. Its own pushing may move others meanwhile, so it is done until it holds.
 * While a tile is dragged it waits for the drop: what is under the pointer does not jump away.
 */
export function bringInLine(grid: GridStack, element: HTMLElement, wanted: ReadonlyMap<string, Place>): void {
  if (isDragging(element)) return;
  for (const node of [...grid.engine.nodes]) {
    if (!wanted.has(String(node.id)) && node.el) grid.removeWidget(node.el, false, false);
  }
  for (let pass = 0; pass < 8; pass++) {
    let moved = false;
    for (const tile of element.querySelectorAll<TileElement>(".grid-stack-item")) {
      const place = wanted.get(tile.getAttribute("gs-id") ?? "");
      if (!place) continue;
      if (!tile.gridstackNode) {
        const noResize = tile.hasAttribute("gs-no-resize");
        grid.makeWidget(tile, { id: tile.getAttribute("gs-id")!, noResize, ...place });
      } else if (!samePlace(placeOf(tile.gridstackNode), place)) {
        grid.update(tile, { ...place });
        moved = true;
      }
    }
    if (!moved) return;
  }
}

/** Whether two places are the same. */
export function samePlace(a: Place, b: Place): boolean {
  return a.x === b.x && a.y === b.y && a.w === b.w && a.h === b.h;
}

/** Tiles that go along with one that is dragged: they keep their distance to it. */
class Company {
  #leader: HTMLElement;
  #start: DOMRect;
  #tiles: HTMLElement[];

  constructor(grid: GridStack, leader: HTMLElement, ids: string[]) {
    this.#leader = leader;
    this.#start = leader.getBoundingClientRect();
    this.#tiles = grid.engine.nodes.flatMap(({ id, el }) => el && ids.includes(String(id)) ? [el] : []);
    for (const tile of this.#tiles) {
      grid.removeWidget(tile, false, false);
      tile.classList.add("edit-tile--along");
    }
  }

  follow(): void {
    if (this.#tiles.length === 0) return;
    const { left, top } = this.#leader.getBoundingClientRect();
    const by = `translate(${left - this.#start.left}px, ${top - this.#start.top}px)`;
    for (const tile of this.#tiles) tile.style.transform = by;
  }

  arrive(): void {
    for (const tile of this.#tiles) {
      tile.style.transform = "";
      tile.classList.remove("edit-tile--along");
    }
  }
}

function placesBut(grid: GridStack, id: string): Place[] {
  return grid.engine.nodes.filter((node) => String(node.id) !== id).map(placeOf);
}

function placeOf({ x = 0, y = 0, w = 1, h = 1 }: GridStackNode): Place {
  return { x, y, w, h };
}
