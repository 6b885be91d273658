/** The candidate that a misspelt name most likely meant, or null where none is near enough to be a help. */
export function nearestName(name: string, candidates: Iterable<string>): string | null {
  const wanted = name.toLowerCase().slice(0, 100);
  const allowed = wanted.length < 4 ? 1 : wanted.length < 8 ? 2 : 3;
  let best: { candidate: string; cost: number } | null = null;
  for (const candidate of candidates) {
    const other = candidate.toLowerCase();
    // A part of a name is a better clue than a few equal letters: "value" for "conversion_value".
    const isPart = wanted.length >= 3 && (other.includes(wanted) || (other.length >= 3 && wanted.includes(other)));
    const cost = isPart ? Math.min(1.5, distance(wanted, other)) : distance(wanted, other);
    if (cost <= allowed && (best === null || cost < best.cost)) {
      best = { candidate, cost };
    }
  }
  return best?.candidate ?? null;
}

/** ` (did you mean "x"?)`, or nothing: the end of many error texts. */
export function didYouMean(name: string, candidates: Iterable<string>): string {
  const nearest = nearestName(name, candidates);
  return nearest === null ? "" : `; did you mean "${nearest}"?`;
}

/** Edits between two words; two letters that changed places are one edit. */
function distance(left: string, right: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: right.length + 1 }, (_, i) => i);
  for (let i = 1; i <= left.length; i++) {
    const row = [i];
    for (let j = 1; j <= right.length; j++) {
      const change = left[i - 1] === right[j - 1] ? 0 : 1;
      let cost = Math.min(at(previous, j) + 1, at(row, j - 1) + 1, at(previous, j - 1) + change);
      if (i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1]) {
        cost = Math.min(cost, at(before, j - 2) + 1);
      }
      row.push(cost);
    }
    before = previous;
    previous = row;
  }
  return at(previous, right.length);
}

function at(row: number[], index: number): number {
  return row[index] ?? Infinity;
}
