/** Import, end to end, against DuckDB reading the same file into a table. */
import { join } from "node:path";
import { STORAGE_VERSION } from "@/lib/duckdb/duckdb.ts";
import { bareRead, writeAdsFile } from "./ads_file.ts";
import { inTurns, median } from "./measure.ts";
import { type OneImport, oneImport } from "./one_import.ts";
import type { Figure } from "./report.ts";
import { benchConfig, freshFolder, withScratch } from "./scratch.ts";

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
  "clean and check": [
    "staging.texts",
    "staging.clean",
    "staging.dayTotals",
    "staging.sample",
    "staging.discard",
  ],
  "publish": ["warehouse.stage", "warehouse.preview", "warehouse.together"],
};

/** What lies between the steps: queue, documents, events. */
const REST = "the rest";

/** Memory at the largest file may be so many times what it is at the smallest: it is bounded, however long a file is. */
const FLAT = 2;

/** Measures importing files of so many rows each, the smallest first, and holds their memory against one another. */
export async function benchImports(sizes: readonly number[], rounds: number): Promise<Figure[]> {
  const figures: Figure[] = [];
  const peaks: number[] = [];
  for (const rows of sizes.toSorted((a, b) => a - b)) {
    const measured = await benchImport(rows, rounds);
    figures.push(...measured.figures);
    peaks.push(measured.peak);
  }
  if (peaks.length > 1) {
    const note = `${Math.max(...sizes) / Math.min(...sizes)} times the rows`;
    const value = peaks.at(-1)! / peaks[0]!;
    figures.push({
      area: "import",
      name: "peak memory, largest / smallest",
      value,
      unit: "ratio",
      pass: FLAT,
      better: "less",
      note,
    });
  }
  return figures;
}

async function benchImport(rows: number, rounds: number): Promise<{ figures: Figure[]; peak: number }> {
  return await withScratch(async (scratch) => {
    const csv = join(scratch, "ads.csv");
    await writeAdsFile({ path: csv, rows });
    const steps = new Map<string, number[]>();
    const limits = benchConfig(scratch);
    /** Bare reading into a file of the warehouse's own storage version, which is quicker than the engine's default. */
    const alike: number[] = [];
    let [peak, idle] = [0, 0];
    const { a, b } = await inTurns(
      rounds,
      async () => {
        const bare = (storage?: string) => bareRead(csv, join(scratch, "bare.duckdb"), { ...limits, storage });
        alike.push(await bare(STORAGE_VERSION));
        return await bare();
      },
      async () => {
        const measured = await importAfresh(scratch, csv, steps);
        peak = Math.max(peak, measured.peak);
        idle = measured.before;
        return measured.milliseconds;
      },
    );
    const area = `import ${rows / 1e6} M`;
    const figures: Figure[] = [
      { area, name: "bare read_csv", value: rows / a * 1_000, unit: "rows/s", note: `${Math.round(a)} ms` },
      { area, name: "end to end", value: rows / b * 1_000, unit: "rows/s", note: `${Math.round(b)} ms` },
      { area, name: "end to end / bare", value: a / b, unit: "ratio", goal: 0.5, pass: 0.35, better: "more" },
      { area, name: "end to end / bare in our storage", value: median(alike) / b, unit: "ratio" },
      ...[...steps].map(([name, times]): Figure => ({ area, name: `  ${name}`, value: median(times), unit: "ms" })),
      {
        area,
        name: "peak memory",
        value: peak,
        unit: "MB",
        note: `of the whole process, which has ${Math.round(idle)} MB before; the engine may use ${limits.memoryLimit}`,
      },
    ];
    return { figures, peak };
  });
}

/** Imports into a fresh directory, and adds up what its steps took. */
async function importAfresh(scratch: string, csv: string, steps: Map<string, number[]>): Promise<OneImport> {
  const dataDir = await freshFolder(scratch, "data");
  try {
    const measured = await oneImport(csv, dataDir);
    let told = 0;
    const note = (name: string, time: number) => steps.set(name, [...steps.get(name) ?? [], time]);
    for (const [name, calls] of Object.entries(STEPS)) {
      const total = calls.reduce((sum, call) => sum + (measured.calls[call] ?? 0), 0);
      note(name, total);
      told += total;
    }
    note(REST, measured.milliseconds - told);
    return measured;
  } finally {
    await Deno.remove(dataDir, { recursive: true });
  }
}
