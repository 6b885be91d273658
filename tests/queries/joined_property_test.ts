/** Questions over two datasets, held against each dataset answered by itself and put together row by row. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { memoryCache } from "@/lib/cache/memory.ts";
import { Duck } from "@/lib/duckdb/duckdb.ts";
import { metricQuerySchema, type ResultRow } from "@/lib/model/mod.ts";
import { askFixture } from "./ask_fixture.ts";
import { createFactTables, type Facts } from "./fact_tables.ts";
import { facts, question, testDataset } from "./generated.ts";
import { answerNaively } from "./naive.ts";

const RUNS = 12;
const SEED = 20_260_101;

const METRICS = [
  { name: "own_spend", formula: "spend" },
  { name: "other_spend", formula: "others.spend" },
  { name: "cost", formula: "others.spend / impressions" },
  { name: "all_lines", formula: "lines + others.lines" },
];

/** One currency, so that what is asked is the joining and not the splitting. */
const world = facts.map((one): Facts => ({
  ...one,
  version: 1,
  rows: one.rows.map((row) => ({ ...row, from: 1, to: null, values: { ...row.values, currency: "EUR" } })),
}));

const asked = question(1).map(({ dimensions, grain, range, filters, order, limit, offset, totals }) => {
  const names = [...METRICS.map(({ name }) => name), ...dimensions ?? [], ...grain ? ["period"] : []];
  const by = (order ?? []).map(({ direction }, i) => ({ by: names[i * 3 % names.length]!, direction }));
  return { dimensions, grain, range, filters, order: by, limit, offset, totals };
});
type Asked = ReturnType<typeof metricQuerySchema.parse>;

function naively(own: Facts, other: Facts, input: unknown): { rows: ResultRow[]; totals: ResultRow | null } {
  const { order, limit, offset, ...shared } = input as Asked;
  const answer = (facts: Facts) =>
    answerNaively(
      facts,
      metricQuerySchema.parse({ ...shared, dataset: "tests", metrics: ["spend", "lines", "impressions"] }),
    );
  const ids = [...shared.grain ? ["period"] : [], ...shared.dimensions ?? []];
  const [left, right] = [answer(own), answer(other)];
  const key = (row: ResultRow) => JSON.stringify(ids.map((id) => row[id]));
  const keys = new Set([...left.rows, ...right.rows].map(key));
  const joined = [...keys].map((one) => {
    const mine = left.rows.find((row) => key(row) === one);
    const theirs = right.rows.find((row) => key(row) === one);
    return { ...Object.fromEntries(ids.map((id) => [id, (mine ?? theirs)![id]!])), ...metrics(mine, theirs) };
  });
  joined.sort((a, b) => {
    for (const { by, direction } of [...order ?? [], ...ids.map((by) => ({ by, direction: "asc" }))]) {
      const place = compared(a[by] ?? null, b[by] ?? null, direction.startsWith("desc") ? -1 : 1);
      if (place !== 0) return place;
    }
    return 0;
  });
  const start = offset ?? 0;
  const totals = shared.totals ? metrics(left.totals ?? undefined, right.totals ?? undefined) : null;
  return { rows: joined.slice(start, limit === undefined ? undefined : start + limit), totals };
}

function metrics(own: ResultRow | undefined, other: ResultRow | undefined): ResultRow {
  const number = (row: ResultRow | undefined, name: string) => (row?.[name] ?? null) as number | null;
  const [spend, impressions] = [number(other, "spend"), number(own, "impressions")];
  return {
    own_spend: number(own, "spend"),
    other_spend: spend,
    cost: spend === null || !impressions ? null : spend / impressions,
    all_lines: (number(own, "lines") ?? 0) + (number(other, "lines") ?? 0),
  };
}

function compared(a: ResultRow[string], b: ResultRow[string], sign: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  if (typeof a === "number" && typeof b === "number") return sign * (a - b);
  const [left, right] = [Array.from(String(a)), Array.from(String(b))];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const place = left[i]!.codePointAt(0)! - right[i]!.codePointAt(0)!;
    if (place !== 0) return sign * place;
  }
  return sign * (left.length - right.length);
}

Deno.test("runMetricQuery() over two datasets answers as both by themselves, put side by side", async () => {
  const duck = await Duck.open({ path: ":memory:", threads: 1 });
  const cases = fc.tuple(world, world, fc.array(asked, { minLength: 8, maxLength: 8 }));
  try {
    await fc.assert(
      fc.asyncProperty(cases, async ([own, theirs, questions]) => {
        const other = { ...theirs, dataset: { ...testDataset, id: "others" } };
        const contexts = { tests: await createFactTables(duck, own), others: await createFactTables(duck, other) };
        const ask = askFixture(duck, contexts, memoryCache());
        for (const question of questions) {
          const input = JSON.parse(JSON.stringify({ ...question, dataset: "tests", metrics: METRICS }));
          const { rows, totals } = await ask(input);
          assert.deepEqual({ rows, totals }, naively(own, theirs, question), JSON.stringify(input));
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
