/** Files are read again for a currency that was named later: killed in the middle, a restart goes on, in each mode. */
import assert from "node:assert/strict";
import { missingMongo, mongoUri } from "@/tests/servers/mongo.ts";
import { missingRedis, redisUrl } from "@/tests/servers/redis.ts";
import { serverSuite } from "@/tests/servers/server.ts";
import { withInstances } from "./instances.ts";
import { api, type ServerProcess, until, withServers } from "./server_process.ts";

const missing = missingMongo() ?? missingRedis();
if (missing === null) {
  await mongoUri();
  await redisUrl();
}

const FILES = 5;
const ROWS = 400;

/** A month of its own, without a currency. */
function csvOf(month: number): string {
  const lines = Array.from({ length: ROWS }, (_, row) => {
    const day = `2025-${String(month).padStart(2, "0")}-${String(1 + row % 28).padStart(2, "0")}`;
    return `${day},Campaign ${Math.floor(row / 28)},${month},10`;
  });
  return ["Date,Campaign,Cost,Impressions", ...lines, ""].join("\n");
}

async function states(
  server: ServerProcess,
): Promise<{ state: string; repeats?: { import: string; batch: string } }[]> {
  const response = await fetch(`${server.origin}/api/imports?limit=100`);
  if (response.status === 503) {
    await response.body?.cancel();
    return [{ state: "running" }];
  }
  return (await response.json()).imports;
}

const settled = (server: ServerProcess, count: number) =>
  until(`${count} imports rest`, async () => {
    const imports = await states(server);
    return imports.length === count && imports.every(({ state }) => !/^(queued|running)$/.test(state)) && imports;
  }, 120_000);

const spend = (server: ServerProcess) =>
  until("the sums", () =>
    api(server, "/api/query", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ dataset: "ads", metrics: ["spend"], dimensions: ["currency"] }),
    }).then(({ rows }) => rows, (error) => {
      if (/: 503 /.test(String(error))) return undefined;
      throw error;
    }), 60_000);

async function killInTheMiddle(start: () => Promise<ServerProcess>): Promise<void> {
  let server = await start();
  for (let month = 1; month <= FILES; month++) {
    const body = csvOf(month);
    await api(server, `/api/imports?dataset=ads&filename=${month}.csv`, { method: "POST", body });
    await settled(server, month);
  }
  const whole = Array.from({ length: FILES }, (_, n) => n + 1).reduce((sum, month) => sum + month * ROWS, 0);
  assert.deepEqual(await spend(server), [{ currency: "XXX", spend: whole }]);

  const { origin } = server;
  const form = new URLSearchParams({ action: "name", dataset: "ads", currency: "EUR" });
  const named = await fetch(`${origin}/data/settings`, {
    method: "POST",
    body: form,
    headers: { origin },
    redirect: "manual",
  });
  await named.body?.cancel();
  assert.equal(named.status, 303);
  const batch = new URL(named.headers.get("location")!, origin).searchParams.get("batch");

  // Two kills: once one file is in its place, and once some are.
  for (const [kills, files] of [[0, 1], [1, 3]] as const) {
    await until(`${files} files are read again`, async () => {
      const imports = await states(server);
      return imports.filter(({ state, repeats }) => repeats && state === "published").length >= files;
    }, 120_000);
    server.signal("SIGKILL");
    await server.ended;
    server = await start();
    const standing = await states(server);
    assert.ok(standing.length > FILES, `after kill ${kills + 1} the batch is known`);
  }
  const imports = await settled(server, 2 * FILES);
  assert.deepEqual([...new Set(imports.map(({ state }) => state))], ["published"]);
  assert.equal(new Set(imports.flatMap(({ repeats }) => repeats?.import ?? [])).size, FILES, "each file once");
  assert.deepEqual(await spend(server), [{ currency: "EUR", spend: whole }]);

  const back = new URLSearchParams({ action: "take-back", batch: batch! });
  const undone = await fetch(`${server.origin}/data/settings`, {
    method: "POST",
    body: back,
    headers: { origin: server.origin },
    redirect: "manual",
  });
  await undone.body?.cancel();
  assert.equal(undone.status, 303);
  assert.deepEqual(await spend(server), [{ currency: "XXX", spend: whole }]);
  server.signal("SIGTERM");
  assert.equal(await server.ended, 0);
}

Deno.test("[fault] a server killed while files get their currency goes on with them, each once", () =>
  withServers((start) => killInTheMiddle(() => start())));

serverSuite("[fault] a currency named later", missing, () => {
  Deno.test("[fault] an instance killed while files get their currency goes on with them over MongoDB, each once", () =>
    withInstances(({ start }) => killInTheMiddle(() => start())));
});
