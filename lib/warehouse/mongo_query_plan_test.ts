import assert from "node:assert/strict";
import fc from "fast-check";
import type { Document } from "@/lib/mongo/mongo.ts";
import { memoryCache } from "@/lib/cache/memory.ts";
import { askMongo } from "@/tests/queries/ask_fixture.ts";
import { facts, question, testDataset } from "@/tests/queries/generated.ts";
import { createMongoFacts } from "@/tests/queries/mongo_facts.ts";
import { freshDatabase, missingMongo, mongoUri } from "@/tests/servers/mongo.ts";
import { serverSuite } from "@/tests/servers/server.ts";
import type { FactQuery } from "./mod.ts";
import { visibleAt } from "./mongo_layout.ts";
import { matchPicked } from "./mongo_query_cells.ts";
import { compileMatch } from "./mongo_query_filter.ts";
import { groupPipeline } from "./mongo_query_groups.ts";
import { type GroupPlan, groupStage, numbersStage, valuesStage } from "./mongo_query_plan.ts";

const missing = missingMongo();
if (missing === null) await mongoUri();

const query: FactQuery = {
  version: 3,
  from: "2026-01-01",
  to: "2026-03-31",
  groups: [{ id: "period", column: "date", grain: "quarter" }, { id: "country", column: "country" }],
  aggregates: [
    { id: "spend", fn: "sum", column: "spend" },
    { id: "lines", fn: "count_rows" },
    { id: "priced", fn: "count", column: "spend" },
    { id: "largest", fn: "max", column: "value" },
    { id: "reach", fn: "only", column: "reach" },
    { id: "campaigns", fn: "count_distinct", column: "campaign" },
  ],
  where: null,
  order: [],
  limit: 10,
  offset: 0,
  totals: true,
};
const levels = [{ level: 1, name: "day:campaign_id+country", grain: "day", columns: ["campaign_id", "country"] }];
const known = { dataset: testDataset, levels, rollups: [], currentVersion: 3, provisional: null };
const plan: GroupPlan = { known, query, rollup: null, wraps: false, told: false };

Deno.test("groupStage() asks for sums by stored values, and for what tells whether there is anything to sum", () => {
  assert.deepEqual(groupPipeline({ w: "default", ...visibleAt(3, []) }, groupStage(plan)), [
    { $match: { w: "default", f: { $lte: 3 }, t: { $gt: 3 } } },
    {
      $group: {
        _id: { m: "$m", k6: "$v.country" },
        n: { $sum: 1n },
        s11: { $sum: "$v.spend" },
        x11: { $max: "$v.spend" },
        c11: { $sum: { $cond: [{ $gt: ["$v.spend", null] }, 1n, 0n] } },
        x12: { $max: "$v.value" },
        x13: { $max: "$v.reach" },
        c13: { $sum: { $cond: [{ $gt: ["$v.reach", null] }, 1n, 0n] } },
      },
    },
  ]);
});

Deno.test("groupStage() asks servers that answer large sums wrongly for bounds, and tells levels apart where asked", () => {
  const { _id, i11, first, last } = groupStage({ ...plan, wraps: true, told: true });
  assert.deepEqual(_id, { l: "$l", o: "$o", m: "$m", k6: "$v.country" });
  assert.deepEqual([i11, first, last], [{ $min: "$v.spend" }, { $min: "$d" }, { $max: "$u" }]);
});

Deno.test("groupStage() adds the sums of a rollup", () => {
  const rollup = { name: "rollup_month", grain: "month" as const, dimensions: ["country"], version: 3 };
  const aggregates = query.aggregates.slice(0, 3);
  assert.deepEqual(groupStage({ ...plan, rollup, query: { ...query, aggregates } }), {
    _id: { d: "$d", k6: "$v.country" },
    n: { $sum: "$n" },
    s11: { $sum: "$s.spend.sum" },
    c11: { $sum: "$s.spend.n" },
  });
});

Deno.test("valuesStage() and numbersStage() ask for each different value of a group", () => {
  const names = { k4: "$v.campaign", k3: "$v.campaign_id", o: "$o", a: "$a" };
  assert.deepEqual(valuesStage(plan, "campaign"), { _id: { m: "$m", k6: "$v.country", ...names } });
  const numbers = { _id: { m: "$m", k6: "$v.country", x: "$v.spend" }, n: { $sum: 1n } };
  assert.deepEqual(numbersStage(plan, "spend"), numbers);
});

Deno.test("groupPipeline() marks texts only for servers that read keys as expressions", () => {
  const stage = { _id: { l: "$l", k6: "$v.country" }, n: { $sum: 1n } };
  const marked = { _id: { l: "$l", k6: { $concat: ["=", "$v.country"] } }, n: { $sum: 1n } };
  assert.deepEqual(groupPipeline(true, stage, ["k6"]), [{ $match: {} }, { $group: marked }]);
});

Deno.test("compileMatch() makes operators of operators only", () => {
  const match = (where: NonNullable<FactQuery["where"]>) =>
    compileMatch({ dataset: testDataset, label: () => null }, where);
  assert.deepEqual(match({ column: "country", op: "in", values: ["$where", "DE"] }), {
    "v.country": { $in: ["$where", "DE"] },
  });
  assert.deepEqual(match({ not: { column: "country", op: "is-empty" } }), {
    $nor: [{ "v.country": { $in: [null, ""] } }],
  });
  assert.deepEqual(match({ column: "spend", op: "is-empty" }), { "v.spend": null });
  assert.deepEqual(match({ column: "date", op: "less", value: "2026-02-01" }), { d: { $lt: "2026-02-01" } });
  assert.deepEqual(match({ column: "spend", op: "greater-or-equal", value: 5n }), { "v.spend": { $gte: 5n } });
  assert.deepEqual(match({ column: "country", op: "ends-with", value: "e)" }), {
    "v.country": { $regex: "[eE]\\)\\z" },
  });
  assert.deepEqual([match({ all: [] }), match({ any: [] }), match({ not: { any: [] } })], [true, false, true]);
  assert.equal(match({ all: [{ any: [] }, { column: "spend", op: "is-empty" }] }), false);
});

Deno.test("matchPicked() writes as few ranges of days as there can be", () => {
  const cell = (level: number, account: string, day: string) => ({
    platform: "p",
    account,
    day,
    until: day,
    level,
    import: 1,
    attributes: 0,
  });
  const a = ["2026-01-01", "2026-01-02", "2026-01-09", "2026-01-10"].map((day) => cell(1, "a", day));
  const b = [cell(1, "b", "2026-01-01"), cell(1, "b", "2026-01-02")];
  const c = [cell(2, "a", "2026-01-09")];
  const spans = [{ ...cell(3, "c", "2026-01-01"), until: "2026-01-31" }];
  const daily = [...a, ...b, ...c];
  const match = (days: typeof daily, periods = spans) =>
    matchPicked({ days, spans: periods, leftOut: [] }, { daily, spans });
  const own = { l: 1, o: "p", a: "a" };
  assert.deepEqual(match([a[0]!, a[1]!, a[3]!, ...b, ...c]), {
    $or: [
      { l: 2 },
      { ...own, d: { $gte: "2026-01-01", $lte: "2026-01-02" } },
      { ...own, d: { $gte: "2026-01-10", $lte: "2026-01-10" } },
      { l: 1, o: "p", a: "b" },
      { l: 3, o: "p", a: "c", d: "2026-01-01", u: "2026-01-31" },
    ],
  });
  assert.deepEqual(match([...a, ...b, ...c], []), { l: { $in: [1, 2] } });
  assert.equal(match([], []), false);
});

/** What MongoDB 5, look-alikes in the cloud and the server of the tests all have. */
const COMMON = new Set([
  ...["$match", "$group", "$project", "$unwind"],
  ...["$and", "$or", "$nor", "$in", "$nin", "$ne", "$gt", "$gte", "$lt", "$lte", "$regex"],
  ...["$sum", "$min", "$max", "$cond", "$concat", "$literal"],
]);

serverSuite(
  "operators",
  missing,
  () =>
    Deno.test("questions use only operators that every server of the protocol has", async () => {
      await using database = await freshDatabase();
      const mongo = database.open();
      const used = new Set<string>();
      const world = facts.chain((one) => fc.tuple(fc.constant(one), fc.array(question(one.version), { minLength: 8 })));
      await fc.assert(
        fc.asyncProperty(world, async ([one, questions]) => {
          const fixture = await createMongoFacts(mongo, one);
          const watch = <T extends object>(collection: T): T =>
            new Proxy(collection, {
              get(target, name) {
                const value = Reflect.get(target, name);
                if (typeof value !== "function") return value;
                return (...args: unknown[]) => {
                  if (name === "aggregate") operatorsOf(args[0], used);
                  return value.apply(target, args);
                };
              },
            });
          const { read } = fixture;
          const rollup = (name: string) => watch(read.rollup(name));
          const watched = {
            ...read,
            rows: watch(read.rows),
            coverage: watch(read.coverage),
            heads: watch(read.heads),
            rollup,
          };
          const ask = askMongo(
            { tests: { ...fixture, read: { ...watched, labels: watch(read.labels) } } },
            memoryCache(),
          );
          for (const input of questions) await ask(input);
        }),
        { numRuns: 20, seed: 20_260_101 },
      );
      assert.deepEqual([...used].filter((name) => !COMMON.has(name)), []);
      for (const name of ["$group", "$or", "$nor", "$regex", "$cond"]) {
        assert.ok(used.has(name), `${name} was never asked for`);
      }
    }),
);

/** Names of operators and stages; values that begin with a dollar are paths, and texts are none. */
function operatorsOf(part: unknown, found: Set<string>): void {
  if (Array.isArray(part)) part.forEach((one) => operatorsOf(one, found));
  if (typeof part !== "object" || part === null || Array.isArray(part)) return;
  for (const [name, value] of Object.entries(part as Document)) {
    if (name.startsWith("$")) found.add(name);
    operatorsOf(value, found);
  }
}
