import assert from "node:assert/strict";
import fc from "fast-check";
import { memoryCache } from "@/lib/cache/memory.ts";
import { Duck } from "@/lib/duckdb/duckdb.ts";
import { type MetricQueryInput, metricQuerySchema, type MetricResult } from "@/lib/model/mod.ts";
import { freshDatabase, missingMongo, mongoUri } from "@/tests/servers/mongo.ts";
import { serverSuite } from "@/tests/servers/server.ts";
import { createFactTables, type Facts } from "./fact_tables.ts";
import { facts, question, testDataset } from "./generated.ts";
import { answerNaively } from "./naive.ts";
import { askFixture, askMongo } from "./ask_fixture.ts";
import { createMongoFacts } from "./mongo_facts.ts";
import type { AskedFacts } from "./query_cases.ts";

/**
 * Each run another world. Every start tests the same ones, so that a failure is the change's own; after a change of the
 * compiler, `QUERY_RUNS=400 QUERY_SEED=$RANDOM` draws others, and `QUERY_SHRINK=1` makes a failure small.
 */
const RUNS = 16;
const SEED = 20_260_101;

const world = facts.chain((one) =>
  fc.record({
    facts: fc.constant(one),
    questions: fc.array(question(one.version), { minLength: 10, maxLength: 10 }),
    // With a memory names that never changed are not looked up; the answer is the same.
    memory: fc.boolean(),
  })
);

/** Worlds that chance rarely makes: a comparison that begins on a day which the year before does not have. */
const LEAP: Facts = {
  dataset: testDataset,
  version: 1,
  levels: [{ level: 1, name: "day:campaign_id", grain: "day", columns: ["campaign_id"] }],
  rows: ["2023-03-01", "2024-02-29", "2024-03-01", "2024-03-02"].map((date, i) => ({
    level: 1,
    import: 1,
    from: 1,
    to: null,
    values: { date, platform: "google_ads", campaign_id: "1", currency: "EUR", clicks: BigInt(i + 1) },
  })),
};
const leapQuestion = (from: string, grain?: "day"): MetricQueryInput => ({
  dataset: "tests",
  metrics: ["lines"],
  range: { from, to: "2024-03-07" },
  compare: "previous-year",
  totals: true,
  grain,
});
const EXAMPLES = [{
  facts: LEAP,
  questions: ["2024-02-28", "2024-02-29"].flatMap((from) => [leapQuestion(from), leapQuestion(from, "day")]),
  memory: false,
}];

const missing = missingMongo();
if (missing === null) await mongoUri();

Deno.test("runMetricQuery() over DuckDB answers any question as a plain calculation over the same rows does", async () => {
  const duck = await Duck.open({ path: ":memory:", threads: 1 });
  try {
    await holdAgainstNaive(async (facts, memory) => {
      const context = await createFactTables(duck, facts);
      if (memory) context.memory = new Map();
      return askFixture(duck, { tests: context }, memoryCache());
    });
  } finally {
    await duck.close();
  }
});

serverSuite(
  "runMetricQuery() over MongoDB",
  missing,
  () =>
    Deno.test("runMetricQuery() over MongoDB answers any question as a plain calculation does", async () => {
      await using database = await freshDatabase();
      const mongo = database.open();
      await holdAgainstNaive(async (facts) => askMongo({ tests: await createMongoFacts(mongo, facts) }));
    }),
);

serverSuite(
  "both warehouses",
  missing,
  () =>
    Deno.test("both warehouses answer alike, with the same levels and notices", async () => {
      const duck = await Duck.open({ path: ":memory:", threads: 1 });
      await using database = await freshDatabase();
      const mongo = database.open();
      try {
        await fc.assert(
          fc.asyncProperty(world, async ({ facts, questions }) => {
            const left = askFixture(duck, { tests: await createFactTables(duck, facts) });
            const right = askMongo({ tests: await createMongoFacts(mongo, facts) });
            for (const input of questions) {
              assert.deepEqual(timeless(await right(input)), timeless(await left(input)), JSON.stringify(input));
            }
          }),
          settings(),
        );
      } finally {
        await duck.close();
      }
    }),
);

/** Without what only the moment of answering knows, and what a store answers by. */
function timeless({ meta, ...answer }: MetricResult) {
  return { ...answer, meta: { ...meta, cached: null, milliseconds: null, rollup: null } };
}

/** Asks questions to worlds that `open` makes. */
async function holdAgainstNaive(open: (facts: Facts, memory: boolean) => Promise<AskedFacts["ask"]>): Promise<void> {
  await fc.assert(
    fc.asyncProperty(world, async ({ facts, questions, memory }) => {
      const ask = await open(facts, memory);
      for (const input of questions) {
        const result = await ask(input);
        const answer = {
          rows: result.rows,
          totals: result.totals,
          totalsByCurrency: result.totalsByCurrency,
          comparison: result.comparison && {
            rows: result.comparison.rows,
            totals: result.comparison.totals,
            totalsByCurrency: result.comparison.totalsByCurrency,
            current: result.comparison.current,
          },
          count: result.meta.rows,
          currency: result.meta.currency,
          provisional: result.meta.provisional,
        };
        const expected = answerNaively(facts, metricQuerySchema.parse(input));
        assert.deepEqual(answer, JSON.parse(JSON.stringify(expected)), JSON.stringify(input));
      }
    }),
    settings(),
  );
}

function settings() {
  return {
    numRuns: Number(Deno.env.get("QUERY_RUNS") ?? RUNS),
    seed: Number(Deno.env.get("QUERY_SEED") ?? SEED),
    endOnFailure: !Deno.env.has("QUERY_SHRINK"),
    examples: EXAMPLES.map((example): [typeof example] => [example]),
  };
}
