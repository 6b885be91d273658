/** How the installation does, through the real handler over real stores, and over a Redis of its own. */
import assert from "node:assert/strict";
import { redisCache } from "@/lib/cache/redis.ts";
import { readConfig } from "@/lib/config.ts";
import { memoryCounters } from "@/lib/counters/memory.ts";
import { redisCounters } from "@/lib/counters/redis.ts";
import { redisEvents } from "@/lib/events/redis.ts";
import { LOCAL_OWNER } from "@/lib/model/mod.ts";
import { Redis } from "@/lib/redis/redis.ts";
import { readStatus, statusSchema } from "@/lib/status/read_status.ts";
import { whatStands } from "@/lib/live/what_stands.ts";
import { missingRedisProgram, startRedis } from "@/tests/servers/redis.ts";
import { serverSuite } from "@/tests/servers/server.ts";
import { startTestApp, type TestApp } from "@/tests/test_app.ts";

const CSV = `date,platform,account,campaign,currency,impressions,clicks,spend
2026-01-01,google_ads,Shop,Brand,EUR,1000,100,50.25
2026-01-02,google_ads,Shop,Brand,EUR,1200,110,55.00
2026-01-03,google_ads,Shop,Brand,EUR,1200,abc,55.00
`;

async function importFile(app: TestApp, body: string): Promise<string> {
  const sent = await app.fetch("/api/imports?dataset=ads&filename=a.csv", { method: "POST", body });
  const { id } = await sent.json();
  for (let i = 0; i < 1_000; i++) {
    const { state } = await (await app.fetch(`/api/imports/${id}`)).json();
    if (state === "published") return id;
    assert.ok(["queued", "running"].includes(state), state);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`import ${id} did not end`);
}

const status = async (app: TestApp) => statusSchema.parse(await (await app.fetch("/api/status")).json());

/** Away from midnight, where today would become yesterday between two questions. */
const isMidnight = () => /T23:5[89]|T00:00/.test(new Date().toISOString());

Deno.test("[walk] status tells mode, versions, today's requests and rows, and health; rows survive a restart", async () => {
  while (isMidnight()) await new Promise((resolve) => setTimeout(resolve, 1_000));
  const directory = await Deno.makeTempDir();
  let app = await startTestApp({ directory });
  try {
    const before = await status(app);
    assert.equal(before.mode, "embedded");
    assert.equal(before.versions.deno, Deno.version.deno);
    assert.equal(before.today.rows.total, 0);
    await importFile(app, CSV);
    const after = await status(app);
    assert.equal(after.today.scope, "every-instance");
    assert.equal(after.today.rows.total, 2, "the rejected row came in nowhere");
    assert.ok(after.today.requests.total >= before.today.requests.total + 3);
    assert.equal(after.datasets?.find(({ id }) => id === "ads")?.rows, 2);
    assert.deepEqual(
      Object.entries(after.parts).map(([name, { kind, state }]) => `${name}: ${kind} ${state}`),
      [
        "documents: sqlite ok",
        "warehouse: duckdb ok",
        "cache: memory ok",
        "events: memory ok",
        "counters: memory ok",
      ],
    );

    const { total } = (await status(app)).today.requests;
    for (const path of ["/healthz", "/readyz", "/styles.css", "/logo.svg", "/_fresh/js/x/y.js"]) {
      await (await app.fetch(path)).body?.cancel();
    }
    assert.equal((await status(app)).today.requests.total, total + 1, "monitors and files are not counted");

    await app.close();
    app = await startTestApp({ directory });
    const again = await status(app);
    assert.equal(again.today.rows.total, 2);
    assert.equal(again.today.requests.total, 1);
  } finally {
    await app.close();
    await Deno.remove(directory, { recursive: true });
  }
});

Deno.test("[walk] status tells of a store that does not answer, without its words", async () => {
  const app = await startTestApp();
  try {
    const { services } = app;
    const secret = "mongodb://user:secret@host";
    const parts = {
      ...services,
      documents: { ...services.documents, ping: () => Promise.reject(new Error(`Cannot reach ${secret}`)) },
    };
    const told = await readStatus(parts, LOCAL_OWNER);
    assert.deepEqual([told.parts.documents.state, told.parts.warehouse.state], ["away", "ok"]);
    assert.equal(told.datasets, null);
    assert.doesNotMatch(JSON.stringify(told), /secret|host/);
  } finally {
    await app.close();
  }
});

Deno.test("[walk] whatStands() tells what the events told of", async () => {
  const app = await startTestApp();
  try {
    const { services } = app;
    const heard: string[] = [];
    services.events.subscribe(LOCAL_OWNER.workspace, (event) => heard.push(JSON.stringify(event)));
    await importFile(app, CSV);
    await app.fetch("/api/dashboards", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ title: "Board" }),
    });
    const standing = (await whatStands(services, LOCAL_OWNER.workspace)).map((event) => JSON.stringify(event));
    const last = heard.filter((text) => /"dataset"|"published"/.test(text));
    assert.equal(last.length, 2);
    for (const text of last) assert.ok(standing.includes(text), text);
    assert.ok(standing.some((text) => /"dashboard".*"version":1/.test(text)));
  } finally {
    await app.close();
  }
});

serverSuite("status over Redis", missingRedisProgram(), () => {
  Deno.test("[walk] status tells that Redis is away, rows come from the ledger then, and no address is told", async () => {
    while (isMidnight()) await new Promise((resolve) => setTimeout(resolve, 1_000));
    const app = await startTestApp();
    const server = await startRedis();
    const redis = Redis.open({ url: server.url });
    const { services } = app;
    const counters = redisCounters({ redis });
    const shared = {
      ...services,
      config: readConfig({ MONGODB_URI: "mongodb://user:secret@host/db", REDIS_URL: server.url }),
      cache: redisCache({ redis, log: services.log }),
      events: redisEvents({ redis }),
      counters,
    };
    try {
      await importFile(app, CSV);
      counters.request(LOCAL_OWNER.workspace);
      shared.events.subscribe(LOCAL_OWNER.workspace, () => {});
      await shared.cache.get("k");
      while (!redis.hears) await new Promise((resolve) => setTimeout(resolve, 5));
      const well = await readStatus(shared, LOCAL_OWNER);
      assert.equal(well.mode, "server");
      assert.deepEqual([well.today.scope, well.today.requests.total], ["every-instance", 1]);
      for (const part of ["cache", "events", "counters"] as const) {
        assert.deepEqual([well.parts[part].kind, well.parts[part].state], ["redis", "ok"]);
      }
      await server.kill();
      await shared.cache.get("k");
      await until(() => redis.health().channels.state === "away");
      const told = await readStatus(shared, LOCAL_OWNER);
      assert.deepEqual([told.today.scope, told.today.rows.total], ["this-instance", 2]);
      for (const part of ["cache", "events", "counters"] as const) assert.equal(told.parts[part].state, "away");
      assert.doesNotMatch(JSON.stringify(told), /secret|127\.0\.0\.1|redis:\/\//);
    } finally {
      await shared.cache.close();
      await shared.events.close();
      await counters.close();
      await redis.close();
      await server.kill();
      await app.close();
    }
  });
});

Deno.test("counters that several processes do not share say so", async () => {
  assert.equal((await memoryCounters({ alone: false }).today("w")).scope, "this-instance");
});

async function until(look: () => boolean): Promise<void> {
  for (let i = 0; !look(); i++) {
    if (i > 2_000) throw new Error("waited in vain");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
