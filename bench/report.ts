/** What a benchmark comes to, and how it is shown. */

/** One measured figure. */
export interface Figure {
  area: string;
  name: string;
  value: number;
  unit: "ratio" | "ms" | "rows/s" | "requests/s" | "frames/s" | "requests" | "tiles" | "kB" | "MB";
  /** The value to reach, and the one that must be reached; absent for figures that only explain others. */
  goal?: number;
  pass?: number;
  /** Which direction is better. */
  better?: "more" | "less";
  note?: string;
}

/** Whether a figure reaches its pass mark; null where it has none. */
export function passes({ value, pass, better }: Figure): boolean | null {
  if (pass === undefined) return null;
  return better === "less" ? value <= pass : value >= pass;
}

/** The figures as a table in plain text. */
export function tableOf(figures: Figure[]): string {
  const header = ["area", "figure", "value", "goal", "pass mark", "", "note"];
  const lines = figures.map((figure) => {
    const mark = (value?: number) =>
      value === undefined ? "" : `${figure.better === "less" ? "≤" : "≥"} ${show(value)}`;
    const passed = passes(figure);
    return [
      figure.area,
      figure.name,
      `${show(figure.value)}${figure.unit === "ratio" ? "" : ` ${figure.unit}`}`,
      mark(figure.goal),
      mark(figure.pass),
      passed === null ? "" : passed ? "passes" : "FAILS",
      figure.note ?? "",
    ];
  });
  const widths = header.map((_, i) => Math.max(...[header, ...lines].map((line) => (line[i] ?? "").length)));
  return [header, ...lines].map((line) => line.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join("  ").trimEnd()).join(
    "\n",
  );
}

function show(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString("en-US");
  return String(Number(value.toPrecision(3)));
}
