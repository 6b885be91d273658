import assert from "node:assert/strict";
import fc from "fast-check";
import { memoryCache } from "@/lib/cache/memory.ts";
import { Duck } from "@/lib/duckdb/duckdb.ts";
import { metricQuerySchema } from "@/lib/model/mod.ts";
import { createFactTables } from "./fact_tables.ts";
import { facts, question } from "./generated.ts";
import { answerNaively } from "./naive.ts";
import { askFixture } from "./ask_fixture.ts";

/**
 * Each run another world. Every start tests the same ones, so that a failure is the change's own; after a change of the
 * compiler, `QUERY_RUNS=400 QUERY_SEED=$RANDOM` draws others, and `QUERY_SHRINK=1` makes a failure small.
 */
const RUNS = 16;
const SEED = 20_260_101;

Deno.test("runMetricQuery() answers any question as a plain calculation over the same rows does", async () => {
  const world = facts.chain((one) =>
    fc.record({
      facts: fc.constant(one),
      questions: fc.array(question(one.version), { minLength: 10, maxLength: 10 }),
      // With a memory names that never changed are not looked up; the answer is the same.
      memory: fc.boolean(),
    })
  );
  const duck = await Duck.open({ path: ":memory:", threads: 1 });
  try {
    await fc.assert(
      fc.asyncProperty(world, async ({ facts, questions, memory }) => {
        const context = await createFactTables(duck, facts);
        if (memory) context.memory = new Map();
        const ask = askFixture(duck, { tests: context }, memoryCache());
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
      {
        numRuns: Number(Deno.env.get("QUERY_RUNS") ?? RUNS),
        seed: Number(Deno.env.get("QUERY_SEED") ?? SEED),
        endOnFailure: !Deno.env.has("QUERY_SHRINK"),
      },
    );
  } finally {
    await duck.close();
  }
});
