/** Acts that count together, on one dataset or several: whoever reads sees all of them or none. */
import assert from "node:assert/strict";
import { ConflictError, NotFoundError } from "@/lib/errors.ts";
import type { Act } from "@/lib/warehouse/mod.ts";
import { fact, Facts } from "./warehouse.ts";
import { testDataset } from "./warehouse_rows.ts";

/** Adds the cases to a contract. */
export function warehouseTogether(it: (title: string, run: (facts: Facts) => Promise<void>) => void): void {
  it("together() publishes into several datasets by one switch, turns them alike, and repeats its answer", async (facts) => {
    const [one, other] = twoOf(facts);
    await one.publish("before", [fact(1, "c1", 1)]);
    await one.stage("i1", [fact(1, "c1", 10)]);
    await other.stage("i1_2", [fact(2, "c2", 20), fact(2, "c3", 30)]);
    const acts = [publish(one, "i1", 1), publish(other, "i1_2", 0)];
    const watch = watching(one, other);
    const results = await facts.warehouse.together(acts);
    const seen = await watch.ended();
    assert.deepEqual(results.map(({ version, inserted, updated }) => [version, inserted, updated]), [[2, 0, 1], [
      1,
      2,
      0,
    ]]);
    assert.deepEqual([await one.clicks(), await other.clicks()], [{ c1: 10n }, { c2: 20n, c3: 30n }]);
    assert.deepEqual(seen.filter(([a, b]) => (a === 2) !== (b === 1)), [], "one was seen without the other");
    assert.deepEqual(await facts.warehouse.together(acts), results);

    await facts.warehouse.together([turn(other, "i1_2", "rollback", 1), turn(one, "i1", "rollback", 2)]);
    assert.deepEqual([await one.clicks(), await other.clicks()], [{ c1: 1n }, {}]);
    await facts.warehouse.together([turn(one, "i1", "restore", 3), turn(other, "i1_2", "restore", 2)]);
    assert.deepEqual([await one.clicks(), await other.clicks()], [{ c1: 10n }, { c2: 20n, c3: 30n }]);
    assert.deepEqual([await one.version(), await other.version()], [4, 3]);
  });

  it("together() does nothing at all where one of the acts cannot be done", async (facts) => {
    const [one, other] = twoOf(facts);
    await other.publish("before", [fact(1, "c1", 1)]);
    await one.stage("i1", [fact(1, "c1", 10)]);
    await other.stage("i1_2", [fact(2, "c2", 20)]);
    const refused: [Act, typeof ConflictError | typeof NotFoundError][] = [
      [publish(other, "i1_2", 0), ConflictError],
      [publish(other, "never_staged", 1), NotFoundError],
      [turn(other, "before", "restore", 1), ConflictError],
    ];
    for (const [act, reason] of refused) {
      await assert.rejects(() => facts.warehouse.together([publish(one, "i1", 0), act]), reason);
      assert.deepEqual([await one.clicks(), await other.clicks()], [{}, { c1: 1n }]);
      assert.equal((await facts.warehouse.state(one.ref)).rows, 0);
    }
    // What was written and taken back stands in nobody's way.
    await facts.warehouse.together([
      publish(one, "i1", await one.version()),
      publish(other, "i1_2", await other.version()),
    ]);
    assert.deepEqual([await one.clicks(), await other.clicks()], [{ c1: 10n }, { c1: 1n, c2: 20n }]);
  });

  it("together() works each act out on those before it; nobody reads as of a version in between", async (facts) => {
    await facts.publish("before", [fact(1, "c1", 1), fact(1, "c2", 2)]);
    await facts.stage("i1", [fact(1, "c1", 10), fact(2, "c1", 5)]);
    // The same level and a key of the first part, a column that nothing had, and another level.
    await facts.stage("i1_2", [fact(1, "c1", 100, { reach: 7 }), fact(3, "c9", 9, { reach: 1 })]);
    await facts.stage("i1_3", [fact(1, "c1", 40, { device: "mobile" })]);
    const results = await facts.warehouse.together([
      publish(facts, "i1", 1),
      publish(facts, "i1_2", 1, "replace"),
      publish(facts, "i1_3", 1),
    ]);
    assert.deepEqual(results.map(({ inserted, updated, removed }) => [inserted, updated, removed]), [
      [1, 1, 0],
      [1, 1, 2],
      [1, 0, 0],
    ]);
    assert.deepEqual(await facts.clicks(), { c1: 100n, c9: 9n });
    const [first, second, last] = results.map(({ version }) => version);
    assert.equal(await facts.version(), last);
    for (const asOf of ["i1", "i1_2", "i1_3", String(first), String(second), String(last)]) {
      assert.equal(await facts.warehouse.versionAsOf(facts.ref, asOf), last, asOf);
    }
    assert.equal(await facts.warehouse.versionAsOf(facts.ref, "before"), 1);
    assert.deepEqual(await facts.clicks(1), { c1: 1n, c2: 2n });
    await facts.warehouse.refreshRollups(facts.ref);
    const stands = await facts.rows();
    const backwards = ["i1_3", "i1_2", "i1"].map((id) => turn(facts, id, "rollback", last!));
    await facts.warehouse.together(backwards);
    assert.deepEqual(await facts.clicks(), { c1: 1n, c2: 2n });
    const now = await facts.version();
    await facts.warehouse.together(["i1", "i1_2", "i1_3"].map((id) => turn(facts, id, "restore", now)));
    assert.deepEqual((await facts.rows()).rows, stands.rows);
  });
}

function publish({ ref }: Facts, id: string, expectedVersion: number, mode: "merge" | "replace" = "merge"): Act {
  return { ref, import: id, act: "publish", expectedVersion, mode, provisionalFrom: null };
}

function turn({ ref }: Facts, id: string, act: "rollback" | "restore", expectedVersion: number): Act {
  return { ref, import: id, act, expectedVersion };
}

function twoOf({ opened, ref: { workspace } }: Facts): [Facts, Facts] {
  const of = (id: string) => new Facts(opened, { workspace, dataset: { ...testDataset, id } });
  return [of("joint_b"), of("joint_a")];
}

/**
 * Reads both versions over and over, the first one once more at the end: where it is the same, both stood at one moment.
 */
function watching(one: Facts, other: Facts) {
  const seen: [number, number][] = [];
  let isOver = false;
  const reading = (async () => {
    while (!isOver) {
      const [first, second, again] = [await one.version(), await other.version(), await one.version()];
      if (first === again) seen.push([first, second]);
      await new Promise((resolve) => setTimeout(resolve));
    }
  })();
  return {
    async ended(): Promise<[number, number][]> {
      isOver = true;
      await reading;
      assert.ok(seen.length > 0, "nothing was read");
      return seen;
    },
  };
}
