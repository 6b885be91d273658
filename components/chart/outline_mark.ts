/** An outline around one mark of a chart: where the keyboard stands. */
import type { Element } from "chart.js";

/** What bars, points and arcs say of where they are. */
interface Shape {
  x: number;
  y: number;
  base?: number;
  width?: number;
  height?: number;
  horizontal?: boolean;
  innerRadius?: number;
  outerRadius?: number;
  startAngle?: number;
  endAngle?: number;
}

const FIELDS = [
  "x",
  "y",
  "base",
  "width",
  "height",
  "horizontal",
  "innerRadius",
  "outerRadius",
  "startAngle",
  "endAngle",
];

/** Draws the outline of a bar, a point or an arc. */
export function outlineMark(ctx: CanvasRenderingContext2D, element: Element, color: string): void {
  const shape = element.getProps(FIELDS as never[], true) as unknown as Shape;
  ctx.save();
  ctx.strokeStyle = color;
  ctx.lineWidth = 2;
  ctx.beginPath();
  trace(ctx, shape);
  ctx.stroke();
  ctx.restore();
}

function trace(ctx: CanvasRenderingContext2D, shape: Shape): void {
  const { x, y, base, width = 0, height = 0, horizontal, innerRadius = 0, outerRadius, startAngle = 0, endAngle = 0 } =
    shape;
  if (outerRadius !== undefined) {
    ctx.arc(x, y, outerRadius, startAngle, endAngle);
    ctx.arc(x, y, innerRadius, endAngle, startAngle, true);
    ctx.closePath();
  } else if (base === undefined) ctx.arc(x, y, 6, 0, 2 * Math.PI);
  else if (horizontal) ctx.roundRect(Math.min(x, base), y - height / 2, Math.abs(base - x), height, 3);
  else ctx.roundRect(x - width / 2, Math.min(y, base), width, Math.abs(base - y), 3);
}
