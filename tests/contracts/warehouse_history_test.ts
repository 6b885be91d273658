/** A history that another engine took over answers as before, and so does every act afterwards; there and back again. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { Duck } from "@/lib/duckdb/duckdb.ts";
import { ConflictError } from "@/lib/errors.ts";
import { openDuckWarehouse } from "@/lib/warehouse/duckdb.ts";
import { historyMark } from "@/lib/warehouse/mod.ts";
import { openMongoWarehouse } from "@/lib/warehouse/mongo.ts";
import { type FreshDatabase, freshDatabase, missingMongo, mongoUri } from "@/tests/servers/mongo.ts";
import { serverSuite } from "@/tests/servers/server.ts";
import { actArbitrary, Alike, type AlikeStore } from "./alike_acts.ts";
import { fact, Facts } from "./warehouse.ts";
import { stageTestRows, testDataset } from "./warehouse_rows.ts";

const missing = missingMongo();
if (missing === null) await mongoUri();

/** Hands a dataset over, whole; `stop` ends it before that part. */
async function hand(from: AlikeStore, to: AlikeStore, stop = Infinity): Promise<boolean> {
  const outline = await from.warehouse.history.outline(from.ref);
  const begun = await to.warehouse.history.begin(to.ref, outline);
  if (begun === "there") return true;
  for await (const part of from.warehouse.history.parts(from.ref, outline, begun.parts)) {
    if (part.index >= stop) return false;
    await to.warehouse.history.take(to.ref, outline, part);
  }
  await to.warehouse.history.end(to.ref, outline);
  return true;
}

/** Warehouses of both engines over one DuckDB and one database, each dataset of a run in workspaces of its own. */
function openBoth(duck: Duck, fresh: FreshDatabase, id: string, now?: () => Date) {
  const dataset = { ...testDataset, id };
  const mongo = fresh.open();
  return {
    duck: (workspace: string): AlikeStore => ({
      warehouse: openDuckWarehouse({ duck, now }),
      ref: { workspace, dataset },
    }),
    mongo: (workspace: string): AlikeStore => ({
      warehouse: openMongoWarehouse({ mongo, duck, now }),
      ref: { workspace, dataset },
    }),
  };
}

serverSuite("histories", missing, () => {
  Deno.test("a history answers alike wherever it was taken over, and so does what is done to it afterwards", async () => {
    await using fresh = await freshDatabase();
    const duck = await Duck.open({ path: ":memory:", threads: 2 });
    let run = 0;
    // Compaction afterwards may find less to do: claims that say nothing any more stay behind.
    const later = actArbitrary.filter(({ act }) => act !== "compact");
    try {
      await fc.assert(
        fc.asyncProperty(
          fc.array(actArbitrary, { minLength: 1, maxLength: 8 }),
          fc.array(later, { maxLength: 3 }),
          async (before, after) => {
            const clock = { at: Date.parse("2026-02-01T00:00:00Z") };
            const open = openBoth(duck, fresh, `history_${run++}`, () => new Date(clock.at));
            const [first, second] = [open.duck("first"), open.mongo("second")];
            const alike = new Alike(duck, [first, second], clock);
            for (const act of before) await alike.do(act);
            if ((await first.warehouse.state(first.ref)).version === 0) return;
            const [there, back, other] = [open.mongo("there"), open.duck("back"), open.duck("other")];
            await hand(first, there);
            await hand(there, back);
            await hand(second, other);
            alike.stores.push(there, back, other);
            const marks = await Promise.all(
              alike.stores.map(async ({ warehouse, ref }) => historyMark(await warehouse.history.outline(ref))),
            );
            assert.equal(new Set(marks).size, 1, "the outlines differ");
            await alike.compareHistory();
            for (const act of after) await alike.do(act);
            await alike.compareHistory();
          },
        ),
        { numRuns: Number(Deno.env.get("ALIKE_RUNS") ?? 4), seed: Number(Deno.env.get("ALIKE_SEED") ?? 20_260_102) },
      );
    } finally {
      await duck.close();
    }
  });

  for (const [from, to] of [["duck", "mongo"], ["mongo", "duck"]] as const) {
    Deno.test(`${from} to ${to}: a history that is there is found, one begun goes on, another is dropped or refused`, async () => {
      await using fresh = await freshDatabase();
      const duck = await Duck.open({ path: ":memory:", threads: 2 });
      try {
        const open = openBoth(duck, fresh, "resumed");
        const [source, target] = [open[from]("source"), open[to]("target")];
        const facts = new Facts({
          warehouse: source.warehouse,
          stageRows: (ref, rows, id, file) => stageTestRows(duck, ref, rows, id, file),
          close: () => Promise.resolve(),
        }, source.ref);
        await facts.publish("i1", [fact(1, "c1", 10), fact(2, "c1", 20)]);
        assert.equal(await hand(source, target, 1), false);
        assert.equal((await target.warehouse.state(target.ref)).version, 0);
        // What was begun is of another history by now.
        await facts.publish("i2", [fact(2, "c1", 21, { device: "mobile" }), fact(3, "c2", 5)]);
        assert.equal(await hand(source, target, 2), false);
        const outline = await source.warehouse.history.outline(source.ref);
        assert.deepEqual(await target.warehouse.history.begin(target.ref, outline), { parts: 2 });
        for await (const part of source.warehouse.history.parts(source.ref, outline, 2)) {
          // Acknowledged or not: it may be sent again.
          for (let time = 0; time < 2; time++) await target.warehouse.history.take(target.ref, outline, part);
        }
        for (let time = 0; time < 2; time++) await target.warehouse.history.end(target.ref, outline);
        assert.equal(await target.warehouse.history.begin(target.ref, outline), "there");
        const taken = new Facts({ ...facts.opened, warehouse: target.warehouse }, target.ref);
        assert.deepEqual(await taken.rows(), await facts.rows());
        assert.deepEqual(await taken.rows(1), await facts.rows(1));
        await taken.rollback("i2");
        assert.deepEqual((await taken.rows()).rows, (await facts.rows(1)).rows);
        await assert.rejects(
          target.warehouse.history.begin(target.ref, outline),
          (error) => error instanceof ConflictError && error.code === "own-history",
        );
        await target.warehouse.refreshRollups(target.ref);
        await facts.publish("i3", [fact(1, "c1", 11)]);
        const now = await source.warehouse.history.outline(source.ref);
        assert.deepEqual(await target.warehouse.history.begin(target.ref, now, { replace: true }), { parts: 0 });
        assert.equal(await hand(source, target), true);
        await target.warehouse.refreshRollups(target.ref);
        assert.deepEqual(await taken.rows(), await facts.rows());
        assert.deepEqual(await taken.clicks(), await facts.clicks());
      } finally {
        await duck.close();
      }
    });
  }

  Deno.test("a version that was given out and never counted is a gap, and nothing of it is taken over", async () => {
    await using fresh = await freshDatabase();
    const duck = await Duck.open({ path: ":memory:", threads: 2 });
    try {
      const clock = { at: Date.parse("2026-02-01T00:00:00Z") };
      const open = openBoth(duck, fresh, "gap", () => new Date(clock.at));
      const [source, target] = [open.mongo("source"), open.duck("target")];
      const opened = {
        warehouse: source.warehouse,
        stageRows: stageTestRows.bind(null, duck),
        close: () => Promise.resolve(),
      };
      const facts = new Facts(opened, source.ref);
      await facts.publish("i1", [fact(1, "c1", 10), fact(2, "c1", 20)]);
      await facts.stage("lost", [fact(1, "c1", 11)]);
      await duck.run("drop table ws_source.typed_lost");
      await assert.rejects(
        source.warehouse.publish(source.ref, "lost", { expectedVersion: 1, mode: "merge", provisionalFrom: null }),
      );
      assert.equal((await facts.publish("i2", [fact(2, "c1", 21)])).version, 3);
      await hand(source, target);
      const alike = new Alike(duck, [source, target], clock);
      await alike.compareHistory();
      for (const pick of [0, 1]) await alike.do({ act: "turn", pick });
      clock.at += 60_000;
      await alike.do({ act: "compact", ago: 0 });
      await alike.compareHistory();
      const taken = new Facts({ ...opened, warehouse: target.warehouse }, target.ref);
      assert.deepEqual(await taken.rows(), await facts.rows());
    } finally {
      await duck.close();
    }
  });
});
