/** What shows while a tile is dragged: the columns it snaps to, and lines along the edges it shares with other tiles. */
import { guideLines } from "@/lib/model/guide_lines.ts";
import type { Placement } from "@/lib/model/mod.ts";

type Place = Placement["place"];

/** The class of a grid while one of its tiles is on its way. */
const DRAGGING = "edit-grid--dragging";

/** Whether a tile of a grid is on its way. */
export function isDragging(grid: HTMLElement): boolean {
  return grid.classList.contains(DRAGGING);
}

/** The guides over one grid. */
export class DragGuides {
  #grid: HTMLElement;
  #columns: number;
  #cell: number;
  #lines: HTMLElement[] = [];
  #drawn = "";
  /** Lies over all tiles: what is under the pointer is found at once, and no tile lights up on the way. */
  #veil = document.createElement("div");

  constructor(grid: HTMLElement, { columns, cell }: { columns: number; cell: number }) {
    this.#grid = grid;
    this.#columns = columns;
    this.#cell = cell;
    this.#veil.className = "guide-veil";
  }

  /** Shows the grid, and the lines of a tile that stands at a place among others. */
  show(place: Place, others: readonly Place[]): void {
    const lines = guideLines(place, others);
    const drawn = JSON.stringify(lines);
    if (drawn === this.#drawn) return;
    this.#clear();
    this.#drawn = drawn;
    if (!isDragging(this.#grid)) {
      this.#grid.classList.add(DRAGGING);
      this.#grid.append(this.#veil);
    }
    this.#lines = lines.map(({ axis, at, from, to }) => {
      const line = document.createElement("div");
      line.className = `guide guide--${axis}`;
      const across = (column: number) => `${(column / this.#columns) * 100}%`;
      const down = (row: number) => `${row * this.#cell}px`;
      const [left, top, size] = axis === "x" ? [at, from, down(to - from)] : [from, at, across(to - from)];
      line.style.left = across(left);
      line.style.top = down(top);
      line.style[axis === "x" ? "height" : "width"] = size;
      this.#grid.append(line);
      return line;
    });
  }

  /** Takes them away. */
  hide(): void {
    this.#clear();
    this.#veil.remove();
    this.#grid.classList.remove(DRAGGING);
  }

  #clear(): void {
    for (const line of this.#lines) line.remove();
    this.#lines = [];
    this.#drawn = "";
  }
}
