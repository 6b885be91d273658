/** Metric queries over many rows against the same SQL by hand, and the time of a cached answer. */
import { join } from "node:path";
import { memoryCache } from "@/lib/cache/memory.ts";
import { openSqliteDocuments } from "@/lib/documents/sqlite.ts";
import { Duck } from "@/lib/duckdb/duckdb.ts";
import { adsDataset } from "@/lib/model/datasets/ads.ts";
import { LOCAL_OWNER } from "@/lib/model/mod.ts";
import { sourceRegistry } from "@/lib/source/mod.ts";
import { builtInSources } from "@/plugins/mod.ts";
import { runMetricQuery } from "@/lib/query/run_metric_query.ts";
import { openDuckWarehouse } from "@/lib/warehouse/duckdb.ts";
import { writeAdsFile } from "./ads_file.ts";
import { inTurns, median, timed } from "./measure.ts";
import { noCache } from "./no_cache.ts";
import { QUESTIONS } from "./questions.ts";
import type { Figure } from "./report.ts";
import { benchConfig, importFile, openBench, withScratch } from "./scratch.ts";

const PART = 1_000_000;
const ROWS = `"ws_default"."ads_rows"`;

/** Measures the questions over `rows` rows, which come in by ordinary imports of 1 M rows each. */
export async function benchQueries(rows: number, rounds: number): Promise<Figure[]> {
  return await withScratch(async (scratch) => {
    const dataDir = join(scratch, "data");
    await fill(scratch, dataDir, rows);
    const config = benchConfig(dataDir);
    // Opened part by part, because the SQL by hand must run on the very engine that the questions are asked of.
    const duck = await Duck.open({ path: join(dataDir, "warehouse.duckdb"), memoryLimit: config.memoryLimit });
    const cache = memoryCache();
    const documents = openSqliteDocuments({ path: join(dataDir, "tessera.sqlite") });
    const outside = { documents, clock: { now: () => new Date() }, sources: sourceRegistry(builtInSources) };
    try {
      const figures = await withRollups(
        { ...outside, warehouse: openDuckWarehouse({ duck }), cache: noCache() },
        rounds,
      );
      // Without rollups, so that both sides read the same rows; opened anew, as only it may change its tables.
      await duck.run(`delete from "ws_default"."ads_rollups"`);
      const warehouse = openDuckWarehouse({ duck });
      const asked = { ...outside, warehouse, cache: noCache() };
      for (const { name, query, sql } of QUESTIONS) {
        const hand = sql(ROWS);
        const { a, b } = await inTurns(
          rounds,
          () => timed(() => duck.rows(hand)),
          () => timed(() => runMetricQuery(asked, LOCAL_OWNER, query)),
        );
        const note = `${Math.round(b)} ms, by hand ${Math.round(a)} ms`;
        figures.push({ area: "query", name, value: b / a, unit: "ratio", goal: 1, pass: 1.3, better: "less", note });
      }
      figures.push(await cachedAnswer({ ...outside, warehouse, cache }));
      return figures;
    } finally {
      await cache.close();
      await documents.close();
      await duck.close();
    }
  });
}

type Asked = Parameters<typeof runMetricQuery>[0];

async function fill(scratch: string, dataDir: string, rows: number): Promise<void> {
  const services = await openBench(dataDir);
  try {
    for (let part = 0; part * PART < rows; part++) {
      const csv = join(scratch, `part-${part}.csv`);
      await writeAdsFile({ path: csv, rows: Math.min(PART, rows - part * PART), part });
      await importFile(services, csv);
      await Deno.remove(csv);
    }
    await services.warehouse.refreshRollups({ workspace: LOCAL_OWNER.workspace, dataset: adsDataset });
  } finally {
    await services.close();
  }
}

async function withRollups(services: Asked, rounds: number): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const { name, query } of QUESTIONS) {
    const times: number[] = [];
    for (let i = 0; i < rounds; i++) times.push(await timed(() => runMetricQuery(services, LOCAL_OWNER, query)));
    figures.push({ area: "query", name: `  ${name}, rollups allowed`, value: median(times), unit: "ms" });
  }
  return figures;
}

async function cachedAnswer(services: Asked): Promise<Figure> {
  const [question] = QUESTIONS.slice(1);
  if (!question) throw new RangeError("Cannot measure a cached answer: there is no second question");
  await runMetricQuery(services, LOCAL_OWNER, question.query);
  const times: number[] = [];
  for (let i = 0; i < 500; i++) times.push(await timed(() => runMetricQuery(services, LOCAL_OWNER, question.query)));
  return {
    area: "query",
    name: `cached (${question.name})`,
    value: median(times),
    unit: "ms",
    goal: 0.5,
    pass: 1,
    better: "less",
  };
}
