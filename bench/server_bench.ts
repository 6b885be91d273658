/** The running product: cold start, memory, the page's weight, and how many pages a second it serves. */
import { median } from "./measure.ts";
import { pageScripts } from "./page_scripts.ts";
import type { Figure } from "./report.ts";
import { memoryOf, startServer } from "./server.ts";
import { withScratch } from "./scratch.ts";

/** The demo's dashboard. */
export const PAGE = "/dashboards/marketing-overview";
/** Asking at the same time. */
export const CONNECTIONS = 20;

/** Measures the demo's dashboard on a server of its own. */
export async function benchServer(rounds: number, seconds: number): Promise<Figure[]> {
  return await withScratch(async (dataDir) => {
    const first = await startServer({ dataDir, path: PAGE, timeoutMs: 240_000 });
    const firstMs = await filled(first.url);
    await first.stop();
    const area = "server";
    const starts: number[] = [];
    for (let i = 0; i < rounds; i++) {
      const server = await startServer({ dataDir, path: PAGE });
      starts.push(server.startMs);
      await server.stop();
    }
    const server = await startServer({ dataDir, path: PAGE });
    try {
      // Idle is what a server is that nobody has asked for half a minute.
      await new Promise((resolve) => setTimeout(resolve, 30_000));
      const memory = Deno.build.os === "linux" ? await memoryOf(server.pid) : null;
      const scripts = await pageScripts(server.url + PAGE);
      const load = await loadPages([server.url + PAGE], seconds);
      const after = memory === null ? null : await memoryOf(server.pid);
      const figures: Figure[] = [
        {
          area,
          name: "first start",
          value: first.startMs,
          unit: "ms",
          note: `build included; demo imported ${Math.round(firstMs)} ms later`,
        },
        {
          area,
          name: "cold start to first page",
          value: median(starts),
          unit: "ms",
          goal: 1_000,
          pass: 1_500,
          better: "less",
        },
        {
          area,
          name: "JavaScript before any chart",
          value: scripts.first / 1_000,
          unit: "kB",
          goal: 40,
          pass: 60,
          better: "less",
        },
        { area, name: "  loaded later", value: scripts.later / 1_000, unit: "kB" },
        {
          area,
          name: "dashboard page",
          value: load.perSecond,
          unit: "requests/s",
          // Ten times what is usual for such pages (9 to 20 a second).
          goal: 200,
          pass: 90,
          better: "more",
          note: `${CONNECTIONS} connections, half within ${Math.round(load.median)} ms, 95 % within ${
            Math.round(load.p95)
          } ms`,
        },
      ];
      if (memory !== null && after !== null) {
        figures.push(
          { area, name: "idle memory", value: memory, unit: "MB", goal: 150, pass: 200, better: "less" },
          { area, name: "  after the load", value: after, unit: "MB" },
        );
      }
      return figures;
    } finally {
      await server.stop();
    }
  });
}

/** Waits until the demo's import is published; answers how long that took. */
export async function filled(url: string): Promise<number> {
  const start = performance.now();
  while (performance.now() - start < 240_000) {
    const { imports } = await (await fetch(`${url}/api/imports`)).json();
    const state: string | undefined = imports?.[0]?.state;
    if (state === "published") return performance.now() - start;
    if (state === "failed" || state === "needs-mapping") {
      throw new Error(`Cannot measure: the demo's import is "${state}"`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("Cannot measure: the demo was not imported in four minutes");
}

/** Asks for the pages in turn over so many connections for so long; every answer must be 200. */
export async function loadPages(
  urls: string[],
  seconds: number,
): Promise<{ perSecond: number; median: number; p95: number }> {
  const times: number[] = [];
  const start = performance.now();
  const end = start + seconds * 1_000;
  await Promise.all(Array.from({ length: CONNECTIONS }, async (_, connection) => {
    const url = urls[connection % urls.length]!;
    while (performance.now() < end) {
      const asked = performance.now();
      const response = await fetch(url, { headers: { accept: "text/html" } });
      await response.arrayBuffer();
      if (response.status !== 200) throw new Error(`Cannot measure ${url}: it answered ${response.status}`);
      times.push(performance.now() - asked);
    }
  }));
  const sorted = times.toSorted((a, b) => a - b);
  return {
    perSecond: times.length / (performance.now() - start) * 1_000,
    median: median(sorted),
    p95: sorted[Math.floor(sorted.length * 0.95)] ?? 0,
  };
}
