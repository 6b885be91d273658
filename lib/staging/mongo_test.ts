import assert from "node:assert/strict";
import { Duck } from "@/lib/duckdb/duckdb.ts";
import { datasetSchema } from "@/lib/model/mod.ts";
import { freshDatabase, missingMongo, mongoUri } from "@/tests/servers/mongo.ts";
import { serverSuite } from "@/tests/servers/server.ts";
import { openDuckStaging } from "./duckdb.ts";
import type { FileDialect, Staging, StagingPlan } from "./mod.ts";
import { openSharedStaging } from "./mongo.ts";

const missing = missingMongo();
if (missing === null) await mongoUri();

const dataset = datasetSchema.parse({
  id: "t",
  title: "T",
  columns: [
    { name: "date", title: "Date", role: "time", type: "date", required: true },
    { name: "clicks", title: "Clicks", role: "measure", type: "integer", min: 0 },
  ],
});
const PLAN: StagingPlan = {
  importId: "a",
  dataset,
  grain: "day",
  nullTokens: [],
  totals: null,
  columns: {
    date: { from: "header", header: "Day", as: "date", formats: ["%Y-%m-%d"] },
    clicks: { from: "header", header: "Clicks", as: "number", decimal: ".", divisor: 1 },
  },
};

/** An engine's staging, and the same shared by it and by an instance that has none. */
async function withStaging(
  work: (
    stagings: { engine: Staging; here: Staging; away: Staging },
    write: (text: string) => Promise<FileDialect>,
  ) => Promise<void>,
): Promise<void> {
  await using database = await freshDatabase();
  const directory = await Deno.makeTempDir();
  const duck = await Duck.open({ path: ":memory:", stagingDirectory: directory });
  try {
    const engine = openDuckStaging({ duck, stagingDirectory: directory });
    const here = openSharedStaging({ mongo: database.open(), engine });
    const away = openSharedStaging({ mongo: database.open(), engine: null });
    await work({ engine, here, away }, async (text) => {
      const path = `${directory}/in.csv`;
      await Deno.writeTextFile(path, text);
      return { path, encoding: "utf-8", delimiter: ",", quote: '"', skipLines: 0, header: true };
    });
  } finally {
    await duck.close();
    await Deno.remove(directory, { recursive: true });
  }
}

const page = { offset: 0, limit: 10 };

serverSuite("openSharedStaging()", missing, () => {
  Deno.test("bringAside() keeps rows as another store has them, in both directions, and may begin anew", () =>
    withStaging(async ({ engine, away }) => {
      const row = (line: number) => ({
        line,
        column: "clicks",
        value: line % 2 ? null : "x\n$1",
        reason: "no",
        code: "c",
      });
      const rejected = [1, 2, 3].map(row);
      const flagged = [4, 5].map((line) => ({ ...row(line), rule: "r" }));
      for (const store of [engine, away]) {
        for (let time = 0; time < 2; time++) {
          await store.bringAside("w", "a", { list: "rejected", place: 0, rows: rejected.slice(0, 2) });
          await store.bringAside("w", "a", { list: "rejected", place: 2, rows: rejected.slice(2) });
          await store.bringAside("w", "b", { list: "flagged", place: 0, rows: flagged });
        }
        assert.deepEqual(await store.rejected("w", "a", page), { total: 3, rows: rejected });
        assert.deepEqual(await store.flagged("w", "b", page), { total: 2, rows: flagged });
        assert.deepEqual((await store.listAside("w")).sort(), ["a", "b"]);
        assert.deepEqual(await store.listAside("other"), []);
        await store.bringAside("w", "a", { list: "rejected", place: 0, rows: [] });
        assert.equal((await store.rejected("w", "a", page)).total, 0);
      }
    }));

  Deno.test("openSharedStaging() shows flagged rows on every instance, and forgets them with the rejected ones", () =>
    withStaging(async ({ here, away }, write) => {
      const flags = {
        kind: "range",
        id: "few",
        column: "clicks",
        max: 5,
        action: "flag",
        threshold: 0,
        off: false,
      } as const;
      await here.read("w", "a", await write("Day,Clicks\n2026-01-01,7\n2026-01-02,x\n2026-01-03,1\n"));
      await here.clean("w", { ...PLAN, dataset: { ...dataset, rules: [flags] } });
      const flagged = await away.flagged("w", "a", page);
      assert.deepEqual(flagged, {
        total: 1,
        rows: [{
          line: 2,
          column: "Clicks",
          value: "7",
          reason: "Clicks is above 5",
          code: "out-of-range",
          rule: "few",
        }],
      });
      assert.equal((await away.rejected("w", "a", page)).total, 1);
      await away.forget("w", "a");
      assert.equal((await away.flagged("w", "a", page)).total, 0);
      assert.equal((await away.rejected("w", "a", page)).total, 0);
    }));

  Deno.test("openSharedStaging() shows the rows that another instance's engine set aside, in their order, by pages", () =>
    withStaging(async ({ here, away, engine }, write) => {
      const bad = Array.from({ length: 1_203 }, (_, i) => `2026-01-02,-${i + 1}`);
      await here.read("default", "a", await write(`Day,Clicks\n2026-01-01,1\n${bad.join("\n")}\n`));
      const staged = await here.clean("default", PLAN);
      assert.equal(staged.counts.rejected, 1_203);
      const expected = await engine.rejected("default", "a", { offset: 0, limit: 5_000 });
      assert.deepEqual(await away.rejected("default", "a", { offset: 0, limit: 5_000 }), expected);
      const [late] = (await away.rejected("default", "a", { offset: 1_200, limit: 1 })).rows;
      assert.deepEqual(late, expected.rows[1_200]);
      await here.discard("default", "a");
      assert.deepEqual(await here.rejected("default", "a", { offset: 0, limit: 5_000 }), expected);
      assert.equal((await away.rejected("other", "a", page)).total, 0);
      await away.forget("default", "a");
      assert.deepEqual(await here.rejected("default", "a", page), { total: 0, rows: [] });
    }));

  Deno.test("openSharedStaging() puts what a later run set aside in place of the earlier one's", () =>
    withStaging(async ({ here, away }, write) => {
      const text = "Day,Clicks\n2026-01-01,1\n2026-01-02,-1\n2026-01-03,-2\n";
      for (const min of [0, -1]) {
        const columns = dataset.columns.map((column) => column.name === "clicks" ? { ...column, min } : column);
        await here.read("default", "a", await write(text));
        await here.clean("default", { ...PLAN, dataset: { ...dataset, columns } });
        await here.discard("default", "a");
      }
      const { total, rows } = await away.rejected("default", "a", page);
      assert.deepEqual([total, rows.map(({ line, value }) => [line, value])], [1, [[4, "-2"]]]);
    }));

  Deno.test("openSharedStaging() keeps what could not be read of a file that never came to cleaning", () =>
    withStaging(async ({ here, away }, write) => {
      await here.read("default", "a", await write("Day,Clicks\n2026-01-01,1\n2026-01-02,1,1,1\n"));
      await here.discard("default", "a");
      const { rows } = await away.rejected("default", "a", page);
      assert.deepEqual(rows.map(({ line, code }) => [line, code]), [[3, "wrong-cell-count"]]);
      await here.discard("default", "a");
      assert.equal((await away.rejected("default", "a", page)).total, 1, "discarding is safe to repeat");
    }));

  Deno.test("openSharedStaging() without an engine says that another instance cleans files", () =>
    withStaging(async ({ away }, write) => {
      const dialect = await write("Day,Clicks\n");
      await assert.rejects(away.read("default", "a", dialect), /another one of the installation/);
      await away.discard("default", "a");
    }));
});
