/** An installation moves from one mode to the other and back, and answers as before. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { readConfig } from "@/lib/config.ts";
import { UnavailableError } from "@/lib/errors.ts";
import { createLog } from "@/lib/log.ts";
import { moveAll } from "@/lib/move/move_all.ts";
import { movedKinds } from "@/lib/move/move_documents.ts";
import { movesCollection } from "@/lib/gate/move_mark.ts";
import { openEmbedded } from "@/lib/open_embedded.ts";
import { type FreshDatabase, freshDatabase, missingMongo, mongoUri } from "@/tests/servers/mongo.ts";
import { serverSuite } from "@/tests/servers/server.ts";
import { startTestApp, type TestApp } from "@/tests/test_app.ts";
import { moveCommand } from "@/tools/move.ts";

const missing = missingMongo();
if (missing === null) await mongoUri();

const HEADER = "date,platform,account,campaign,currency,impressions,clicks,spend,conversions,conversion_value\n";
const FILES = [
  `${HEADER}2026-01-01,google_ads,Shop,Brand,EUR,1000,100,50.25,10,300
2026-01-01,meta_ads,Shop,"Größe, $1",EUR,4000,80,70.50,4,120.40
2026-01-02,meta_ads,Shop,Prospecting,EUR,4100,abc,71.00,5,150
`,
  `${HEADER}2026-01-02,google_ads,Shop,Brand,EUR,1200,110,55.00,11,330
2026-01-03,google_ads,Shop,Brand,EUR,900,90,45.10,9,270
`,
  `${HEADER}2026-01-01,google_ads,Shop,Brand,EUR,1000,101,51.25,10,300
`,
];

interface Ran {
  code: number;
  // deno-lint-ignore no-explicit-any -- a report as JSON, or an error
  told: any;
  text: string;
}

async function move(args: string[], env: Record<string, string>): Promise<Ran> {
  const printed: string[] = [];
  const print = (text: string) => void printed.push(text);
  const code = await moveCommand(args, { print, note: () => {}, env: { get: (name) => env[name] } });
  const text = printed.join("\n");
  return { code, text, told: text.startsWith("{") ? JSON.parse(text) : null };
}

const THERE = ["--from", "embedded", "--to", "server", "--json"];
const BACK = ["--from", "server", "--to", "embedded", "--json"];

function uriOf({ uri, database }: FreshDatabase): string {
  const url = new URL(uri);
  url.pathname = `/${database}`;
  return url.href;
}

async function importFile(app: TestApp, body: string): Promise<string> {
  const response = await app.fetch("/api/imports?dataset=ads&filename=a.csv", { method: "POST", body });
  assert.equal(response.status, 202);
  const { id } = await response.json();
  for (const until = performance.now() + 60_000; performance.now() < until;) {
    const { state } = await (await app.fetch(`/api/imports/${id}`)).json();
    if (state === "published") return id;
    assert.ok(["queued", "running"].includes(state), state);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Cannot go on: import ${id} is not published after 60 s`);
}

/** Everything that is asked for from outside, in one object. */
async function answers(app: TestApp, imports: string[]): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  const ask = async (path: string, init?: RequestInit) => {
    const response = await app.fetch(path, init);
    assert.equal(response.status, 200, `${path}: ${response.status}`);
    found[`${path} ${init?.body ?? ""}`] = await response.json();
  };
  await ask("/api/imports");
  await ask("/api/datasets");
  await ask("/api/dashboards");
  const question = { dataset: "ads", metrics: ["spend", "clicks", "ctr"], dimensions: ["campaign", "platform"] };
  for (const asOf of [undefined, ...imports]) {
    await ask("/api/query", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ ...question, asOf }),
    });
  }
  for (const id of imports) await ask(`/api/imports/${id}/rejected`);
  // How long it took, and what stood ready to answer from, is no part of an answer.
  const aside = ["cached", "milliseconds", "rollup"];
  return JSON.parse(JSON.stringify(found, (key, value) => aside.includes(key) ? undefined : value));
}

/** A folder with an installation in it: three imports, one of them taken back. */
async function makeInstallation(directory: string): Promise<{ imports: string[]; told: Record<string, unknown> }> {
  const app = await startTestApp({ directory });
  try {
    const imports: string[] = [];
    for (const file of FILES) imports.push(await importFile(app, file));
    assert.equal((await app.fetch(`/api/imports/${imports[2]}/rollback`, { method: "POST" })).status, 200);
    return { imports, told: await answers(app, imports) };
  } finally {
    await app.close();
  }
}

async function withPlaces(
  work: (places: { directory: (name: string) => string; fresh: FreshDatabase; uri: string }) => Promise<void>,
): Promise<void> {
  const root = await Deno.makeTempDir();
  await using fresh = await freshDatabase();
  try {
    await work({ directory: (name) => join(root, name), fresh, uri: uriOf(fresh) });
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

serverSuite("deno task move", missing, () => {
  Deno.test("[walk] an installation moves to the server mode and back; each time it answers as before", () =>
    withPlaces(async ({ directory, uri }) => {
      const { imports, told } = await makeInstallation(directory("a"));
      const env = { DATA_DIR: directory("a"), MONGODB_URI: uri };
      const first = await move(THERE, env);
      assert.equal(first.code, 0, first.text);
      assert.equal(first.told.outcome, "moved");
      assert.deepEqual([first.told.files, first.told.aside], [3, 1]);
      const [ads] = first.told.datasets;
      assert.deepEqual([ads.dataset, ads.version, ads.imports, ads.checked], ["ads", 4, 3, [1, 2, 3, 4]]);
      assert.equal(ads.totals.spend, "220850000");
      const again = await move(THERE, env);
      assert.equal(again.code, 0, again.text);
      assert.deepEqual({ ...again.told, outcome: "moved" }, first.told);
      assert.equal(again.told.outcome, "there");

      const server = await startTestApp({ directory: directory("unused"), env: { MONGODB_URI: uri } });
      let after: Record<string, unknown>;
      try {
        assert.deepEqual(await answers(server, imports), told);
        const restored = await server.fetch(`/api/imports/${imports[2]}/restore`, { method: "POST" });
        assert.equal(restored.status, 200);
        imports.push(await importFile(server, `${HEADER}2026-01-04,google_ads,Shop,Brand,EUR,9,9,9.10,9,27\n`));
        after = await answers(server, imports);
      } finally {
        await server.close();
      }
      const late = await move(THERE, env);
      assert.deepEqual([late.code, late.told.error.code], [1, "target-in-use"], late.text);

      const used = await move(BACK, env);
      assert.deepEqual([used.code, used.told.error.code], [1, "target-not-empty"], used.text);
      const back = await move(BACK, { ...env, DATA_DIR: directory("b") });
      assert.equal(back.code, 0, back.text);
      const embedded = await startTestApp({ directory: directory("b") });
      try {
        assert.deepEqual(await answers(embedded, imports), after);
        assert.equal((await embedded.fetch(`/api/imports/${imports[0]}/rollback`, { method: "POST" })).status, 200);
      } finally {
        await embedded.close();
      }
    }));

  Deno.test("a source that changes meanwhile is gone over again, and one that never rests is given up", () =>
    withPlaces(async ({ directory, fresh, uri }) => {
      await makeInstallation(directory("a"));
      const config = readConfig({ DATA_DIR: directory("a"), MONGODB_URI: uri });
      const log = createLog({ level: "error" });
      const { openServer } = await import("@/lib/open_server.ts");
      const from = await openEmbedded({ ...config, server: undefined }, log);
      const to = await openServer(config, { ...config.server!, imports: "off" }, log);
      try {
        const kind = movedKinds.find(({ name }) => name === "imports")!;
        const { doc } = (await from.documents.list(kind, "default")).items[0]!;
        let changes = 0;
        const change = async () => {
          const { version } = (await from.documents.get(kind, "default", doc.id))!;
          await from.documents.put(kind, "default", { ...doc, note: { "$more.of": changes++ } } as typeof doc, version);
        };
        // Each step tells how far it is, so whatever is told of is followed by a change.
        let changing: Promise<void> = Promise.resolve();
        const moving = (times: number) => ({
          from,
          to,
          workspace: "default",
          tell() {
            if (changes < times) changing = changing.then(change);
          },
        });
        await assert.rejects(moveAll(moving(Infinity), "here"), (error) => {
          assert.ok(error instanceof UnavailableError || (error as { code?: string }).code === "not-alike");
          return true;
        });
        await changing;
        const filling = await to.documents.get(movesCollection, "default", "move");
        assert.equal(filling?.doc.state, "filling");
        await assert.rejects(
          moveAll(moving(0), "elsewhere"),
          (error) => (error as { code?: string }).code === "other-move",
        );
        await assert.rejects(
          moveAll({ ...moving(0), from: to, to: from }, "there"),
          (error) => (error as { code?: string }).code === "source-not-whole",
        );
        await moveAll(moving(0), "here");
        await changing;
        const stored = await from.documents.get(kind, "default", doc.id);
        assert.ok("note" in stored!.doc, "it was changed");
        assert.deepEqual(await to.documents.get(kind, "default", doc.id), stored);
      } finally {
        await from.close();
        await to.close();
      }
      await fresh.drop();
    }));

  Deno.test("a place that is being filled answers 503 and works on nothing until it is complete", () =>
    withPlaces(async ({ directory, fresh, uri }) => {
      const config = readConfig({ DATA_DIR: directory("a"), MONGODB_URI: uri });
      const stores = await openEmbedded({ ...config, server: undefined }, createLog({ level: "error" }));
      const mark = { id: "move", state: "filling", from: "the old place", startedAt: "2026-01-01" } as const;
      await stores.documents.create(movesCollection, "default", mark);
      await stores.close();
      await assert.rejects(startTestApp({ directory: directory("a") }), /^Error: Cannot start: .*the old place/);

      const { openMongoDocuments } = await import("@/lib/documents/mongo.ts");
      const documents = openMongoDocuments({ mongo: fresh.open() });
      await documents.create(movesCollection, "default", mark);
      const app = await startTestApp({ directory: directory("b"), env: { MONGODB_URI: uri, LOG_LEVEL: "error" } });
      try {
        const answer = await app.fetch("/api/imports");
        assert.deepEqual([answer.status, answer.headers.get("retry-after")], [503, "10"]);
        assert.match((await answer.json()).detail, /moved here from the old place/);
        const page = await app.fetch("/data", { headers: { accept: "text/html" } });
        assert.equal(page.status, 503);
        assert.match(await page.text(), /moved here from the old place/);
        assert.equal((await app.fetch("/readyz")).status, 503);
        assert.equal((await app.fetch("/healthz")).status, 200);
        await app.services.jobs.wake();
        for (const kind of movedKinds) {
          assert.deepEqual((await documents.list(kind, "default")).items, [], kind.name);
        }
        await documents.put(movesCollection, "default", { ...mark, state: "complete" }, 1);
        const until = performance.now() + 20_000;
        while ((await app.fetch("/api/imports")).status !== 200) {
          assert.ok(performance.now() < until, "it never opens");
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
      } finally {
        await app.close();
      }
    }));

  Deno.test("deno task move refuses in words what it cannot do", () =>
    withPlaces(async ({ directory, uri }) => {
      const env = { DATA_DIR: directory("a"), MONGODB_URI: uri };
      for (
        const args of [[], ["--from", "embedded"], ["--from", "server", "--to", "server"], ["--to", "x"], ["what"]]
      ) {
        const { code, text } = await move(args, env);
        assert.equal(code, 64, text);
        assert.match(text, /Usage: deno task move/);
      }
      const unset = await move(THERE, { DATA_DIR: directory("a") });
      assert.equal(unset.code, 1);
      assert.match(unset.told.error.message, /MONGODB_URI is not set/);
      const nothing = await move(THERE, env);
      assert.deepEqual([nothing.code, nothing.told.error.code], [1, "nothing-there"]);
      const away = await move(BACK, { ...env, MONGODB_URI: "mongodb://user:hidden@127.0.0.1:9/x" });
      assert.deepEqual([away.code, away.told.error.code], [2, "unavailable"]);
      assert.doesNotMatch(away.text, /hidden/);
      const app = await startTestApp({ directory: directory("a") });
      try {
        const running = await move(THERE, env);
        assert.equal(running.code, 1);
        assert.match(running.told.error.message, new RegExp(`process ${Deno.pid} has it open`));
      } finally {
        await app.close();
      }
    }));
});
