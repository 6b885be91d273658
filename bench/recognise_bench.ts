/** Recognition: what kind of file it is, with every finding, for small files and for large ones of each packing. */
import { basename, join, relative } from "node:path";
import { recogniseFile } from "@/lib/ingest/recognise/mod.ts";
import { builtInDatasets } from "@/lib/model/datasets/mod.ts";
import { builtInSources } from "@/plugins/mod.ts";
import { makeWorkbook } from "@/tests/corpus/make_workbook.ts";
import { makeZip } from "@/tests/corpus/make_zip.ts";
import { writeAdsFile } from "./ads_file.ts";
import { median, timed } from "./measure.ts";
import type { Figure } from "./report.ts";
import { withScratch } from "./scratch.ts";

const PASS_MS = 100;

/** Which files. */
export interface RecogniseBenchOptions {
  /** Every file in this folder and below, beside those that are made. */
  folder?: string;
  /** Rows of the large CSV file. */
  rows: number;
  rounds: number;
}

/** Measures the recognition of each file, and names the slowest. */
export async function benchRecognise({ folder, rows, rounds }: RecogniseBenchOptions): Promise<Figure[]> {
  return await withScratch(async (scratch) => {
    const files = [...await madeFiles(scratch, rows), ...folder ? await filesBelow(folder) : []];
    // Everything once, so that no figure holds the compiling of the code.
    for (const { path } of files) await recogniseOnce(path, scratch);
    const area = "recognise";
    const figures: Figure[] = [];
    for (const { name, path } of files) {
      const times: number[] = [];
      for (let round = 0; round < rounds; round++) times.push(await timed(() => recogniseOnce(path, scratch)));
      const { size } = await Deno.stat(path);
      figures.push({ area, name, value: median(times), unit: "ms", note: `${(size / 1e6).toPrecision(3)} MB` });
    }
    const slowest = figures.reduce((a, b) => a.value >= b.value ? a : b);
    const { value, name: note } = slowest;
    return [...figures, { area, name: "slowest", value, unit: "ms", pass: PASS_MS, better: "less", note }];
  });
}

/** What cannot be read is refused as quickly as the rest is recognised. */
async function recogniseOnce(path: string, scratch: string): Promise<void> {
  const unpacked = join(scratch, "unpacked");
  await Deno.mkdir(unpacked);
  try {
    const file = await recogniseFile(path, { datasets: builtInDatasets, sources: builtInSources }, unpacked);
    await file.close();
  } catch (error) {
    if ((error as Error).name !== "InputError") throw error;
  } finally {
    await Deno.remove(unpacked, { recursive: true });
  }
}

interface NamedFile {
  name: string;
  path: string;
}

async function madeFiles(scratch: string, rows: number): Promise<NamedFile[]> {
  const at = (file: string) => join(scratch, file);
  const many = (n: number) => n.toLocaleString("en-US");
  await writeAdsFile({ path: at("large.csv"), rows });
  await writeAdsFile({ path: at("packed.csv"), rows: 300_000 });
  await Deno.writeFile(at("packed.zip"), makeZip([{ name: "ads.csv", data: await Deno.readFile(at("packed.csv")) }]));
  await Deno.writeFile(at("sheet.xlsx"), workbook(100_000));
  await Deno.writeTextFile(at("wide.csv"), wide(2_000, 1_000));
  return [
    { name: `CSV of ${many(rows)} rows`, path: at("large.csv") },
    { name: "ZIP of 300,000 rows", path: at("packed.zip") },
    { name: "workbook of 100,000 rows", path: at("sheet.xlsx") },
    { name: "CSV of 2,000 columns", path: at("wide.csv") },
  ];
}

function workbook(rows: number): Uint8Array<ArrayBuffer> {
  const header = ["Day", "Campaign", "Country", "Device", "Currency", "Impressions", "Clicks", "Cost"];
  const lines = Array.from({ length: rows }, (_, n) => {
    const day = new Date(Date.UTC(2020, 0, 1 + Math.floor(n / 100))).toISOString().slice(0, 10);
    return [day, `Campaign ${n % 200}`, `C${n % 5}`, "mobile", "EUR", 200 + n % 20_000, n % 400, n % 9_000 / 100];
  });
  return makeWorkbook([{ name: "Report", rows: [header, ...lines] }]);
}

function wide(columns: number, rows: number): string {
  const header = ["Day", ...Array.from({ length: columns - 1 }, (_, n) => `Field ${n}`)];
  const lines = Array.from(
    { length: rows },
    (_, row) => [`2026-01-${10 + row % 20}`, ...header.slice(1).map((_, n) => n)],
  );
  return [header, ...lines].map((cells) => cells.join(",")).join("\n");
}

async function filesBelow(folder: string): Promise<NamedFile[]> {
  const found: NamedFile[] = [];
  async function walk(directory: string): Promise<void> {
    for await (const entry of Deno.readDir(directory)) {
      const path = join(directory, entry.name);
      if (entry.isDirectory) await walk(path);
      else if (entry.isFile) found.push({ name: relative(folder, path) || basename(path), path });
    }
  }
  await walk(folder);
  return found.sort((a, b) => a.name < b.name ? -1 : 1);
}
