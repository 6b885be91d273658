/**
 * Two instances over one MongoDB and one Redis, in processes of their own: a page that is open on one sees an import that
 * the other ran, and answers stay right and soon, with Redis, with a frozen one, with none.
 */
import assert from "node:assert/strict";
import { freshDatabase, missingMongo, mongoUri } from "@/tests/servers/mongo.ts";
import { missingRedisProgram, type RedisServer, startRedis } from "@/tests/servers/redis.ts";
import { serverSuite } from "@/tests/servers/server.ts";
import { type ServerProcess, until, withServers } from "./server_process.ts";

const missing = missingMongo() ?? missingRedisProgram();
if (missing === null) await mongoUri();

const HEADER = "date,platform,account,campaign,currency,impressions,clicks,spend\n";
const line = (day: number, spend: number) => `2026-01-0${day},google_ads,Shop,Brand,EUR,1000,100,${spend}\n`;

/** How late a page may hear where no message comes: a reading every 5 s, and a busy machine. */
const LATE_MS = 20_000;
/** What a question may take while Redis does not answer: 250 ms for it, the rest for the question itself. */
const BOUND_MS = 250 + 3_000;

interface Ground {
  /** Serves pages and leaves imports to the other. */
  page: ServerProcess;
  /** Runs imports. */
  work: ServerProcess;
  redis: RedisServer;
  /** Versions of `ads` that an open page of `page` heard. */
  heard: number[];
}

async function json(server: ServerProcess, path: string, init?: RequestInit) {
  const response = await fetch(`${server.origin}${path}`, init);
  const body = await response.json();
  assert.ok(response.ok, JSON.stringify(body));
  return body;
}

/** Imports by the instance that works; answers the dataset's version. */
async function importFile({ work }: Ground, body: string): Promise<number> {
  const { id } = await json(work, "/api/imports?dataset=ads&filename=a.csv", { method: "POST", body });
  const { version } = await until("the import is published", async () => {
    const job = await json(work, `/api/imports/${id}`);
    assert.notEqual(job.state, "failed", JSON.stringify(job));
    return job.state === "published" && job;
  }, 60_000);
  return version;
}

/** Asks the instance that serves pages; `n` makes it a question nobody asked. */
async function spendAt({ page }: Ground, n = 0): Promise<{ spend: number; ms: number }> {
  const began = performance.now();
  const { rows } = await json(page, "/api/query", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ dataset: "ads", metrics: ["spend"], limit: 1_000 - n }),
  });
  return { spend: rows[0].spend, ms: performance.now() - began };
}

const hears = ({ heard }: Ground, version: number) =>
  until(`the page hears of version ${version}`, () => Promise.resolve(heard.includes(version)), LATE_MS);

const cacheIs = ({ page }: Ground, state: string) =>
  until(`the cache is ${state}`, async () => (await json(page, "/api/status")).parts.cache.state === state, LATE_MS);

/** An open page: what its event stream says of the dataset. */
async function listen(server: ServerProcess, heard: number[], signal: AbortSignal): Promise<void> {
  const response = await fetch(`${server.origin}/api/events`, { signal });
  let text = "";
  try {
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const events = text.split("\n\n");
      text = events.pop()!;
      for (const event of events) {
        const data = /^data: (.*)$/m.exec(event)?.[1];
        const { type, version } = data ? JSON.parse(data) : {};
        if (type === "dataset") heard.push(version);
      }
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** `more` comes over what both instances are told. */
async function withInstances(
  run: (ground: Ground) => Promise<void>,
  more: Record<string, string> = {},
): Promise<void> {
  await using database = await freshDatabase();
  const redis = await startRedis();
  let current = redis;
  const env = { MONGODB_URI: withName(database.uri, database.database), REDIS_URL: redis.url, ...more };
  const pageOpen = new AbortController();
  try {
    await withServers(async (start) => {
      const work = await start(env);
      const page = await start({ ...env, IMPORTS: "off" });
      const heard: number[] = [];
      // Kept for the end: a server that is killed because something else failed must not hide what.
      const listening = listen(page, heard, pageOpen.signal).then(() => null, (error) => error);
      const ground: Ground = {
        page,
        work,
        heard,
        get redis() {
          return current;
        },
        set redis(next) {
          current = next;
        },
      };
      await run(ground);
      for (const server of [page, work]) {
        server.signal("SIGTERM");
        assert.equal(await server.ended, 0, server.output());
        assert.doesNotMatch(server.output(), /Uncaught|Unhandled|error: \(in promise\)/);
      }
      pageOpen.abort();
      assert.equal(await listening, null);
    });
  } finally {
    pageOpen.abort();
    await current.kill();
  }
}

/** The URI with a database's name in its path. */
function withName(uri: string, database: string): string {
  return uri.replace(/^([a-z+]+:\/\/[^/?]+)\/?[^?]*/, `$1/${database}`);
}

serverSuite("two instances", missing, () => {
  Deno.test("[fault] a page on one instance sees what the other imported: Redis well, frozen, thawed, killed, back", async () => {
    await withInstances(async (ground) => {
      await hears(ground, await importFile(ground, HEADER + line(1, 10)));
      assert.equal((await spendAt(ground)).spend, 10);
      await cacheIs(ground, "ok");

      ground.redis.freeze();
      for (let n = 1; n <= 10; n++) {
        const { spend, ms } = await spendAt(ground, n);
        assert.equal(spend, 10);
        assert.ok(ms < BOUND_MS, `a question took ${ms} ms with a frozen Redis`);
      }
      await cacheIs(ground, "away");
      await hears(ground, await importFile(ground, HEADER + line(2, 5)));
      assert.equal((await spendAt(ground)).spend, 15);

      ground.redis.thaw();
      await cacheIs(ground, "ok");
      await hears(ground, await importFile(ground, HEADER + line(3, 5)));
      assert.equal((await spendAt(ground)).spend, 20);

      await ground.redis.kill();
      await hears(ground, await importFile(ground, HEADER + line(4, 5)));
      const { spend, ms } = await spendAt(ground);
      assert.equal(spend, 25);
      assert.ok(ms < BOUND_MS, `a question took ${ms} ms without Redis`);

      ground.redis = await startRedis({ port: ground.redis.port });
      await cacheIs(ground, "ok");
      await hears(ground, await importFile(ground, HEADER + line(5, 5)));
      assert.equal((await spendAt(ground)).spend, 30);
      await until("each instance knows what the other counted", async () => {
        const { today, mode } = await json(ground.page, "/api/status");
        assert.equal(mode, "server");
        return today.scope === "every-instance" && today.rows.total === 5;
      }, LATE_MS);
    });
  });

  Deno.test("[fault] without any Redis a page still sees what the other instance imported, a few seconds later", async () => {
    await withInstances(async (ground) => {
      await hears(ground, await importFile(ground, HEADER + line(1, 10)));
      await hears(ground, await importFile(ground, HEADER + line(2, 5)));
      assert.equal((await spendAt(ground)).spend, 15);
      const { today, parts } = await json(ground.page, "/api/status");
      assert.deepEqual([parts.cache.kind, parts.events.kind, parts.counters.kind], ["memory", "memory", "memory"]);
      assert.deepEqual([today.scope, today.rows.total], ["this-instance", 2], "rows are counted from the ledger");
    }, { REDIS_URL: "" });
  });
});
