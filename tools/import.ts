/**
 * `deno task import FILE… [--dataset ads] [--answer ID=VALUE]… [--yes] [--json]`: brings files into the running data,
 * through the server that has it open, or by itself where none runs. On a terminal it shows what would change and asks
 * before it publishes; `--yes` asks nothing of that kind. What only a person knows is never guessed: such an import
 * waits, and its questions are told. Exits with 1 where something was refused, with 2 where something must be answered.
 */
import { basename, resolve } from "node:path";
import { parseArgs } from "node:util";
import { readConfig } from "@/lib/config.ts";
import { TesseraError } from "@/lib/errors.ts";
import type { ImportJob } from "@/lib/model/mod.ts";
import { type ImportPlace, openImportPlace } from "./import_place.ts";
import { showImport } from "./show_import.ts";

const USAGE = "Usage: deno task import FILE… [--dataset ads] [--answer ID=VALUE]… [--yes] [--json]";
const POLL_MS = 100;
const BUSY: ImportJob["state"][] = ["uploading", "queued", "running"];

/** What surrounds the command. */
export interface ImportCommandOptions {
  print: (text: string) => void;
  env: { get(name: string): string | undefined };
  /** Asks whoever sits at the terminal; absent where nobody does. */
  ask?: (question: string) => boolean;
}

interface Wish {
  dataset?: string;
  answers: Record<string, string>;
  confirm: boolean;
}

/** What became of one file. */
interface Outcome {
  file: string;
  import?: ImportJob;
  error?: { code: string; message: string };
}

/** Runs the command; answers its exit code. */
export async function importCommand(args: string[], { print, env, ask }: ImportCommandOptions): Promise<number> {
  let parsed;
  try {
    parsed = parseArgs({
      args,
      allowPositionals: true,
      options: {
        dataset: { type: "string" },
        answer: { type: "string", multiple: true, default: [] },
        yes: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    print(`${(error as Error).message}\n${USAGE}`);
    return 64;
  }
  const { values: { dataset, answer, yes, json }, positionals: files } = parsed;
  if (files.length === 0) {
    print(USAGE);
    return 64;
  }
  const wish: Wish = { dataset, answers: Object.fromEntries(answer.map(pairOf)), confirm: !yes && ask !== undefined };
  let place: ImportPlace;
  try {
    place = await openImportPlace(readConfig(env));
  } catch (error) {
    // A setting that cannot be, or data that another process holds without saying where it answers.
    if (!(error instanceof Error) || !error.message.startsWith("Cannot ")) throw error;
    print(json ? JSON.stringify([{ error: { code: "not-open", message: error.message } }], null, 2) : error.message);
    return 1;
  }
  const outcomes: Outcome[] = [];
  try {
    for (const file of files) {
      const outcome = await bringIn(place, file, wish, (job) => {
        print(showImport(basename(file), job, place.url));
        return ask?.("Publish this?") ?? true;
      });
      outcomes.push(outcome);
      if (!json) {
        print(
          outcome.import
            ? showImport(outcome.file, outcome.import, place.url)
            : `${outcome.file}: ${outcome.error!.message}`,
        );
      }
    }
  } finally {
    await place.close();
  }
  if (json) print(JSON.stringify(outcomes, null, 2));
  return exitCode(outcomes);
}

async function bringIn(
  place: ImportPlace,
  file: string,
  { dataset, answers, confirm }: Wish,
  agree: (job: ImportJob) => boolean,
): Promise<Outcome> {
  const filename = basename(file);
  try {
    const path = resolve(file);
    const { readable } = await Deno.open(path);
    let job = await settled(place, await place.create({ filename, body: readable, dataset, confirm }));
    // An answer may lead to the next question.
    for (let open = { ...answers }; job.state === "needs-mapping";) {
      const given = job.questions.filter(({ id }) => id in open).map(({ id }) => id);
      if (given.length < job.questions.length) break;
      const sent = Object.fromEntries(given.map((id) => [id, open[id]!]));
      open = Object.fromEntries(Object.entries(open).filter(([id]) => !given.includes(id)));
      job = await settled(place, await place.answer(job.id, sent));
    }
    if (job.state === "ready") {
      job = agree(job) ? await settled(place, await place.publish(job.id)) : await place.cancel(job.id);
    }
    return { file: filename, import: job };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) {
      return { file: filename, error: { code: "not-found", message: `There is no file "${file}"` } };
    }
    if (!(error instanceof TesseraError)) throw error;
    return { file: filename, error: { code: error.code, message: error.message } };
  }
}

async function settled(place: ImportPlace, job: ImportJob): Promise<ImportJob> {
  while (BUSY.includes(job.state)) {
    await new Promise((done) => setTimeout(done, POLL_MS));
    job = await place.get(job.id);
  }
  return job;
}

function pairOf(text: string): [string, string] {
  const at = text.indexOf("=");
  return at === -1 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

function exitCode(outcomes: Outcome[]): number {
  if (outcomes.some(({ error, import: job }) => error || job?.state === "failed")) return 1;
  const done = outcomes.every(({ import: job }) => job?.state === "published" || job?.state === "duplicate");
  return done ? 0 : 2;
}

if (import.meta.main) {
  const terminal = Deno.stdin.isTerminal();
  const code = await importCommand(Deno.args, {
    print: console.log,
    env: Deno.env,
    ask: terminal ? (question) => confirm(question) : undefined,
  });
  Deno.exit(code);
}
