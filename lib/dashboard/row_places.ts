import type { Placement } from "@/lib/model/mod.ts";

const COLUMNS = 12;

/** Places of a row's tiles, by their shares of its width: together they take the whole grid, however many there are. */
export function tilesOfRow(shares: number[], y: number, height: number): Placement["place"][] {
  const sum = shares.reduce((all, share) => all + share, 0);
  let before = 0;
  return shares.map((share) => {
    const x = Math.round(before / sum * COLUMNS);
    before += share;
    return { x, y, w: Math.round(before / sum * COLUMNS) - x, h: height };
  });
}
