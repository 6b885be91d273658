/**
 * The server's chart pictures, beside the tiles they belong to. Held apart from the tile's own data so that they stand
 * in the HTML once and are not sent again among an island's props.
 */
const pictures = new WeakMap<object, string>();

/** Remembers the picture of a tile for as long as the tile lives. */
export function keepPicture(tile: object, svg: string): void {
  pictures.set(tile, svg);
}

/** The picture of a tile; undefined in the browser. */
export function pictureOf(tile: object): string | undefined {
  return pictures.get(tile);
}
