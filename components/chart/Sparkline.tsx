/** A course without axes, as one small path: a KPI needs no chart library. */

/** Size of the drawing's own grid; the page stretches it. */
const [WIDTH, HEIGHT] = [200, 40];
/** More points than this are less than two pixels apart. */
const POINTS = 90;

/** Draws values from left to right; pale from the value on that may still change (`paleFrom`, an index). */
export function Sparkline({ values, paleFrom }: { values: (number | null)[]; paleFrom?: number }) {
  const { line, area, tail } = sparkPaths(values, paleFrom);
  if (!line && !tail) return null;
  return (
    <svg class="sparkline" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      {area && <path class="sparkline__area" d={area} />}
      {line && <path class="sparkline__line" d={line} />}
      {tail && <path class="sparkline__line sparkline__line--pale" d={tail} />}
    </svg>
  );
}

/** The paths of a sparkline: line, area below it, and the steps to values that may still change. */
export function sparkPaths(
  values: (number | null)[],
  paleFrom = values.length,
): { line: string; area: string; tail: string } {
  const points = thinned(values);
  const pale = Math.floor(paleFrom / together(values));
  const known = points.filter((value) => value !== null);
  if (known.length < 2) return { line: "", area: "", tail: "" };
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const at = (value: number, index: number): [number, number] => [
    tenth(index / (points.length - 1) * WIDTH),
    // An unchanging value runs through the middle.
    tenth(high > low ? 3 + (1 - (value - low) / (high - low)) * (HEIGHT - 8) : HEIGHT / 2),
  ];
  const [runs, pales]: [number, number][][][] = [[[]], [[]]];
  for (const [index, value] of points.entries()) {
    if (value === null) {
      runs!.push([]);
      pales!.push([]);
      continue;
    }
    if (index < pale) runs!.at(-1)?.push(at(value, index));
    // A pale step begins at the last value that stays.
    if (index >= pale - 1) pales!.at(-1)?.push(at(value, index));
  }
  const drawn = runs!.filter((run) => run.length > 1);
  const path = (run: [number, number][]) =>
    run.map((point, index) => `${index ? "L" : "M"}${point.join(" ")}`).join("");
  return {
    line: drawn.map(path).join(""),
    area: drawn.map((run) => `${path(run)}L${run.at(-1)?.[0]} ${HEIGHT}L${run[0]?.[0]} ${HEIGHT}Z`).join(""),
    tail: pales!.filter((run) => run.length > 1).map(path).join(""),
  };
}

/** How many values one point stands for. */
function together(values: unknown[]): number {
  return Math.max(1, Math.ceil(values.length / POINTS));
}

/** At most `POINTS` values: means of neighbours. */
function thinned(values: (number | null)[]): (number | null)[] {
  const size = together(values);
  if (size === 1) return values;
  const means: (number | null)[] = [];
  for (let start = 0; start < values.length; start += size) {
    const known = values.slice(start, start + size).filter((value) => value !== null);
    means.push(known.length ? known.reduce((sum, value) => sum + value, 0) / known.length : null);
  }
  return means;
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
