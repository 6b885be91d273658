/** The server mode as a whole: two instances over one MongoDB and one Redis, everything on this machine. */
import { join } from "node:path";
import { mongoUri, startMongo } from "@/tests/servers/mongo.ts";
import { startRedis } from "@/tests/servers/redis.ts";
import type { Figure } from "./report.ts";
import { withScratch } from "./scratch.ts";
import { memoryOf, type RunningServer, startServer } from "./server.ts";
import { CONNECTIONS, filled, loadPages, PAGE } from "./server_bench.ts";

/** Measures the demo's import and its dashboard at both instances. */
export async function benchInstances(seconds: number): Promise<Figure[]> {
  return await withScratch(async (scratch) => {
    const mongo = Deno.env.get("MONGODB_URI") ? null : await startMongo();
    const redis = await startRedis();
    const uri = new URL(mongo?.uri ?? await mongoUri());
    uri.pathname = `/bench_${crypto.randomUUID().slice(0, 8)}`;
    const env = { MONGODB_URI: uri.href, REDIS_URL: redis.uri };
    const dataDir = join(scratch, "unused");
    const running: RunningServer[] = [];
    try {
      const first = await startServer({ dataDir, env, args: ["--demo"], path: "/readyz", timeoutMs: 240_000 });
      running.push(first);
      await filled(first.url);
      const { imports: [job] } = await (await fetch(`${first.url}/api/imports`)).json();
      const second = await startServer({ dataDir, env, path: PAGE });
      running.push(second);
      const urls = running.map(({ url }) => url + PAGE);
      await loadPages(urls, 2);
      const one = await loadPages(urls.slice(0, 1), seconds);
      const both = await loadPages(urls, seconds);
      const area = "instances";
      const memory = await Promise.all(running.map(({ pid }) => memoryOf(pid)));
      return [
        {
          area,
          name: "import, upload to published",
          value: job.counts.read / job.milliseconds * 1_000,
          unit: "rows/s",
          note: `${job.counts.read} rows of the demo`,
        },
        { area, name: "start of one more instance", value: second.startMs, unit: "ms" },
        { area, name: "dashboard page, one instance", value: one.perSecond, unit: "requests/s", note: spread(one) },
        { area, name: "dashboard page, two instances", value: both.perSecond, unit: "requests/s", note: spread(both) },
        { area, name: "memory of an instance", value: Math.max(...memory), unit: "MB", note: "after the load" },
      ];
    } finally {
      for (const server of running) await server.stop();
      await redis.stop();
      await mongo?.stop();
    }
  });
}

function spread({ median, p95 }: { median: number; p95: number }): string {
  return `${CONNECTIONS} connections, half within ${Math.round(median)} ms, 95 % within ${Math.round(p95)} ms`;
}
