/** The parts of ml-knn that are used; the package has no types. */
export default class KNN {
  constructor(points: number[][], labels: number[], options?: { k?: number });
  /** The class that most of the nearest points have. */
  predict(point: number[]): number;
  predict(points: number[][]): number[];
  readonly kdTree: {
    /** The nearest points, each with its label behind its numbers, and their distances; in no order. */
    nearest(point: number[], count: number): [point: number[], distance: number][];
  };
}
