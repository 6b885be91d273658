/**
 * The built server, started as a platform starts it whose disk does not last: `deno serve` on the build, no flags, a
 * random port, code that cannot be written to, little memory, a stop in the middle of an import.
 */
import assert from "node:assert/strict";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { until } from "@/tests/faults/server_process.ts";
import { freshDatabase, missingMongo, mongoUri } from "@/tests/servers/mongo.ts";
import { missingRedis, redisUrl } from "@/tests/servers/redis.ts";
import { serverSuite } from "@/tests/servers/server.ts";
import { buildIfChanged } from "@/tools/build_if_changed.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const TOKEN = "0123456789abcdef0123456789abcdef";
const ROWS = 40_000;
const MOST_BYTES = 512 * 2 ** 20;
const PATIENCE_MS = 5_000;

const missing = missingMongo() ?? missingRedis();
if (missing === null) {
  await mongoUri();
  await redisUrl();
}

/** An instance as the platform runs it. */
interface Instance {
  readonly pid: number;
  call(path: string, init?: RequestInit): Promise<Response>;
  signal(signal: Deno.Signal): void;
  readonly ended: Promise<number>;
  output(): string;
}

async function startInstance(env: Record<string, string>): Promise<Instance> {
  const child = new Deno.Command(Deno.execPath(), {
    // The platform allows everything; here the code is out of reach for whatever writes through Deno.
    args: [
      "serve",
      ...["--allow-read", "--allow-net", "--allow-env", "--allow-ffi", "--allow-run", "--allow-sys"],
      ...[`--allow-write=${tmpdir()}`, "--no-prompt", "--host=127.0.0.1", "--port=0", "_fresh/server.js"],
    ],
    cwd: root,
    env: {
      DENO_DEPLOY: "1",
      DENO_TIMELINE: "production",
      ACCESS_TOKEN: TOKEN,
      LOG_LEVEL: "info",
      NO_COLOR: "1",
      ...env,
    },
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let output = "";
  const origin = Promise.withResolvers<string>();
  const read = async (stream: ReadableStream<Uint8Array<ArrayBuffer>>) => {
    for await (const chunk of stream.pipeThrough(new TextDecoderStream())) {
      output += chunk;
      const found = /Listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(output)?.[1];
      if (found) origin.resolve(found);
    }
  };
  const reading = Promise.all([read(child.stdout), read(child.stderr)]);
  const ended = child.status.then(async ({ code }) => {
    await reading;
    origin.reject(new Error(`The instance ended with ${code}: ${output}`));
    return code;
  });
  origin.promise.catch(() => {}); // whoever waits for it hears it
  const at = await origin.promise;
  return {
    pid: child.pid,
    call: (path, init = {}) =>
      fetch(at + path, { ...init, headers: { authorization: `Bearer ${TOKEN}`, ...init.headers } }),
    signal: (signal) => child.kill(signal),
    ended,
    output: () => output,
  };
}

function csv(): string {
  const lines = ["date,platform,account,campaign,currency,impressions,clicks,spend"];
  for (let row = 0; row < ROWS; row++) {
    const day = new Date(Date.UTC(2025, 0, 1 + row % 365)).toISOString().slice(0, 10);
    lines.push(`${day},google_ads,Shop,Campaign ${Math.floor(row / 365)},EUR,${row % 1_000},${row % 50},${row / 100}`);
  }
  return lines.join("\n") + "\n";
}

/** The most memory that a process has had at once, in bytes. */
async function peakOf(pid: number): Promise<number> {
  const status = await Deno.readTextFile(`/proc/${pid}/status`);
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) * 1_024;
}

async function withDatabase(
  work: (start: (env?: Record<string, string>) => Promise<Instance>) => Promise<void>,
): Promise<void> {
  await using database = await freshDatabase();
  const redis = await redisUrl();
  await buildIfChanged(root);
  const running = new Set<Instance>();
  const uri = new URL(database.uri);
  uri.pathname = `/${database.database}`;
  try {
    await work(async (env = {}) => {
      const instance = await startInstance({ MONGODB_URI: uri.href, REDIS_URL: redis, ...env });
      running.add(instance);
      void instance.ended.then(() => running.delete(instance));
      return instance;
    });
  } finally {
    for (const instance of running) {
      instance.signal("SIGKILL");
      await instance.ended;
    }
  }
}

serverSuite("[deploy]", missing, () => {
  Deno.test("[deploy] a stop in the middle of an import exits with 0 in time; the next instance finishes it", () =>
    withDatabase(async (start) => {
      const first = await start();
      assert.equal((await first.call("/healthz")).status, 200);
      await until("the stores answer", async () => (await first.call("/readyz")).ok);
      const sent = await first.call("/api/imports?dataset=ads&filename=year.csv", { method: "POST", body: csv() });
      assert.equal(sent.status, 202, await sent.clone().text());
      const { id } = await sent.json();
      const stateOf = async (instance: Instance) => (await (await instance.call(`/api/imports/${id}`)).json());
      await until("the import runs", async () => (await stateOf(first)).state === "running");
      const stopped = performance.now();
      first.signal("SIGINT");
      assert.equal(await first.ended, 0, first.output());
      assert.ok(performance.now() - stopped < PATIENCE_MS, `it took ${performance.now() - stopped} ms`);

      const second = await start();
      const job = await until("the import goes on", async () => {
        const job = await stateOf(second);
        assert.notEqual(job.state, "failed", JSON.stringify(job.error));
        return job.state === "published" && job;
      }, 120_000);
      assert.deepEqual([job.counts.read, job.counts.inserted, job.counts.rejected], [ROWS, ROWS, 0]);
      const { rows } = await (await second.call("/api/query", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ dataset: "ads", metrics: ["spend", "clicks"] }),
      })).json();
      assert.deepEqual([rows[0].spend, rows[0].clicks], [(ROWS - 1) * ROWS / 200, ROWS / 50 * 1_225]);
      const peak = await peakOf(second.pid);
      assert.ok(peak < MOST_BYTES, `it took ${Math.round(peak / 2 ** 20)} MiB`);
      second.signal("SIGTERM");
      assert.equal(await second.ended, 0, second.output());
    }));

  Deno.test("[deploy] without the database an instance lives, says that it is not ready, and stops in order", () =>
    withDatabase(async (start) => {
      const away = await start({ MONGODB_URI: "mongodb://127.0.0.1:1/tessera" });
      assert.equal((await away.call("/healthz")).status, 200);
      const ready = await away.call("/readyz");
      assert.equal(ready.status, 503, await ready.text());
      away.signal("SIGINT");
      assert.equal(await away.ended, 0, away.output());
    }));

  Deno.test("[deploy] an instance whose imports run beside it imports, and ends the process beside with itself", () =>
    withDatabase(async (start) => {
      const instance = await start({ IMPORTS: "process" });
      const text = csv().split("\n").slice(0, 2_000).join("\n");
      const { id } = await (await instance.call("/api/imports?dataset=ads", { method: "POST", body: text })).json();
      await until("the import is published", async () => {
        const { state, error } = await (await instance.call(`/api/imports/${id}`)).json();
        assert.notEqual(state, "failed", JSON.stringify(error));
        return state === "published";
      }, 60_000);
      const children = (await Deno.readTextFile(`/proc/${instance.pid}/task/${instance.pid}/children`)).trim();
      assert.match(children, /^\d+$/);
      instance.signal("SIGKILL");
      await instance.ended;
      await until("the process beside ends", async () => {
        const status = await Deno.readTextFile(`/proc/${children}/status`).catch(() => "");
        return status === "" || /^State:\s+Z/m.test(status);
      }, 15_000);
    }));
});

Deno.test("[deploy] without a database an instance refuses to work, and says what to set", async () => {
  await buildIfChanged(root);
  const instance = await startInstance({});
  try {
    const response = await instance.call("/readyz");
    assert.equal(response.status, 500);
    await response.body?.cancel();
    assert.match(instance.output(), /Cannot keep data on Deno Deploy.*set MONGODB_URI/s);
  } finally {
    instance.signal("SIGKILL");
    await instance.ended;
  }
});

Deno.test("[deploy] the lock file holds native code for linux on x64 and arm64", async () => {
  const { npm } = JSON.parse(await Deno.readTextFile(`${root}deno.lock`));
  const names = Object.keys(npm);
  for (const cpu of ["x64", "arm64"]) {
    assert.ok(names.some((name) => name.startsWith(`@duckdb/node-bindings-linux-${cpu}@`)), cpu);
    assert.ok(names.some((name) => name.startsWith(`@napi-rs/canvas-linux-${cpu}-gnu@`)), cpu);
  }
});
