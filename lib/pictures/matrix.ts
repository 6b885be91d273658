/** A point as x and y. */
export type Point = [number, number];

/** An affine transform, as canvases keep one; each step answers a new matrix. */
export class Matrix {
  constructor(
    private readonly a = 1,
    private readonly b = 0,
    private readonly c = 0,
    private readonly d = 1,
    private readonly e = 0,
    private readonly f = 0,
  ) {}

  /** Where a point goes. */
  apply(x: number, y: number): Point {
    return [this.a * x + this.c * y + this.e, this.b * x + this.d * y + this.f];
  }
  /** Moved by x and y. */
  translate(x: number, y: number): Matrix {
    const [e, f] = this.apply(x, y);
    return new Matrix(this.a, this.b, this.c, this.d, e, f);
  }
  /** Turned by an angle in radians. */
  rotate(angle: number): Matrix {
    const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
    const { a, b, c, d } = this;
    return new Matrix(a * cos + c * sin, b * cos + d * sin, c * cos - a * sin, d * cos - b * sin, this.e, this.f);
  }
  /** Stretched. */
  scale(x: number, y: number): Matrix {
    return new Matrix(this.a * x, this.b * x, this.c * y, this.d * y, this.e, this.f);
  }
  /** How much a length grows. */
  size(): number {
    return Math.hypot(this.a, this.b);
  }
  /** The angle of the x axis. */
  angle(): number {
    return Math.atan2(this.b, this.a);
  }
}
