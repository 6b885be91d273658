import type { Placement } from "@/lib/model/mod.ts";
import { SECTION } from "@/lib/model/tile_layout.ts";

const COLUMN = 20;
const ROW = 15;
const GAP = 3;

/** The rows that a card has room for. */
const CARD_ROWS = 7;

/** What a drawing of a dashboard shows. */
export interface BoardPictureProps {
  /** The tiles of one tab. */
  placements: Placement[];
  /** Rows to draw, whether there is something on them or not; without them the top of the grid, as a card has room for. */
  rows?: number;
  /** Tiles that stand out, each with the name of how: `added`, `removed`, `changed`, `moved`. */
  marks?: ReadonlyMap<string, string>;
}

/** The grid, tile by tile, each with the shape of what it shows. */
export function BoardPicture({ placements, rows, marks }: BoardPictureProps) {
  const shown = rows ?? CARD_ROWS;
  return (
    <svg
      class={rows === undefined ? "board__picture" : "board__picture board__picture--whole"}
      viewBox={`-4 -4 ${12 * COLUMN + 8} ${rows === undefined ? 108 : rows * ROW + 8 - GAP}`}
      preserveAspectRatio="xMidYMin slice"
      aria-hidden="true"
    >
      {placements.filter(({ place }) => place.y < shown + 1).map(({ id, widget, place }) => {
        const x = place.x * COLUMN;
        const y = place.y * ROW;
        const width = place.w * COLUMN - GAP;
        const height = place.h * ROW - GAP;
        const mark = marks?.get(id);
        if (widget === SECTION) {
          return (
            <g key={id} class={mark && `board__mark--${mark}`} transform={`translate(${x} ${y})`}>
              <rect class="board__ink" y={height - 4} width="34" height="2.5" rx="1" />
              <rect class="board__ink" y={height} width={width} height="0.75" />
            </g>
          );
        }
        return (
          <g key={id} class={mark && `board__mark--${mark}`} transform={`translate(${x} ${y})`}>
            <rect class="board__tile" width={width} height={height} rx="3" />
            <Inside widget={widget} width={width} height={height} />
          </g>
        );
      })}
    </svg>
  );
}

function Inside({ widget, width, height }: { widget: string; width: number; height: number }) {
  const inner = { x: 5, w: width - 10, top: 9, h: height - 14 };
  const title = <rect class="board__ink" x={inner.x} y="4" width={Math.min(24, inner.w * 0.5)} height="2" rx="1" />;
  if (inner.h < 5) return title;
  if (/bar|combo/.test(widget)) {
    return (
      <g>
        {title}
        <Bars {...inner} line={widget === "combo"} />
      </g>
    );
  }
  if (/line|area|kpi/.test(widget)) {
    return (
      <g>
        {title}
        <Line {...inner} />
      </g>
    );
  }
  if (/donut/.test(widget)) {
    const r = Math.min(inner.w, inner.h) / 2 - 2;
    return (
      <g>
        {title}
        <circle class="board__line" cx={width / 2} cy={inner.top + inner.h / 2} r={Math.max(2, r)} />
      </g>
    );
  }
  const rows = Math.floor(inner.h / 6);
  return (
    <g>
      {title}
      {Array.from({ length: rows }, (_, i) => (
        <rect
          key={i}
          class="board__ink"
          x={inner.x}
          y={inner.top + 2 + i * 6}
          width={inner.w * (1 - i / (rows + 2))}
          height="1.5"
          rx="0.75"
        />
      ))}
    </g>
  );
}

interface Inner {
  x: number;
  w: number;
  top: number;
  h: number;
}

function Bars({ x, w, top, h, line }: Inner & { line: boolean }) {
  const bars = Math.max(3, Math.floor(w / 8));
  const step = w / bars;
  return (
    <g>
      {Array.from({ length: bars }, (_, i) => {
        const height = h * wave(i, bars);
        return (
          <rect
            key={i}
            class="board__bar--2"
            x={x + i * step}
            y={top + h - height}
            width={step * 0.7}
            height={height}
            rx="1"
          />
        );
      })}
      {line && <Line x={x} w={w} top={top} h={h * 0.6} />}
    </g>
  );
}

function Line({ x, w, top, h }: Inner) {
  const points = Array.from({ length: 12 }, (_, i) => `${x + (w * i) / 11},${top + h * (1 - wave(i, 12) * 0.8)}`);
  return <polyline class="board__line" points={points.join(" ")} />;
}

/** A curve that looks like data and is the same every time. */
function wave(i: number, n: number): number {
  return 0.55 + 0.25 * Math.sin(i * 1.7) * Math.cos(i * 0.6) + (0.2 * i) / n;
}
