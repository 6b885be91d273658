/** Import, end to end, against DuckDB reading the same file into a table. */
import { join } from "node:path";
import { bareRead, writeAdsFile } from "./ads_file.ts";
import { inTurns, median, stopwatch, timed } from "./measure.ts";
import type { Figure } from "./report.ts";
import { benchConfig, freshFolder, importFile, openBench, withScratch } from "./scratch.ts";

/** What each step's figure is called, and the calls whose time it adds up. */
const STEPS: Record<string, string[]> = {
  "keep and hash": ["files.keep"],
  "recognise": [
    "files.head",
    "files.stage",
    "staging.head",
    "staging.profile",
    "staging.countDistinct",
    "staging.countUnequal",
  ],
  "stage as text": ["staging.read"],
  "clean and check": ["staging.clean", "staging.discard"],
  "publish": ["warehouse.stage", "warehouse.preview", "warehouse.together"],
};

/** Measures importing a file of `rows` rows. */
export async function benchImport(rows: number, rounds: number): Promise<Figure[]> {
  return await withScratch(async (scratch) => {
    const csv = join(scratch, "ads.csv");
    await writeAdsFile({ path: csv, rows });
    const steps = new Map<string, number[]>();
    const { a, b } = await inTurns(
      rounds,
      () => bareRead(csv, join(scratch, "bare.duckdb"), benchConfig(scratch)),
      () => oneImport(scratch, csv, steps),
    );
    const area = "import";
    return [
      { area, name: "bare read_csv", value: rows / a * 1_000, unit: "rows/s", note: `${Math.round(a)} ms` },
      { area, name: "end to end", value: rows / b * 1_000, unit: "rows/s", note: `${Math.round(b)} ms` },
      { area, name: "end to end / bare", value: a / b, unit: "ratio", goal: 0.5, pass: 0.35, better: "more" },
      ...[...steps].map(([name, times]): Figure => ({ area, name: `  ${name}`, value: median(times), unit: "ms" })),
    ];
  });
}

async function oneImport(scratch: string, csv: string, steps: Map<string, number[]>): Promise<number> {
  const dataDir = await freshFolder(scratch, "data");
  const spent = new Map<string, number>();
  const services = await openBench(dataDir, (opened) => ({
    ...opened,
    files: stopwatch(opened.files, spent, "files"),
    staging: stopwatch(opened.staging, spent, "staging"),
    warehouse: stopwatch(opened.warehouse, spent, "warehouse"),
  }));
  try {
    const milliseconds = await timed(() => importFile(services, csv));
    for (const [name, calls] of Object.entries(STEPS)) {
      const total = calls.reduce((sum, call) => sum + (spent.get(call) ?? 0), 0);
      steps.set(name, [...steps.get(name) ?? [], total]);
    }
    return milliseconds;
  } finally {
    await services.close();
    await Deno.remove(dataDir, { recursive: true });
  }
}
