/** Forecasts where processes die: killed in the middle of the job, two instances at once, and a night's tick in server mode. */
import assert from "node:assert/strict";
import type { DocumentStore } from "@/lib/documents/mod.ts";
import { openMongoDocuments } from "@/lib/documents/mongo.ts";
import { openSqliteDocuments } from "@/lib/documents/sqlite.ts";
import { forecastsCollection, type StoredForecast } from "@/lib/forecast/stored_forecast.ts";
import { FORECASTS_JOB } from "@/lib/ingest/job_names.ts";
import { type JobRun, jobRunsCollection } from "@/lib/jobs/job_run.ts";
import { addDays } from "@/lib/model/calendar.ts";
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

const START = "2025-01-06";
/** Spend, value, conversions and clicks of everything (there are no orders), two metrics of each of four campaigns. */
const SERIES = 4 + 4 * 2;
/** What the slowest machine may take. */
const LONG = 180_000;

/** Days of campaigns with a weekly pattern. */
function csv(from: number, days: number): string {
  const lines = ["date,platform,account,campaign,currency,impressions,clicks,spend,conversions,conversion_value"];
  for (let at = from; at < from + days; at++) {
    for (let campaign = 1; campaign <= 4; campaign++) {
      const spend = campaign * (100 + 20 * (at % 7) + (at * 37 % 11));
      const clicks = Math.round(spend / 2);
      const row = [addDays(START, at), "google_ads", "Shop", `Campaign ${campaign}`, "EUR", clicks * 20, clicks, spend];
      lines.push([...row, at % 5 + campaign, 3 * spend].join(","));
    }
  }
  return lines.join("\n") + "\n";
}

async function importFile(server: ServerProcess, filename: string, body: string): Promise<void> {
  const { id } = await api(server, `/api/imports?dataset=ads&filename=${filename}`, { method: "POST", body });
  await until(`${filename} is published`, async () => {
    const job = await api(server, `/api/imports/${id}`);
    assert.notEqual(job.state, "failed", JSON.stringify(job));
    return job.state === "published";
  }, LONG);
}

async function kept(documents: DocumentStore): Promise<StoredForecast[]> {
  const { items } = await documents.list(forecastsCollection, "default", { limit: 1_000 });
  return items.map(({ doc }) => doc);
}

async function run(documents: DocumentStore, id = `${FORECASTS_JOB}:ads`): Promise<JobRun | undefined> {
  return (await documents.get(jobRunsCollection, "default", id))?.doc;
}

/** The run that an import asked for is done, and nothing waits behind it. */
const rests = (documents: DocumentStore) =>
  until("the job is done", async () => {
    const found = await run(documents);
    assert.notEqual(found?.state, "failed", JSON.stringify(found));
    return found?.state === "done" && !found.again;
  }, LONG);

/** Forecasts that stand before others are made, each still the very one that it was; every series once. */
function assertOnce(all: readonly StoredForecast[], before: readonly StoredForecast[]): void {
  const series = all.map(({ series, trainedTo }) => `${series} ${trainedTo}`);
  assert.equal(new Set(series).size, series.length, "each series is forecast once");
  const made = new Map(all.map(({ id, made }) => [id, made]));
  for (const { id, made: first } of before) assert.equal(made.get(id), first, `${id} was made again`);
}

Deno.test("[fault] a server killed in the middle of the forecasts goes on where it was: every forecast once", () =>
  withServers(async (start, directory) => {
    let server = await start();
    await importFile(server, "a.csv", csv(0, 100));
    const documents = openSqliteDocuments({ path: `${directory}/tessera.sqlite` });
    try {
      let before: StoredForecast[] = [];
      let inside = 0;
      for (const count of [1, 3, 6]) {
        const now = await until(`${count} forecasts are kept`, async () => {
          const all = await kept(documents);
          return all.length >= count && all;
        }, LONG);
        inside += Number((await run(documents))?.state === "running");
        server.signal("SIGKILL");
        await server.ended;
        assertOnce(now, before);
        before = await kept(documents);
        server = await start();
      }
      assert.ok(inside > 0, "no forecast was under way when its server was killed");
      await rests(documents);
      const all = await kept(documents);
      assertOnce(all, before);
      assert.equal(all.length, SERIES);
      assert.match(await (await fetch(`${server.origin}/data/datasets/ads/forecasts`)).text(), /12 forecasts are kept/);
    } finally {
      await documents.close();
    }
    server.signal("SIGTERM");
    assert.equal(await server.ended, 0);
  }));

serverSuite("[fault] forecasts of several instances", missing, () => {
  Deno.test("[fault] two instances at once, one of them killed on the way: every forecast once", () =>
    withInstances(async ({ start, mongo }) => {
      const documents = await openMongoDocuments({ mongo });
      const [one, two] = await Promise.all([start(), start()]);
      await importFile(one, "a.csv", csv(0, 100));
      const before = await until("forecasts are under way", async () => {
        const all = await kept(documents);
        return all.length >= 2 && all;
      }, LONG);
      const told = (server: ServerProcess) => server.output().includes("Forecasts are up to date");
      // Whoever has the run dies; were it done already, there would be nothing to take over.
      assert.equal((await run(documents))?.state, "running");
      one.signal("SIGKILL");
      await one.ended;
      await rests(documents);
      const all = await kept(documents);
      assertOnce(all, before);
      assert.equal(all.length, SERIES);
      assert.ok(told(two) || told(one));

      // Both at once, from nothing: the night's run on each side of the same database.
      for (const { id } of all) await documents.delete(forecastsCollection, "default", id);
      const three = await start();
      await Promise.all(
        [two, three].map((server, at) => importFile(server, `b${at}.csv`, csv(100 + 3 * at, 3))),
      );
      await until("both imports were learned from", async () => {
        const newest = (await kept(documents)).filter(({ trainedTo }) => trainedTo === addDays(START, 105));
        return newest.length === SERIES;
      }, LONG);
      await rests(documents);
      assertOnce(await kept(documents), []);
    }));

  Deno.test("[fault] a night in server mode: a tick forecasts, the next import settles, the page shows how right it was", () =>
    withInstances(async ({ start, mongo }) => {
      const documents = await openMongoDocuments({ mongo });
      const server = await start({ DENO_CRON_TEST_SCHEDULE_OFFSET: "500" });
      await importFile(server, "a.csv", csv(0, 100));
      await rests(documents);
      const first = await kept(documents);
      // As if the next night had come over data that nobody forecast: its slot is free again.
      for (const { id } of first) await documents.delete(forecastsCollection, "default", id);
      const { items } = await documents.list(jobRunsCollection, "default", {
        index: "bySlot",
        equals: [FORECASTS_JOB],
      });
      assert.ok(items.length > 0, "the night's slot was run at the start");
      for (const { doc } of items) await documents.delete(jobRunsCollection, "default", doc.id);
      await until("the tick's run is done", async () => {
        const { items } = await documents.list(jobRunsCollection, "default", {
          index: "bySlot",
          equals: [FORECASTS_JOB],
        });
        return items.some(({ doc }) => doc.state === "done");
      }, LONG);
      const made = await kept(documents);
      assert.deepEqual(made.map(({ id }) => id).toSorted(), first.map(({ id }) => id).toSorted());

      await importFile(server, "b.csv", csv(100, 5));
      await until("forecasts are settled", async () => {
        const own = (await kept(documents)).filter(({ trainedTo }) => trainedTo === addDays(START, 99));
        return own.length === made.length && own.every(({ settled }) => settled.some(({ final }) => final));
      }, LONG);
      await rests(documents);
      const page = await (await fetch(`${server.origin}/data/datasets/ads/forecasts`)).text();
      assert.match(page, /Kept forecasts<\/dt><dd>24<.*Off by.*%.*Worst misses/s);
    }));
});
