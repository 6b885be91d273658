/** Coefficients, and the sum of squares that they leave. */
export interface LeastSquares {
  coefficients: number[];
  squares: number;
}

/** Regression by normal equations; a slight ridge keeps columns that depend on one another from blowing up. */
export function leastSquares(rows: readonly number[][], targets: readonly number[], ridge = 1e-6): LeastSquares {
  return solved(normalEquations(rows, targets), { rows, targets, size: rows[0]?.length ?? 0, ridge });
}

/** Regressions on the first column, the first two, and so on up to all of them: the sums behind them are made once. */
export function nestedLeastSquares(
  rows: readonly number[][],
  targets: readonly number[],
  ridge = 1e-6,
): LeastSquares[] {
  const equations = normalEquations(rows, targets);
  return equations.map((_, last) => solved(equations, { rows, targets, size: last + 1, ridge }));
}

/** Products of the columns with each other and, behind them, with the targets. */
function normalEquations(rows: readonly number[][], targets: readonly number[]): Float64Array[] {
  const size = rows[0]?.length ?? 0;
  const equations = Array.from({ length: size }, () => new Float64Array(size + 1));
  rows.forEach((row, i) => {
    for (let a = 0; a < size; a++) {
      const line = equations[a] as Float64Array;
      const value = row[a] as number;
      for (let b = 0; b < size; b++) line[b] = (line[b] as number) + value * (row[b] as number);
      line[size] = (line[size] as number) + value * (targets[i] as number);
    }
  });
  return equations;
}

/** Coefficients of the first `size` columns. */
function solved(
  equations: readonly Float64Array[],
  { rows, targets, size, ridge }: {
    rows: readonly number[][];
    targets: readonly number[];
    size: number;
    ridge: number;
  },
): LeastSquares {
  // By its own size for each column, so that the unit of one does not weigh on another; an empty column gets no share.
  const system = equations.slice(0, size).map((line, i) => {
    const kept = Float64Array.from([...line.subarray(0, size), line[line.length - 1] as number]);
    kept[i] = (kept[i] as number) * (1 + ridge) || 1;
    return kept;
  });
  eliminate(system);
  const coefficients = system.map((line, i) => (line[size] as number) / (line[i] as number));
  let squares = 0;
  rows.forEach((row, i) => {
    let expected = 0;
    for (let a = 0; a < size; a++) expected += (coefficients[a] as number) * (row[a] as number);
    squares += ((targets[i] as number) - expected) ** 2;
  });
  return { coefficients, squares };
}

/** Gauss and Jordan in place. The ridge makes the matrix positive definite, so that no row needs to change places. */
function eliminate(system: Float64Array[]): void {
  const size = system.length;
  for (let a = 0; a < size; a++) {
    const pivot = system[a] as Float64Array;
    for (let r = 0; r < size; r++) {
      if (r === a) continue;
      const line = system[r] as Float64Array;
      const factor = (line[a] as number) / (pivot[a] as number);
      for (let c = a; c <= size; c++) line[c] = (line[c] as number) - factor * (pivot[c] as number);
    }
  }
}
