/**
 * `deno task recognise FILE [--json] [--rows OUT.csv] [--dataset ads] [--answer ID=VALUE]…`: what an upload would find
 * in a file. Without a server, and nothing is stored: it works in a folder of its own that is gone afterwards. `--rows`
 * writes each table as it was read, before cleaning, as CSV in UTF-8: OUT.csv, OUT.2.csv … `--answer` answers one of its
 * questions. Exits with 1 where nothing can be imported, with 2 where something must be answered first.
 */
import { basename, resolve } from "node:path";
import { parseArgs } from "node:util";
import { TesseraError } from "@/lib/errors.ts";
import type { FileReport } from "@/lib/ingest/examine_file.ts";
import { examineAlone } from "./examine_alone.ts";
import { showReport } from "./show_report.ts";

const USAGE = "Usage: deno task recognise FILE [--json] [--rows OUT.csv] [--dataset ads] [--answer ID=VALUE]…";

/** Runs the command; answers its exit code. */
export async function recogniseCommand(args: string[], print: (text: string) => void): Promise<number> {
  let parsed;
  try {
    parsed = parseArgs({
      args,
      allowPositionals: true,
      options: {
        json: { type: "boolean" },
        rows: { type: "string" },
        dataset: { type: "string" },
        answer: { type: "string", multiple: true, default: [] },
      },
    });
  } catch (error) {
    print(`${(error as Error).message}\n${USAGE}`);
    return 64;
  }
  const { values: { json = false, rows, dataset, answer }, positionals: [file, ...more] } = parsed;
  if (!file || more.length > 0) {
    print(USAGE);
    return 64;
  }
  try {
    const report = await examineAlone(resolve(file), {
      rows,
      dataset,
      answers: Object.fromEntries(answer.map(pairOf)),
    });
    print(json ? JSON.stringify({ file: basename(file), ...report }, null, 2) : showReport(basename(file), report));
    return exitCode(report);
  } catch (error) {
    const known = error instanceof TesseraError || error instanceof Deno.errors.NotFound;
    if (!known) throw error;
    const { code, message, extra } = error instanceof TesseraError
      ? error
      : { code: "not-found", message: `There is no file "${file}"`, extra: {} };
    print(json ? JSON.stringify({ file: basename(file), error: { code, message, ...extra } }, null, 2) : message);
    return 1;
  }
}

/** `dates:Date=%d/%m/%Y`: the question before the last sign of equality that no value has in it. */
function pairOf(text: string): [string, string] {
  const at = text.lastIndexOf("=");
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

function exitCode({ tables }: FileReport): number {
  const fit = tables.filter(({ refused }) => refused === null);
  if (fit.length === 0) return 1;
  return fit.some(({ questions }) => questions.length > 0) ? 2 : 0;
}

if (import.meta.main) Deno.exitCode = await recogniseCommand(Deno.args, console.log);
