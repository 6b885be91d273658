/** What the server drew, beside the tiles it belongs to; empty in the browser. */
const drawn = new WeakMap<object, string>();

/** Remembers a tile's HTML for as long as the tile lives. */
export function keepDrawn(tile: object, html: string): void {
  drawn.set(tile, html);
}

/** A tile's HTML; undefined in the browser, and where it could not be drawn. */
export function drawnOf(tile: object): string | undefined {
  return drawn.get(tile);
}
