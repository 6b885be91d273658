/**
 * A 2D context that writes SVG. chart.js draws on it as on any canvas; texts are measured by a real canvas with the
 * page's own font. Skia's own SVG canvas writes ten times as much: each corner as fourteen curves, each letter's place.
 */
import { Matrix, type Point } from "./matrix.ts";

/** Measures texts as the page will draw them. */
export interface TextMeasure {
  (text: string, font: string): TextMetrics;
}

interface State {
  matrix: Matrix;
  fillStyle: string;
  strokeStyle: string;
  lineWidth: number;
  lineCap: CanvasLineCap;
  lineJoin: CanvasLineJoin;
  miterLimit: number;
  lineDash: number[];
  lineDashOffset: number;
  globalAlpha: number;
  font: string;
  textAlign: CanvasTextAlign;
  textBaseline: CanvasTextBaseline;
  /** Id of the clip path in force, 0 for none. */
  clip: number;
}

const START: State = {
  matrix: new Matrix(),
  fillStyle: "#000000",
  strokeStyle: "#000000",
  lineWidth: 1,
  lineCap: "butt",
  lineJoin: "miter",
  miterLimit: 10,
  lineDash: [],
  lineDashOffset: 0,
  globalAlpha: 1,
  font: "10px sans-serif",
  textAlign: "start",
  textBaseline: "alphabetic",
  clip: 0,
};

/** Turns a canvas colour into SVG attributes: `fill` or `stroke`, and its opacity. */
export type Paint = (role: "fill" | "stroke", color: string, alpha: number) => string;

/** The part of CanvasRenderingContext2D that chart.js uses, writing SVG elements. */
export class SvgContext {
  #state: State = { ...START };
  readonly #stack: State[] = [];
  #path = "";
  /** Where the pen is, and where the shape began. */
  #at: Point = [0, 0];
  #start: Point = [0, 0];
  readonly #out: string[] = [];
  readonly #clips = new Map<string, number>();
  #run: { attributes: string; paths: string[] } | null = null;

  constructor(
    readonly canvas: unknown,
    private readonly measure: TextMeasure,
    private readonly paint: Paint,
    private readonly idPrefix: string,
  ) {}

  /** The elements drawn so far. */
  elements(): string {
    this.#flush();
    const drawn = this.#out.join("");
    const clips = [...this.#clips].filter(([, id]) => drawn.includes(`url(#${this.idPrefix}${id})`)).map(([path, id]) =>
      `<clipPath id="${this.idPrefix}${id}"><path d="${path}"/></clipPath>`
    );
    return (clips.length ? `<defs>${clips.join("")}</defs>` : "") + drawn;
  }

  save(): void {
    this.#stack.push({ ...this.#state });
  }
  restore(): void {
    this.#state = this.#stack.pop() ?? this.#state;
  }
  translate(x: number, y: number): void {
    this.#state.matrix = this.#state.matrix.translate(x, y);
  }
  rotate(angle: number): void {
    this.#state.matrix = this.#state.matrix.rotate(angle);
  }
  scale(x: number, y: number): void {
    this.#state.matrix = this.#state.matrix.scale(x, y);
  }
  setTransform(a: number, b: number, c: number, d: number, e: number, f: number): void {
    this.#state.matrix = new Matrix(a, b, c, d, e, f);
  }
  resetTransform(): void {
    this.#state.matrix = new Matrix();
  }

  beginPath(): void {
    this.#path = "";
  }
  // As on a canvas, a point that is no point is left out.
  moveTo(x: number, y: number): void {
    if (!Number.isFinite(x + y)) return;
    this.#at = tenths(this.#state.matrix.apply(x, y));
    this.#start = this.#at;
    this.#path += `M${numbers(this.#at)}`;
  }
  lineTo(x: number, y: number): void {
    if (!Number.isFinite(x + y)) return;
    if (!this.#path) return this.moveTo(x, y);
    const to = tenths(this.#state.matrix.apply(x, y));
    // Steps from where the pen is are shorter than places, and exact: both ends are whole tenths.
    const [dx, dy] = [short(to[0] - this.#at[0]), short(to[1] - this.#at[1])];
    if (dx === "0" && dy === "0") return; // no move at this precision
    if (dx === "0") this.#path += `v${dy}`;
    else if (dy === "0") this.#path += `h${dx}`;
    else this.#path += `l${dx}${dy.startsWith("-") ? "" : " "}${dy}`;
    this.#at = to;
  }
  bezierCurveTo(ax: number, ay: number, bx: number, by: number, x: number, y: number): void {
    if (!Number.isFinite(ax + ay + bx + by + x + y)) return;
    const { matrix } = this.#state;
    this.#at = tenths(matrix.apply(x, y));
    this.#path += `C${numbers(matrix.apply(ax, ay))} ${numbers(matrix.apply(bx, by))} ${numbers(this.#at)}`;
  }
  quadraticCurveTo(ax: number, ay: number, x: number, y: number): void {
    if (!Number.isFinite(ax + ay + x + y)) return;
    const { matrix } = this.#state;
    this.#at = tenths(matrix.apply(x, y));
    this.#path += `Q${numbers(matrix.apply(ax, ay))} ${numbers(this.#at)}`;
  }
  arc(x: number, y: number, radius: number, start: number, end: number, counter = false): void {
    if (!Number.isFinite(x + y + radius + start + end)) return;
    const turn = sweep(start, end, counter);
    const on = (angle: number): Point => [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
    const from = on(start);
    if (this.#path) this.lineTo(...from);
    else this.moveTo(...from);
    if (radius <= 0) return;
    // A whole turn ends where it began, which SVG takes for nothing: two halves say it.
    const halves = Math.abs(turn) > Math.PI * 1.5 ? 2 : 1;
    const size = short(radius * this.#state.matrix.size());
    for (let half = 1; half <= halves; half++) {
      const angle = turn / halves;
      const to = tenths(this.#state.matrix.apply(...on(start + angle * half)));
      const flags = `${Math.abs(angle) > Math.PI ? 1 : 0} ${angle > 0 ? 1 : 0}`;
      this.#path += `a${size} ${size} 0 ${flags} ${numbers([to[0] - this.#at[0], to[1] - this.#at[1]])}`;
      this.#at = to;
    }
  }
  rect(x: number, y: number, width: number, height: number): void {
    this.moveTo(x, y);
    this.lineTo(x + width, y);
    this.lineTo(x + width, y + height);
    this.lineTo(x, y + height);
    this.closePath();
  }
  closePath(): void {
    if (!this.#path || this.#path.endsWith("Z")) return;
    this.#path += "Z";
    this.#at = this.#start;
  }

  fill(rule?: CanvasFillRule): void {
    if (!this.#path) return;
    const attributes = this.paint("fill", this.#state.fillStyle, this.#state.globalAlpha);
    if (attributes) this.#draw(attributes + (rule === "evenodd" ? ' fill-rule="evenodd"' : ""), this.#path);
  }
  stroke(): void {
    const state = this.#state;
    const width = short(state.lineWidth * state.matrix.size());
    const color = this.paint("stroke", state.strokeStyle, state.globalAlpha);
    if (!this.#path || !color || !state.lineWidth) return;
    let attributes = `fill="none"${color}`;
    if (width !== "1") attributes += ` stroke-width="${width}"`;
    if (state.lineDash.length) attributes += ` stroke-dasharray="${state.lineDash.map(short).join(" ")}"`;
    if (state.lineCap !== "butt") attributes += ` stroke-linecap="${state.lineCap}"`;
    if (state.lineJoin !== "miter") attributes += ` stroke-linejoin="${state.lineJoin}"`;
    this.#draw(` ${attributes}`, this.#path);
  }
  clip(): void {
    const id = this.#clips.get(this.#path) ?? this.#clips.size + 1;
    this.#clips.set(this.#path, id);
    this.#state.clip = id;
  }
  fillRect(x: number, y: number, width: number, height: number): void {
    this.beginPath();
    this.rect(x, y, width, height);
    this.fill();
  }
  strokeRect(x: number, y: number, width: number, height: number): void {
    this.beginPath();
    this.rect(x, y, width, height);
    this.stroke();
  }
  clearRect(): void {
    // chart.js clears before it draws; a picture is drawn once and starts empty.
  }

  fillText(text: string, x: number, y: number): void {
    const state = this.#state;
    const { size, weight } = fontParts(state.font);
    const metrics = this.measure("x", state.font);
    const raise = baseline(state.textBaseline, metrics);
    const angle = state.matrix.angle();
    const [px, py] = state.matrix.apply(x, y + raise);
    const anchor = { center: "middle", right: "end", end: "end", left: "start", start: "start" }[state.textAlign];
    let attributes = `x="${short(px)}" y="${short(py)}"${this.paint("fill", state.fillStyle, state.globalAlpha)}`;
    if (anchor !== "start") attributes += ` text-anchor="${anchor}"`;
    if (size !== 12) attributes += ` font-size="${size}"`;
    if (weight !== "400") attributes += ` font-weight="${weight}"`;
    if (angle) attributes += ` transform="rotate(${short(angle * 180 / Math.PI)} ${numbers([px, py])})"`;
    this.#flush();
    this.#out.push(`<text ${attributes}>${escapeText(text)}</text>`);
  }
  measureText(text: string): TextMetrics {
    return this.measure(text, this.#state.font);
  }

  setLineDash(dash: number[]): void {
    this.#state.lineDash = [...dash];
  }
  getLineDash(): number[] {
    return [...this.#state.lineDash];
  }

  // Shapes that look alike and follow one another are one element: fifty bars of a series are one path.
  #draw(attributes: string, path: string): void {
    const all = attributes + (this.#state.clip ? ` clip-path="url(#${this.idPrefix}${this.#state.clip})"` : "");
    // Overlapping pale shapes would merge into one tone: only opaque ones and fills are joined.
    if (this.#run?.attributes === all && !all.includes("stroke-opacity")) this.#run.paths.push(path);
    else {
      this.#flush();
      this.#run = { attributes: all, paths: [path] };
    }
  }
  #flush(): void {
    if (this.#run) this.#out.push(`<path${this.#run.attributes} d="${this.#run.paths.join("")}"/>`);
    this.#run = null;
  }

  get fillStyle(): string {
    return this.#state.fillStyle;
  }
  set fillStyle(value: string) {
    this.#state.fillStyle = String(value);
  }
  get strokeStyle(): string {
    return this.#state.strokeStyle;
  }
  set strokeStyle(value: string) {
    this.#state.strokeStyle = String(value);
  }
  get lineWidth(): number {
    return this.#state.lineWidth;
  }
  set lineWidth(value: number) {
    this.#state.lineWidth = value;
  }
  get lineCap(): CanvasLineCap {
    return this.#state.lineCap;
  }
  set lineCap(value: CanvasLineCap) {
    this.#state.lineCap = value;
  }
  get lineJoin(): CanvasLineJoin {
    return this.#state.lineJoin;
  }
  set lineJoin(value: CanvasLineJoin) {
    this.#state.lineJoin = value;
  }
  get lineDashOffset(): number {
    return this.#state.lineDashOffset;
  }
  set lineDashOffset(value: number) {
    this.#state.lineDashOffset = value;
  }
  get globalAlpha(): number {
    return this.#state.globalAlpha;
  }
  set globalAlpha(value: number) {
    this.#state.globalAlpha = value;
  }
  get font(): string {
    return this.#state.font;
  }
  set font(value: string) {
    this.#state.font = value;
  }
  get textAlign(): CanvasTextAlign {
    return this.#state.textAlign;
  }
  set textAlign(value: CanvasTextAlign) {
    this.#state.textAlign = value;
  }
  get textBaseline(): CanvasTextBaseline {
    return this.#state.textBaseline;
  }
  set textBaseline(value: CanvasTextBaseline) {
    this.#state.textBaseline = value;
  }
}

/** A number with at most one decimal: a tenth of a pixel is less than anyone sees. */
export function short(value: number): string {
  const rounded = Math.round(value * 10) / 10;
  return String(rounded === 0 ? 0 : rounded);
}

/** Text that can stand between tags. */
export function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function tenths([x, y]: Point): Point {
  return [Math.round(x * 10) / 10, Math.round(y * 10) / 10];
}

function numbers([x, y]: Point): string {
  return `${short(x)} ${short(y)}`;
}

function sweep(start: number, end: number, counter: boolean): number {
  const whole = Math.PI * 2;
  const turn = end - start;
  if (Math.abs(turn) >= whole) return counter ? -whole : whole;
  if (counter) return turn > 0 ? turn - whole : turn;
  return turn < 0 ? turn + whole : turn;
}

function fontParts(font: string): { size: number; weight: string } {
  const [, before = "", size = "10"] = font.match(/^(.*?)([\d.]+)px/) ?? [];
  return { size: Number(size), weight: before.match(/\b[1-9]00\b/)?.[0] ?? (/bold/.test(before) ? "700" : "400") };
}

/** How far below the given point the letters' own line lies. */
function baseline(kind: CanvasTextBaseline, metrics: TextMetrics): number {
  const { fontBoundingBoxAscent: ascent, fontBoundingBoxDescent: descent } = metrics;
  if (kind === "top" || kind === "hanging") return ascent;
  if (kind === "middle") return (ascent - descent) / 2;
  return kind === "bottom" || kind === "ideographic" ? -descent : 0;
}
