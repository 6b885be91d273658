/**
 * One import of a CSV file, in a process that did nothing else: `deno run -A bench/one_import.ts FILE DIRECTORY` prints
 * an `OneImport` as JSON. In the bench's own process the memory of what was measured before would be counted too.
 */
import { stopwatch, timed } from "./measure.ts";
import { withPeak } from "./peak_memory.ts";
import { importFile, openBench } from "./scratch.ts";

/** What was measured of one import. */
export interface OneImport {
  milliseconds: number;
  /** Milliseconds in each method of `files`, `staging` and `warehouse`. */
  calls: Record<string, number>;
  /** The largest resident size of the process in MB, and what it was before the import began. */
  peak: number;
  before: number;
}

/** Measures one import into an empty data directory, in a process of its own. Throws `Error` with its words. */
export async function oneImport(csv: string, dataDir: string): Promise<OneImport> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", import.meta.filename!, csv, dataDir],
  }).output();
  if (!success) throw new Error(`Cannot measure the import of "${csv}": ${new TextDecoder().decode(stderr)}`);
  return JSON.parse(new TextDecoder().decode(stdout)) as OneImport;
}

async function measure(csv: string, dataDir: string): Promise<OneImport> {
  const spent = new Map<string, number>();
  const services = await openBench(dataDir, (opened) => ({
    ...opened,
    files: stopwatch(opened.files, spent, "files"),
    staging: stopwatch(opened.staging, spent, "staging"),
    warehouse: stopwatch(opened.warehouse, spent, "warehouse"),
  }));
  try {
    const before = Deno.memoryUsage().rss / 1e6;
    const { result, megabytes } = await withPeak(() => timed(() => importFile(services, csv)));
    return { milliseconds: result, calls: Object.fromEntries(spent), peak: megabytes, before };
  } finally {
    await services.close();
  }
}

if (import.meta.main) {
  const [csv, dataDir] = Deno.args;
  if (!csv || !dataDir) throw new TypeError("Cannot measure an import: say which FILE, and an empty DIRECTORY");
  console.log(JSON.stringify(await measure(csv, dataDir)));
}
