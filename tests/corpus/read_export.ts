/** Reads one table of text as an import does, up to its typed rows, and tells what came out. Nothing is published. */
import { Duck } from "@/lib/duckdb/duckdb.ts";
import { decideTable } from "@/lib/ingest/decide_table.ts";
import { identifyTable, knownHeaders } from "@/lib/ingest/identify.ts";
import { HEAD_BYTES, recogniseText } from "@/lib/ingest/recognise/mod.ts";
import { reconcile } from "@/lib/ingest/reconcile.ts";
import { builtInDatasets } from "@/lib/model/datasets/mod.ts";
import { type Finding, newId } from "@/lib/model/mod.ts";
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
  read(
    bytes: Uint8Array,
    options?: { dataset?: string; answers?: Record<string, string>; today?: string },
  ): Promise<ReadExport>;
}

/** Opens an engine in a folder of its own. */
export async function openReader(): Promise<Reader> {
  const directory = await Deno.makeTempDir();
  const duck = await Duck.open({ path: `${directory}/w.duckdb`, stagingDirectory: directory, threads: 1 });
  const staging = openDuckStaging({ duck, stagingDirectory: directory });
  const known = knownHeaders({ datasets: builtInDatasets, sources: builtInSources });
  return {
    async read(bytes, { dataset: chosen, answers = {}, today } = {}) {
      const importId = newId(Date.now());
      const path = `${directory}/${importId}.csv`;
      await Deno.writeFile(path, bytes);
      try {
        const head = { bytes: bytes.subarray(0, HEAD_BYTES), complete: bytes.length <= HEAD_BYTES };
        const found = recogniseText(head, known)[0]!;
        const meaning = identifyTable(found, {
          datasets: builtInDatasets,
          chosen: builtInDatasets.find(({ id }) => id === chosen),
          sources: builtInSources,
        });
        const recognition = { ...found, ...meaning, findings: [...found.findings, ...meaning.findings] };
        const dataset = builtInDatasets.find(({ id }) => id === meaning.dataset)!;
        const raw = await staging.read("default", importId, { ...found.dialect, path });
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
          platform: meaning.source?.platform ?? null,
          report: meaning.report?.name ?? null,
          dataset: dataset.id,
          language: meaning.language,
          columns: Object.fromEntries(
            decision.matches.map((match) => [match.header, match.column === undefined ? "?" : match.column]),
          ),
          grain: null,
          questions: decision.questions.map(({ id }) => id),
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
        await Deno.remove(path);
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
