/** One crosshair over all time charts of a page: each tells the day under the pointer, the others mark it. */

const EVENT = "tessera:crosshair";

/** Tells every other chart of the page which day is under the pointer; null when none is. */
export function tellCrosshair(from: object, day: string | null): void {
  document.dispatchEvent(new CustomEvent(EVENT, { detail: { from, day } }));
}

/** Calls `mark` with what other charts tell. The answer stops it. */
export function hearCrosshair(own: object, mark: (day: string | null) => void): () => void {
  const listen = (event: Event) => {
    const { from, day } = (event as CustomEvent<{ from: object; day: string | null }>).detail;
    if (from !== own) mark(day);
  };
  document.addEventListener(EVENT, listen);
  return () => document.removeEventListener(EVENT, listen);
}

/** The label that a day belongs to: charts by week and by day share one crosshair. */
export function labelIndex(labels: string[], day: string | null): number {
  if (day === null || labels.length === 0 || day < (labels[0] ?? "")) return -1;
  let found = -1;
  for (const [index, label] of labels.entries()) {
    if (label > day) break;
    found = index;
  }
  return found;
}
