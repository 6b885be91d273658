import { generateDemo } from "@/lib/demo/generate_demo.ts";
import type { HeldOutSeries } from "./forecast_series_file.ts";

/** The day that the measured demo ends with: fixed, so that figures can be compared. */
const END = "2026-06-30";
/** With fewer days before those held back there is little to learn. */
const FEWEST = 60;

/** Daily series of the demo's campaigns that run to its end: what each spent, then its clicks and conversions. */
export function demoSeries({ count, horizon }: { count: number; horizon: number }): HeldOutSeries[] {
  const series = new Map<string, Map<string, number>>();
  const days = new Set<string>();
  for (const row of generateDemo({ end: END })) {
    days.add(row.date);
    for (const metric of ["spend", "clicks", "conversions"] as const) {
      const id = `${metric} ${row.campaign_id}`;
      const values = series.get(id) ?? new Map<string, number>();
      series.set(id, values.set(row.date, (values.get(row.date) ?? 0) + row[metric]));
    }
  }
  const running = [...series].filter(([, values]) => values.has(END)).map(([id, values]) => {
    const [first = END] = values.keys();
    const all = [...days].filter((day) => day >= first).map((day) => values.get(day) ?? 0);
    return { id, train: all.slice(0, -horizon), test: all.slice(-horizon) };
  });
  const order = (id: string) => ["spend", "clicks", "conversions"].indexOf(id.split(" ")[0] ?? "");
  return running.filter(({ train }) => train.length >= FEWEST).toSorted((a, b) => order(a.id) - order(b.id))
    .slice(0, count);
}
