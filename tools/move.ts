/**
 * `deno task move --from embedded --to server` and back: brings everything from `DATA_DIR` to `MONGODB_URI` or the other
 * way round: documents, raw files, rows with every version and claim. No instance may run on either. Run again after it
 * broke off it goes on; run again after it ended it says that all is there. The source stays as it is. Exits with 1
 * where it was refused and something has to be done first, with 2 where it broke off and may be run again, 64 for wrong
 * arguments.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Config, readConfig } from "@/lib/config.ts";
import { TesseraError, UnavailableError } from "@/lib/errors.ts";
import { DataDirectoryInUseError } from "@/lib/files/data_directory.ts";
import { createLog } from "@/lib/log.ts";
import { LOCAL_OWNER } from "@/lib/model/mod.ts";
import { moveAll, type MoveReport } from "@/lib/move/move_all.ts";
import type { MoveProgress } from "@/lib/move/moving.ts";
import { openEmbedded } from "@/lib/open_embedded.ts";
import { openServer } from "@/lib/open_server.ts";
import type { OpenStores } from "@/lib/open_stores.ts";

const USAGE = `Usage: deno task move --from embedded --to server [--json]
       deno task move --from server --to embedded [--json]

Needs MONGODB_URI, and DATA_DIR where the data directory is not data/. Stop every instance on both first.`;

type Mode = "embedded" | "server";

/** What surrounds the command. */
export interface MoveCommandOptions {
  print: (text: string) => void;
  /** Told how far it is, for people. */
  note: (text: string) => void;
  env: { get(name: string): string | undefined };
}

/** Runs the command; answers its exit code. */
export async function moveCommand(args: string[], { print, note, env }: MoveCommandOptions): Promise<number> {
  let parsed;
  try {
    parsed = readArguments(args);
  } catch (error) {
    print(`${(error as Error).message}\n${USAGE}`);
    return 64;
  }
  const { from, to, json } = parsed;
  try {
    const report = await moveBetween(from, to, readConfig(env as Deno.Env), note);
    print(json ? JSON.stringify({ from, to, ...report }, null, 2) : show(report, to));
    return 0;
  } catch (error) {
    const known = toldError(error);
    if (!known) throw error;
    const { code, message, extra } = known;
    print(json ? JSON.stringify({ from, to, error: { code, message, ...extra } }, null, 2) : message);
    return error instanceof UnavailableError ? 2 : 1;
  }
}

function readArguments(args: string[]): { from: Mode; to: Mode; json: boolean } {
  const { values } = parseArgs({
    args,
    options: { from: { type: "string" }, to: { type: "string" }, json: { type: "boolean", default: false } },
  });
  const { from, to, json } = values;
  for (const [name, mode] of [["from", from], ["to", to]]) {
    if (mode !== "embedded" && mode !== "server") {
      throw new TypeError(`Cannot move: --${name} must be embedded or server, not ${mode ? `"${mode}"` : "left out"}`);
    }
  }
  if (from === to) throw new TypeError("Cannot move: --from and --to are the same");
  return { from: from as Mode, to: to as Mode, json };
}

async function moveBetween(from: Mode, to: Mode, config: Config, note: (text: string) => void): Promise<MoveReport> {
  if (!config.server) {
    throw new TesseraError(
      "bad-setting",
      "Cannot move: MONGODB_URI is not set; it names the server mode's database",
      400,
    );
  }
  if (from === "embedded" && !await exists(join(config.dataDir, "tessera.sqlite"))) {
    const text = `Cannot move: there is no data in "${config.dataDir}"; set DATA_DIR to where it is`;
    throw new TesseraError("nothing-there", text, 404);
  }
  const log = createLog({ level: "warn" });
  const places: Record<Mode, () => Promise<OpenStores>> = {
    embedded: () => openEmbedded({ ...config, deploy: false }, log),
    server: () => openServer(config, { ...config.server!, redisUrl: undefined, imports: "off" }, log),
  };
  const names: Record<Mode, string> = {
    embedded: `the data directory "${config.dataDir}"`,
    server: `the database ${nameOf(config.server.mongodbUri)}`,
  };
  const embedded = await places.embedded();
  try {
    const server = await places.server();
    try {
      // Before anything is marked: a database that is away is said at once.
      await server.documents.ping();
      const stores = { embedded, server };
      note(`Moving from ${names[from]} to ${names[to]}`);
      const { workspace } = LOCAL_OWNER;
      return await moveAll({ from: stores[from], to: stores[to], workspace, tell: teller(note) }, names[from]);
    } finally {
      await server.close();
    }
  } finally {
    await embedded.close();
  }
}

/** The hosts and the database of an address, without anything secret. */
function nameOf(uri: string): string {
  const [, hosts = "", path = ""] = /^mongodb(?:\+srv)?:\/\/(?:[^@/]*@)?([^/?]*)\/?([^?]*)/.exec(uri) ?? [];
  return `"${decodeURIComponent(path) || "tessera"}" on ${hosts}`;
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return false;
  }
}

/** A line at each new step, and every few seconds within a long one. */
function teller(note: (text: string) => void): (progress: MoveProgress) => void {
  const EVERY_MS = 2_000;
  let last = "";
  let told = -Infinity;
  return ({ step, at, done }) => {
    const place = at === undefined ? step : `${step}: ${at}`;
    if (place === last && performance.now() - told < EVERY_MS) return;
    [last, told] = [place, performance.now()];
    note(`  ${place}, ${done.toLocaleString("en")} so far`);
  };
}

function show({ outcome, documents, files, bytes, aside, datasets }: MoveReport, to: Mode): string {
  const number = (n: number) => n.toLocaleString("en");
  return [
    outcome === "moved" ? "Everything was moved and is the same in both places:" : "Everything is there already:",
    `  ${number(documents)} documents, ${number(files)} raw files (${number(bytes)} bytes), ${
      number(aside)
    } rows set aside`,
    ...datasets.map(({ dataset, rows, imports, version, checked }) =>
      `  ${dataset}: ${number(rows)} rows of ${number(imports)} imports at version ${version}; ` +
      `sums compared at ${checked.length === 1 ? "version" : "versions"} ${checked.join(", ")}`
    ),
    to === "server"
      ? "Start instances with MONGODB_URI now. The data directory is as it was."
      : "Start Tessera without MONGODB_URI now. The database is as it was.",
  ].join("\n");
}

function toldError(error: unknown): { code: string; message: string; extra: Record<string, unknown> } | null {
  if (error instanceof TesseraError) return error;
  const isKnown = error instanceof DataDirectoryInUseError ||
    error instanceof TypeError && /^Cannot /.test(error.message);
  return isKnown ? { code: "refused", message: (error as Error).message, extra: {} } : null;
}

if (import.meta.main) {
  Deno.exitCode = await moveCommand(Deno.args, { print: console.log, note: console.error, env: Deno.env });
}
