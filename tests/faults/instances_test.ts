/** Instances of the server mode against one another and against a database that goes away. */
import assert from "node:assert/strict";
import { CSV } from "@/tests/attacks/outside.ts";
import { missingMongo, mongoUri, startMongo } from "@/tests/servers/mongo.ts";
import { missingRedis, redisUrl } from "@/tests/servers/redis.ts";
import { serverSuite } from "@/tests/servers/server.ts";
import { type Instances, withInstances } from "./instances.ts";
import { api, type ServerProcess, until } from "./server_process.ts";

const missing = missingMongo() ?? missingRedis();
if (missing === null) {
  await mongoUri();
  await redisUrl();
}

const ROWS = 8_000;
const JSON_TYPE = { "content-type": "application/json" };

function largeFile(): string {
  const lines = ["date,platform,account,campaign,currency,impressions,clicks,spend"];
  for (let row = 0; row < ROWS; row++) {
    const day = new Date(Date.UTC(2025, 0, 1 + row % 365)).toISOString().slice(0, 10);
    lines.push(`${day},google_ads,Shop,Campaign ${Math.floor(row / 365)},EUR,${row % 1_000},${row % 50},${row / 100}`);
  }
  return lines.join("\n") + "\n";
}

const send = (server: ServerProcess, body: string, headers: Record<string, string> = {}) =>
  api(server, "/api/imports?dataset=ads&filename=a.csv", { method: "POST", body, headers });

async function spendOf(server: ServerProcess): Promise<{ spend: number | null; rows: number }> {
  const { state } = await api(server, "/api/datasets/ads");
  const { rows } = await api(server, "/api/query", {
    method: "POST",
    headers: JSON_TYPE,
    body: JSON.stringify({ dataset: "ads", metrics: ["spend"] }),
  });
  return { spend: rows[0].spend, rows: state.rows };
}

/** Waits until an import rests; a database that is away meanwhile is asked again. */
function rests(server: ServerProcess, id: string) {
  return until(`import ${id} rests`, async () => {
    const response = await fetch(`${server.origin}/api/imports/${id}`);
    const job = await response.json();
    if (response.status === 503) return false;
    assert.ok(response.ok, JSON.stringify(job));
    return !["queued", "running"].includes(job.state) && job;
  }, 120_000);
}

async function two({ start }: Instances): Promise<[ServerProcess, ServerProcess]> {
  return await Promise.all([start(), start()]);
}

serverSuite("[fault] instances", missing, () => {
  Deno.test("[fault] one file given to two instances at the same moment is one import; the others say that it is there", () =>
    withInstances(async (instances) => {
      const [a, b] = await two(instances);
      const sent = await Promise.all([a, b, a, b].map((server) => send(server, CSV)));
      const states = await Promise.all(sent.map(async ({ id }, i) => (await rests(i % 2 ? a : b, id)).state));
      assert.deepEqual(states.toSorted(), ["duplicate", "duplicate", "duplicate", "published"]);
      assert.deepEqual(await spendOf(b), { spend: 120.75, rows: 2 });
    }));

  Deno.test("[fault] an upload repeated under its Idempotency-Key at another instance is one import", () =>
    withInstances(async (instances) => {
      const [a, b] = await two(instances);
      const answers = await Promise.all([a, b, a, b].map((server) => send(server, CSV, { "idempotency-key": "k" })));
      answers.push(await send(b, CSV, { "idempotency-key": "k" }));
      assert.equal(new Set(answers.map(({ id }) => id)).size, 1);
      await rests(a, answers[0].id);
      assert.equal((await api(b, "/api/imports")).imports.length, 1);
    }));

  Deno.test("[fault] two editors at two instances: the second save is refused with what stands, and nothing is lost", () =>
    withInstances(async (instances) => {
      const [a, b] = await two(instances);
      const post = { method: "POST", headers: JSON_TYPE, body: JSON.stringify({ title: "Board", placements: [] }) };
      const { id, version } = await api(a, "/api/dashboards", post);
      const save = (server: ServerProcess, title: string) =>
        fetch(`${server.origin}/api/dashboards/${id}`, {
          method: "PUT",
          headers: { ...JSON_TYPE, "if-match": `"${version}"` },
          body: JSON.stringify({ title, placements: [] }),
        });
      const answers = await Promise.all([save(a, "Mine"), save(b, "Yours")]);
      assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 409]);
      const [won, lost] = answers[0]!.status === 200 ? answers : answers.toReversed();
      const refusal = await lost!.json();
      assert.equal(refusal.current.title, (await won!.json()).title);
      assert.equal(new Set([refusal.current.title, refusal.yours.title]).size, 2);
    }));

  Deno.test("[fault] an instance frozen in the middle of an import is overtaken; thawed, it writes nothing more", () =>
    withInstances(async ({ start }) => {
      const frozen = await start();
      const { id } = await send(frozen, largeFile());
      await until("the import is under way", async () => {
        const { state, step } = await api(frozen, `/api/imports/${id}`);
        assert.notEqual(state, "published", "it was over before it could be frozen");
        return state === "running" && step !== "recognise";
      });
      frozen.signal("SIGSTOP");
      const other = await start();
      const done = await rests(other, id);
      assert.deepEqual([done.state, done.counts.inserted], ["published", ROWS], JSON.stringify(done.error));
      const before = await spendOf(other);
      assert.deepEqual(before, { spend: (ROWS - 1) * ROWS / 200, rows: ROWS });
      frozen.signal("SIGCONT");
      // It wakes in the middle of what it did; give it time for every write it still believes in.
      await until("the thawed instance serves", async () => (await fetch(`${frozen.origin}/readyz`)).ok);
      await new Promise((resolve) => setTimeout(resolve, 4_000));
      assert.deepEqual(await api(other, `/api/imports/${id}`), done);
      assert.deepEqual(await spendOf(other), before);
      assert.deepEqual(await spendOf(frozen), before);
      const again = await rests(frozen, (await send(frozen, CSV)).id);
      assert.equal(again.state, "published", "it goes on working");
    }));

  Deno.test("[fault] a database that is away for a while: refusals are typed and soon, and everything goes on by itself", async () => {
    const directory = await Deno.makeTempDir();
    const file = `${directory}/mongo.h2`;
    let server = await startMongo({ file });
    try {
      await withInstances(async ({ start }) => {
        // Long enough for a server that writes every answer to its disk.
        const instance = await start({ LEASE_SECONDS: "10" });
        await rests(instance, (await send(instance, CSV)).id);
        const { id } = await send(instance, largeFile());
        await until(
          "the import is under way",
          async () => (await api(instance, `/api/imports/${id}`)).state === "running",
        );
        await server.stop();
        assert.equal((await fetch(`${instance.origin}/healthz`)).status, 200);
        assert.equal((await fetch(`${instance.origin}/readyz`)).status, 503);
        const began = performance.now();
        const post = { method: "POST", headers: JSON_TYPE, body: JSON.stringify({ title: "Board", placements: [] }) };
        const refused = await fetch(`${instance.origin}/api/dashboards`, post);
        assert.deepEqual([refused.status, (await refused.json()).code], [503, "unavailable"]);
        assert.ok(performance.now() - began < 15_000, `the refusal took ${performance.now() - began} ms`);
        server = await startMongo({ file, port: server.port });
        await until("the instance is ready again", async () => (await fetch(`${instance.origin}/readyz`)).ok);
        const done = await rests(instance, id).catch((error) => {
          throw new Error(instance.output().slice(-4_000), { cause: error });
        });
        assert.deepEqual([done.state, done.counts.inserted], ["published", ROWS], instance.output().slice(-6_000));
        assert.deepEqual(await spendOf(instance), { spend: (ROWS - 1) * ROWS / 200 + 120.75, rows: ROWS + 2 });
        assert.equal((await fetch(`${instance.origin}/api/dashboards`, post)).status, 201);
      }, server.uri);
    } finally {
      await server.stop();
      await Deno.remove(directory, { recursive: true });
    }
  });
});
