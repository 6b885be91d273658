/** Where a search for a minimum starts, how far its first steps reach, and within which bounds. */
export interface SearchBox {
  start: readonly number[];
  step: readonly number[];
  low: readonly number[];
  high: readonly number[];
  /** Most evaluations. @default 60 a dimension */
  evaluations?: number;
}

/**
 * Nelder and Mead's simplex search inside a box. Deterministic. Worst values come from `Infinity` or NaN, which count the
 * same: the search moves away from them.
 */
export function minimize(cost: (point: number[]) => number, box: SearchBox): { point: number[]; cost: number } {
  const size = box.start.length;
  let left = box.evaluations ?? 60 * size;
  const at = (point: number[]): Corner => {
    left -= 1;
    const inside = point.map((value, i) => Math.min(box.high[i] ?? value, Math.max(box.low[i] ?? value, value)));
    const value = cost(inside);
    return { point: inside, cost: Number.isNaN(value) ? Infinity : value };
  };
  const corners = [at([...box.start])];
  for (let i = 0; i < size; i++) {
    corners.push(at(box.start.map((value, j) => value + (i === j ? stepOf(box, i) : 0))));
  }
  while (left > 0) {
    corners.sort((a, b) => a.cost - b.cost);
    const [best, worst] = [corners[0] as Corner, corners[size] as Corner];
    if (worst.cost - best.cost <= 1e-9 * Math.abs(best.cost)) break;
    const middle = best.point.map((_, i) =>
      corners.slice(0, size).reduce((sum, { point }) => sum + at0(point, i), 0) / size
    );
    const towards = (factor: number) => at(middle.map((value, i) => value + factor * (at0(worst.point, i) - value)));
    const mirrored = towards(-1);
    const second = corners[size - 1] as Corner;
    if (mirrored.cost < best.cost) {
      const further = towards(-2);
      corners[size] = further.cost < mirrored.cost ? further : mirrored;
    } else if (mirrored.cost < second.cost) {
      corners[size] = mirrored;
    } else {
      const nearer = towards(mirrored.cost < worst.cost ? -0.5 : 0.5);
      if (nearer.cost < Math.min(worst.cost, mirrored.cost)) corners[size] = nearer;
      else {for (let i = 1; i <= size; i++) {
          corners[i] = at(best.point.map((value, j) => (value + at0((corners[i] as Corner).point, j)) / 2));
        }}
    }
  }
  return corners.reduce((best, corner) => corner.cost < best.cost ? corner : best);
}

interface Corner {
  point: number[];
  cost: number;
}

function at0(point: number[], i: number): number {
  return point[i] ?? 0;
}

/** The first step, turned inwards where it would leave the box. */
function stepOf({ start, step, high }: SearchBox, i: number): number {
  const by = step[i] ?? 0;
  return (start[i] ?? 0) + by > (high[i] ?? Infinity) ? -by : by;
}
