/** One series of a file: what is known, and what is held back to compare with. */
export interface HeldOutSeries {
  id: string;
  train: number[];
  test: number[];
}

const COLUMNS = ["series_id", "split", "t", "value"] as const;

/** Reads `series_id,category,split,t,period,value` (columns by name, in any order); values stand in the order of `t`. */
export function readHeldOutSeries(text: string): HeldOutSeries[] {
  const [head = "", ...lines] = text.split(/\r\n|\r|\n/).filter((line) => line.trim());
  const names = head.split(",").map((name) => name.trim().replaceAll('"', ""));
  const places = COLUMNS.map((name) => names.indexOf(name));
  const missing = COLUMNS.filter((_, i) => places[i] === -1);
  if (missing.length) {
    throw new TypeError(`Cannot read the series: the header "${head.slice(0, 80)}" lacks ${missing.join(", ")}`);
  }
  const rows = new Map<string, { train: [number, number][]; test: [number, number][] }>();
  lines.forEach((line, i) => {
    const cells = line.split(",").map((cell) => cell.trim().replaceAll('"', ""));
    const [id = "", split = "", t = "", value = ""] = places.map((place) => cells[place] ?? "");
    if ((split !== "train" && split !== "test") || value === "" || !Number.isFinite(Number(value)) || t === "") {
      throw new TypeError(`Cannot read the series: line ${i + 2} is "${line}", which lacks a split, a t or a number`);
    }
    const series = rows.get(id) ?? { train: [], test: [] };
    rows.set(id, series);
    series[split].push([Number(t), Number(value)]);
  });
  const inOrder = (points: [number, number][]) => points.toSorted(([a], [b]) => a - b).map(([, value]) => value);
  return [...rows].map(([id, { train, test }]) => ({ id, train: inOrder(train), test: inOrder(test) }));
}
