import assert from "node:assert/strict";
import fc from "fast-check";
import { builtInDatasets } from "@/lib/model/datasets/mod.ts";
import { type Dataset, datasetSchema } from "@/lib/model/mod.ts";
import {
  evaluateFormula,
  type FormulaScope,
  namedMetrics,
  parseFormula,
  resolveFormula,
  resolveMetric,
} from "./mod.ts";

const dataset: Dataset = datasetSchema.parse({
  id: "shop",
  title: "Shop",
  columns: [
    { name: "date", title: "Date", role: "time", type: "date" },
    { name: "country", title: "Country", role: "dimension", type: "text" },
    { name: "clicks", title: "Clicks", role: "measure", type: "integer" },
    { name: "spend", title: "Spend", role: "measure", type: "decimal", unit: "currency" },
    { name: "reach", title: "Reach", role: "measure", type: "integer", additive: false },
  ],
});
const scope = (metrics: Record<string, string> = {}): FormulaScope => ({
  dataset,
  metrics: new Map(Object.entries(metrics)),
});

function value(text: string, parts: Record<string, bigint | null> = {}, metrics: Record<string, string> = {}) {
  const outcome = resolveFormula(text, scope(metrics));
  assert.ok(outcome.ok, outcome.ok ? "" : outcome.problem.message);
  return evaluateFormula(outcome.value.formula, parts);
}

function problem(text: string, metrics: Record<string, string> = {}) {
  const outcome = resolveFormula(text, scope(metrics));
  assert.ok(!outcome.ok, `"${text}" was accepted`);
  return outcome.problem;
}

Deno.test("parseFormula() reads any arithmetic as the language that runs it does", () => {
  const number = fc.integer({ min: 0, max: 999 }).map((n) => String(n / 4));
  const { node } = fc.letrec<{ node: string }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 6, depthSize: "medium" },
      number,
      fc.tuple(tie("node"), fc.constantFrom("+", "-", "*", "/"), tie("node")).map((parts) => parts.join(" ")),
      tie("node").map((inner) => `(${inner})`),
      tie("node").map((inner) => `-(${inner})`),
    ),
  }));
  fc.assert(fc.property(node, (text) => {
    const expected: number = new Function(`return ${text}`)();
    const actual = value(text.replaceAll("*", "×").replaceAll("/", "÷"));
    // A division by zero anywhere makes the whole null, where the language goes on with infinity.
    if (actual !== null) assert.equal(actual + 0, expected + 0);
    else assert.match(text, /\//);
  }));
});

Deno.test("parseFormula() never throws, whatever is typed", () => {
  const typed = fc.oneof(fc.string({ unit: "binary" }), fc.stringMatching(/^[a-z0-9()+*\/ .,-]{0,60}$/));
  fc.assert(fc.property(typed, (text) => {
    const outcome = parseFormula(text);
    if (!outcome.ok) assert.ok(outcome.problem.at >= 0 && outcome.problem.at <= text.length + 1);
  }));
});

Deno.test("parseFormula() tells where a mistake is", () => {
  const at = (text: string) => {
    const { message, at } = problem(text);
    return `${at}: ${message}`;
  };
  assert.equal(at(""), "0: The formula is empty");
  assert.match(at("1 +"), /^3: The formula ends too early/);
  assert.match(at("(1 + 2"), /^0: The "\(" is not closed/);
  assert.match(at("1 + 2)"), /^5: Did not expect "\)"/);
  assert.match(at("1,000"), /^1: Cannot read ",".*thousands/);
  assert.match(at("clicks; drop table x"), /^6: Cannot read ";"/);
  assert.match(at("sum()"), /^4: sum\(\) needs the name of a column/);
  assert.match(at("2 3"), /^2: .*operator is missing/);
  assert.match(at("1e999"), /^0: The number "1e999" is too large/);
});

Deno.test("parseFormula() bounds length and depth", () => {
  assert.match(problem(`${"1+".repeat(1_000)}1`).message, /2001 characters/);
  assert.match(problem(`${"(".repeat(101)}1${")".repeat(101)}`).message, /nested deeper than 100/);
  assert.equal(value(`${"(".repeat(50)}1${")".repeat(50)}`), 1);
});

Deno.test("resolveFormula() refuses metrics that grow without bound, and long chains", () => {
  const doubling = Object.fromEntries(
    Array.from({ length: 30 }, (_, i) => [`m${i + 1}`, i === 0 ? "sum(clicks)" : `m${i} + m${i}`]),
  );
  assert.match(problem("m30", doubling).message, /too large/);
  assert.match(problem(`${"1+".repeat(400)}1`).message, /too large/);
});

Deno.test("resolveFormula() names the path of a cycle", () => {
  const { message } = problem("a", { a: "b + 1", b: "c * 2", c: "a" });
  assert.match(message, /refers to itself: a → b → c → a/);
});

Deno.test("resolveFormula() suggests the nearest name, with its place", () => {
  assert.deepEqual(problem("1 + sum(spned)"), {
    message: 'Dataset "shop" has no column "spned"',
    at: 8,
    nearest: "spend",
  });
  assert.equal(problem("clcks", { clicks: "sum(clicks)" }).nearest, "clicks");
  assert.equal(problem("summ(spend)").nearest, "sum");
});

Deno.test("resolveFormula() tells columns from metrics", () => {
  assert.match(problem("spend").message, /"spend" is a column, not a metric: write sum\(spend\)/);
  assert.match(problem("country").message, /write count_distinct\(country\)/);
  assert.match(problem("sum(ctr)", { ctr: "1" }).message, /"ctr" is a metric: write it alone/);
  assert.match(problem("sum(country)").message, /needs a measure; "country" is a dimension/);
  assert.match(problem("max(date)").message, /needs a measure/);
});

Deno.test("resolveFormula() refuses to add what must not be added, and says what to write", () => {
  assert.match(problem("sum(reach)").message, /cannot be summed.*use only\(reach\)/);
  assert.match(problem("avg(reach)").message, /cannot be averaged.*use only\(reach\)/);
  const outcome = resolveFormula("only(reach)", scope());
  assert.ok(outcome.ok);
  assert.deepEqual(outcome.value.notAdditive, ["reach"]);
});

Deno.test("evaluateFormula() answers from exact sums, micros as units", () => {
  assert.equal(value("sum(spend)", { sum_spend: 1_234_500_000n }), 1234.5);
  assert.equal(value("avg(spend)", { sum_spend: 3_000_000n, count_spend: 2n }), 1.5);
  assert.equal(value("sum(spend) / count()", { sum_spend: 3_000_000n, count_rows: 4n }), 0.75);
});

Deno.test("evaluateFormula() is null where a part is null or a divisor is zero, never 0", () => {
  assert.equal(value("sum(spend) + sum(clicks)", { sum_spend: 1_000_000n, sum_clicks: null }), null);
  assert.equal(value("sum(spend) / sum(clicks)", { sum_spend: 1_000_000n, sum_clicks: 0n }), null);
  assert.equal(value("0 / 0"), null);
});

Deno.test("resolveMetric() takes every metric of every built-in dataset apart", () => {
  const others = new Map(builtInDatasets.map((one) => [one.id, one]));
  for (const dataset of builtInDatasets) {
    const metrics = new Map(dataset.metrics.map(({ name, formula }) => [name, formula]));
    for (const { name } of dataset.metrics) {
      const outcome = resolveMetric(name, { dataset, metrics, others });
      assert.ok(outcome.ok, outcome.ok ? "" : `${dataset.id}.${name}: ${outcome.problem.message}`);
    }
  }
});

Deno.test("namedMetrics() tells which metrics of which datasets a formula names", () => {
  assert.deepEqual(namedMetrics("orders.revenue / -(spend + sum(clicks)) * 2"), [
    { dataset: "orders", name: "revenue" },
    { dataset: null, name: "spend" },
  ]);
  assert.deepEqual(namedMetrics("orders. / spend"), [], "what cannot be read names nothing");
});

Deno.test("resolveFormula() calls sums of another dataset by its name, and finds circles through it", () => {
  const other: Dataset = {
    ...dataset,
    id: "other",
    metrics: [metric("cost", "sum(spend)"), metric("round", "shop.a")],
  };
  const scope = { dataset, metrics: new Map([["a", "other.round"]]), others: new Map([["other", other]]) };
  const outcome = resolveFormula("other.cost / sum(clicks)", scope);
  assert.ok(outcome.ok);
  assert.deepEqual(outcome.value.aggregates, [
    { id: "other.sum_spend", fn: "sum", column: "other.spend" },
    { id: "sum_clicks", fn: "sum", column: "clicks" },
  ]);
  assert.equal(outcome.value.monetary, true);
  const circle = resolveFormula("a", scope);
  assert.ok(!circle.ok);
  assert.match(circle.problem.message, /refers to itself: a → other\.round → a/);
});

function metric(name: string, formula: string): Dataset["metrics"][number] {
  return { name, title: name, formula, format: "decimal", better: "none" };
}
