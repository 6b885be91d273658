import type { Placement } from "./dashboard.ts";

type Place = Placement["place"];

/** A line along which edges of tiles stand: a column's (`x`) or a row's (`y`), and how far it reaches. */
export interface GuideLine {
  axis: "x" | "y";
  at: number;
  from: number;
  to: number;
}

/** The edges that a tile has in common with others: one line for each, as long as what stands along it. Pure. */
export function guideLines(place: Place, others: readonly Place[]): GuideLine[] {
  return [
    ...linesAlong(place, others, { axis: "x", start: "x", size: "w", across: "y", length: "h" }),
    ...linesAlong(place, others, { axis: "y", start: "y", size: "h", across: "x", length: "w" }),
  ];
}

interface Axis {
  axis: "x" | "y";
  start: "x" | "y";
  size: "w" | "h";
  across: "x" | "y";
  length: "w" | "h";
}

function linesAlong(place: Place, others: readonly Place[], { axis, start, size, across, length }: Axis): GuideLine[] {
  return [place[start], place[start] + place[size]].flatMap((at) => {
    const along = others.filter((other) => other[start] === at || other[start] + other[size] === at);
    if (along.length === 0) return [];
    const ends = [place, ...along];
    return [{
      axis,
      at,
      from: Math.min(...ends.map((one) => one[across])),
      to: Math.max(...ends.map((one) => one[across] + one[length])),
    }];
  });
}
