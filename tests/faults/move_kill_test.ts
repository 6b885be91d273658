/** A move that is killed at any moment and run again ends with exactly what was there, in both directions. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { type Config, readConfig } from "@/lib/config.ts";
import { createLog } from "@/lib/log.ts";
import { everyDocument, movedKinds } from "@/lib/move/move_documents.ts";
import { readMoveMark } from "@/lib/gate/move_mark.ts";
import { openEmbedded } from "@/lib/open_embedded.ts";
import { openServer } from "@/lib/open_server.ts";
import type { OpenStores } from "@/lib/open_stores.ts";
import { freshDatabase, missingMongo, mongoUri } from "@/tests/servers/mongo.ts";
import { serverSuite } from "@/tests/servers/server.ts";
import { projectRoot } from "@/tools/project.ts";
import { fillDirectory, moveRef } from "./move_source.ts";

const missing = missingMongo();
if (missing === null) await mongoUri();

const KILLS = 5;
const log = createLog({ level: "error" });

interface Ended {
  killed: boolean;
  code: number;
  text: string;
  /** From its first word to its end. */
  milliseconds: number;
}

/** Runs the command; kills it so long after its first word. */
async function runMove(args: string[], env: Record<string, string>, killAfter: number | null): Promise<Ended> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", join(projectRoot, "tools/move.ts"), ...args, "--json"],
    env,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const printed = new Response(child.stdout).text();
  let began: number | null = null;
  let notes = "";
  let timer: ReturnType<typeof setTimeout> | undefined;
  for await (const chunk of child.stderr.pipeThrough(new TextDecoderStream())) {
    notes += chunk;
    if (began !== null || !notes.includes("Moving")) continue;
    began = performance.now();
    if (killAfter !== null) timer = setTimeout(() => child.kill("SIGKILL"), killAfter);
  }
  const { code, signal } = await child.status;
  clearTimeout(timer);
  return {
    killed: signal === "SIGKILL",
    code,
    text: await printed + notes,
    milliseconds: performance.now() - (began ?? performance.now()),
  };
}

/** Everything that a place holds, as texts in order: nothing of how it was brought there. */
async function contentsOf(stores: OpenStores): Promise<Record<string, unknown>> {
  const { documents, files, staging, warehouse } = stores;
  const found: Record<string, unknown> = {};
  for (const kind of movedKinds) {
    found[kind.name] = await Array.fromAsync(everyDocument(documents, kind, "default"));
  }
  const kept: string[] = [];
  for await (const { sha256 } of files.list("default")) {
    const hash = createHash("sha256");
    for await (const chunk of await files.open("default", sha256)) hash.update(chunk);
    assert.equal(hash.digest("hex"), sha256);
    kept.push(sha256);
  }
  found.files = kept.sort();
  for (const id of (await staging.listAside("default")).sort()) {
    found[`aside ${id}`] = await staging.rejected("default", id, { offset: 0, limit: 100 });
  }
  const outline = await warehouse.history.outline(moveRef);
  found.outline = outline;
  const lists = { rows: [], claims: [], coverage: [], names: [], labels: [] } as Record<string, string[]>;
  for await (const part of warehouse.history.parts(moveRef, outline, 0)) {
    for (const [name, list] of Object.entries(lists)) {
      for (const one of part[name as "rows"]) {
        const sorted = Object.entries(one).sort(([a], [b]) => a < b ? -1 : 1);
        list.push(JSON.stringify(sorted, (_, value) => typeof value === "bigint" ? String(value) : value));
      }
    }
  }
  for (const [name, list] of Object.entries(lists)) {
    found[`${name} of ads`] = [list.length, createHash("sha256").update(list.sort().join("\n")).digest("hex")];
  }
  return found;
}

async function withStores<T>(open: () => Promise<OpenStores>, work: (stores: OpenStores) => Promise<T>): Promise<T> {
  const stores = await open();
  try {
    return await work(stores);
  } finally {
    await stores.close();
  }
}

serverSuite("deno task move", missing, () => {
  Deno.test("a move that is killed again and again ends with exactly what was there, in both directions", async () => {
    const root = await Deno.makeTempDir();
    await using fresh = await freshDatabase();
    const uri = new URL(fresh.uri);
    uri.pathname = `/${fresh.database}`;
    const settings = (name: string) => ({ DATA_DIR: join(root, name), MONGODB_URI: uri.href });
    const embedded = (name: string) => () =>
      openEmbedded({ ...readConfig(settings(name)), server: undefined } as Config, log);
    const config = readConfig(settings("a"));
    const server = () => openServer(config, { ...config.server!, imports: "off" }, log);
    try {
      await fillDirectory(join(root, "a"), { imports: 8, days: 30, rows: 40 });
      const wanted = await withStores(embedded("a"), contentsOf);
      const directions = [
        {
          args: ["--from", "embedded", "--to", "server"],
          env: settings("a"),
          target: server,
          empty: () => fresh.open().db.dropDatabase(),
        },
        {
          args: ["--from", "server", "--to", "embedded"],
          env: settings("b"),
          target: embedded("b"),
          empty: () => Deno.remove(join(root, "b"), { recursive: true }),
        },
      ];
      for (const { args, env, target, empty } of directions) {
        let within = 1_500;
        for (let killed = 0; killed < KILLS;) {
          const ended = await runMove(args, env, within * Math.random());
          const mark = await withStores(target, (stores) => readMoveMark(stores.documents, "default"));
          if (mark?.doc.state !== "complete") {
            assert.ok(ended.killed, ended.text);
            killed++;
            continue;
          }
          // All was there before the kill: once more from the beginning, and sooner.
          await empty();
          within = Math.min(within, ended.milliseconds) * 0.8;
        }
        const last = await runMove(args, env, null);
        assert.equal(last.code, 0, last.text);
        assert.deepEqual(await withStores(target, contentsOf), wanted);
      }
      assert.deepEqual(await withStores(embedded("a"), contentsOf), wanted, "the source stays as it was");
    } finally {
      await Deno.remove(root, { recursive: true });
    }
  });
});
