/** Reads one table of text as an import does, up to its typed rows, and tells what came out. Nothing is published. */
import { Duck } from "@/lib/duckdb/duckdb.ts";
import { decideTable } from "@/lib/ingest/decide_table.ts";
import { recogniseFile, type TableRecognition } from "@/lib/ingest/recognise/mod.ts";
import { reconcile } from "@/lib/ingest/reconcile.ts";
import { builtInDatasets } from "@/lib/model/datasets/mod.ts";
import { type Finding, type ImportQuestion, newId } from "@/lib/model/mod.ts";
import { openDuckStaging } from "@/lib/staging/duckdb.ts";
import { builtInSources } from "@/plugins/mod.ts";

/** What came out of a table. Sums are exact texts in the column's own unit. */
export interface ReadExport {
  platform: string | null;
  report: string | null;
  dataset: string;
  language: string;
  /** Header → column of the dataset; null for headers that are known and not needed, "?" for unknown ones. */
  columns: Record<string, string | null>;
  grain: string | null;
  questions: string[];
  /** The questions as they are shown. */
  asked: ImportQuestion[];
  refused: string | null;
  rows: number;
  totals: number;
  rejected: number;
  range: { from: string; to: string } | null;
  currency: string[];
  sums: Record<string, string>;
  findings: Finding[];
}

/** An engine for a run of tests. */
export interface Reader extends AsyncDisposable {
  /** Reads every table of a file. */
  read(bytes: Uint8Array, options?: ReadOptions): Promise<ReadExport[]>;
}

/** How to read. */
export interface ReadOptions {
  /** The dataset that somebody chose. */
  dataset?: string;
  answers?: Record<string, string>;
  /** The day that it is. */
  today?: string;
}

/** Opens an engine in a folder of its own. */
export async function openReader(): Promise<Reader> {
  const directory = await Deno.makeTempDir();
  const duck = await Duck.open({ path: `${directory}/w.duckdb`, stagingDirectory: directory, threads: 1 });
  const staging = openDuckStaging({ duck, stagingDirectory: directory });
  const context = (chosen?: string) => ({
    datasets: builtInDatasets,
    chosen: builtInDatasets.find(({ id }) => id === chosen),
    sources: builtInSources,
  });

  async function readTable(
    path: string,
    recognition: TableRecognition,
    { answers = {}, today }: ReadOptions,
  ): Promise<ReadExport> {
    const importId = newId(Date.now());
    const dataset = builtInDatasets.find(({ id }) => id === recognition.dataset)!;
    try {
      const raw = await staging.read("default", importId, { ...recognition.dialect, path });
      const decision = await decideTable(staging, {
        workspace: "default",
        raw,
        dataset,
        recognition,
        answers,
        state: { accounts: [], currencies: [] },
        workspaceCurrency: null,
        today,
      });
      const out: ReadExport = {
        platform: recognition.source?.platform ?? null,
        report: recognition.report?.name ?? null,
        dataset: dataset.id,
        language: recognition.language,
        columns: Object.fromEntries(
          decision.matches.map((match) => [match.header, match.column === undefined ? "?" : match.column]),
        ),
        grain: null,
        questions: decision.questions.map(({ id }) => id),
        asked: decision.questions,
        refused: decision.impossible,
        rows: 0,
        totals: 0,
        rejected: 0,
        range: null,
        currency: [],
        sums: {},
        findings: [...recognition.findings, ...decision.findings],
      };
      if (decision.impossible || decision.questions.length > 0) return out;
      const staged = await staging.clean("default", decision.plan);
      const currency = staged.columns.includes("currency")
        ? await duck.rows(`select distinct currency from ${staged.relation} where currency is not null order by 1`)
        : [];
      return {
        ...out,
        grain: staged.level.split(":")[0]!,
        rows: staged.counts.read - staged.counts.totals - staged.counts.rejected,
        totals: staged.counts.totals,
        rejected: staged.counts.rejected,
        range: staged.range,
        currency: currency.map((row) => String(row.currency)),
        sums: Object.fromEntries(
          Object.entries(staged.rowTotals).flatMap(([name, sum]): [string, string][] => {
            const column = dataset.columns.find((c) => c.name === name)!;
            return sum === null ? [] : [[name, column.type === "decimal" ? decimal(sum) : String(sum)]];
          }),
        ),
        findings: [...out.findings, ...reconcile(dataset, staged)],
      };
    } finally {
      await staging.discard("default", importId);
    }
  }

  return {
    async read(bytes, options = {}) {
      const folder = await Deno.makeTempDir({ dir: directory });
      const path = `${folder}/file`;
      await Deno.writeFile(path, bytes);
      const file = await recogniseFile(path, context(options.dataset), folder);
      try {
        const out: ReadExport[] = [];
        for (const table of file.recognition.tables) {
          out.push(await readTable(await file.layOut(table, `${folder}/text`), table, options));
        }
        return out;
      } finally {
        await file.close();
        await Deno.remove(folder, { recursive: true });
      }
    },
    async [Symbol.asyncDispose]() {
      await duck.close();
      await Deno.remove(directory, { recursive: true });
    },
  };
}

/** Micros as a plain number. */
function decimal(value: bigint): string {
  const digits = (value < 0n ? -value : value).toString().padStart(7, "0");
  const fraction = digits.slice(-6).replace(/0+$/, "");
  return `${value < 0n ? "-" : ""}${digits.slice(0, -6)}${fraction ? `.${fraction}` : ""}`;
}
