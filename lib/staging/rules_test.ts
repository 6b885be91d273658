import assert from "node:assert/strict";
import { Duck } from "@/lib/duckdb/duckdb.ts";
import { InputError } from "@/lib/errors.ts";
import { type DatasetInput, datasetSchema, type RuleInput } from "@/lib/model/mod.ts";
import { openDuckStaging } from "./duckdb.ts";
import type { CleanedRows, Staging, StagingPlan } from "./mod.ts";

const COLUMNS: DatasetInput["columns"] = [
  { name: "date", title: "Date", role: "time", type: "date" },
  { name: "campaign", title: "Campaign", role: "dimension", type: "text", identity: true },
  { name: "code", title: "Code", role: "dimension", type: "text" },
  { name: "impressions", title: "Impressions", role: "measure", type: "integer", min: 0 },
  { name: "clicks", title: "Clicks", role: "measure", type: "integer", min: 0 },
  { name: "spend", title: "Spend", role: "measure", type: "decimal", unit: "currency" },
];
const HEADER = "date;campaign;code;impressions;clicks;spend";
const ROWS = [
  "2026-02-01;brand;A1;100;10;1.50",
  "2026-02-02;brand;A2;100;120;1.50",
  "2026-02-03;shop;B1;100;5;-2.00",
  "2026-02-04;shop;zz;100;x;3.00",
  "2026-02-05;shop;;-5;1;3.00",
  "2026-02-06;other;A1;100;1;3.00",
];

/** Cleans the rows under these rules. */
async function clean(
  rules: RuleInput[],
  options: { rows?: string[]; facts?: StagingPlan["facts"] } = {},
): Promise<CleanedRows & Awaited<ReturnType<Staging["rejected"]>> & { flagged: string[]; lines: number[] }> {
  const directory = await Deno.makeTempDir();
  const duck = await Duck.open({ path: ":memory:", stagingDirectory: directory });
  try {
    const staging = openDuckStaging({ duck, stagingDirectory: directory });
    const path = `${directory}/in.csv`;
    await Deno.writeTextFile(path, [HEADER, ...options.rows ?? ROWS].join("\n") + "\n");
    const dialect = { path, encoding: "utf-8", delimiter: ";", quote: '"', skipLines: 0, header: true } as const;
    await staging.read("w", "i", dialect);
    const dataset = datasetSchema.parse({ id: "t", title: "T", columns: COLUMNS, rules });
    const number = { as: "number", decimal: ".", divisor: 1 } as const;
    const staged = await staging.clean("w", {
      importId: "i",
      dataset,
      grain: "day",
      nullTokens: ["--"],
      totals: { labels: ["total"], headers: ["campaign"], blankHeaders: [] },
      facts: options.facts,
      columns: {
        date: { from: "header", header: "date", as: "date", formats: ["%Y-%m-%d"] },
        campaign: { from: "header", header: "campaign", as: "text" },
        code: { from: "header", header: "code", as: "text" },
        impressions: { from: "header", header: "impressions", ...number },
        clicks: { from: "header", header: "clicks", ...number },
        spend: { from: "header", header: "spend", ...number },
      },
    });
    const rejected = await staging.rejected("w", "i", { offset: 0, limit: 100 });
    const flagged = await staging.flagged("w", "i", { offset: 0, limit: 100 });
    assert.equal(flagged.total, flagged.rows.length);
    const { counts } = staged;
    assert.equal(counts.read, counts.rows + counts.collapsed + counts.duplicates + counts.rejected + counts.totals);
    assert.equal(counts.rejected, rejected.total);
    const kept = await duck.rows(`select _line from ${staged.relation} order by _line`);
    assert.equal(kept.length, counts.rows);
    return {
      ...staged,
      ...rejected,
      flagged: flagged.rows.map(({ line, rule, value, code }) => `${line} ${rule} ${value} ${code}`),
      lines: kept.map((row) => Number(row._line)),
    };
  } finally {
    await duck.close();
    await Deno.remove(directory, { recursive: true });
  }
}

const outcomes = ({ rules }: CleanedRows) => rules.map(({ rule, result, broken }) => `${rule} ${result} ${broken}`);

Deno.test("rules: what the columns imply sets rows aside, and is named only where it is broken", async () => {
  const done = await clean([]);
  assert.deepEqual(outcomes(done), ["range.impressions rejected 1", "type.clicks rejected 1"]);
  assert.deepEqual(done.rows.map(({ line, code }) => `${line} ${code}`), ["5 not-a-whole-number", "6 out-of-range"]);
  assert.deepEqual(done.lines, [2, 3, 4, 7]);
});

Deno.test("rules: an implied rule can be made to flag: the row stays, its cell counts as empty", async () => {
  const done = await clean([{ kind: "type", id: "type.clicks", column: "clicks", action: "flag" }]);
  assert.deepEqual(outcomes(done), ["range.impressions rejected 1", "type.clicks flagged 1"]);
  assert.deepEqual(done.flagged, ["5 type.clicks x not-a-whole-number"]);
  assert.deepEqual(done.lines, [2, 3, 4, 5, 7]);
});

Deno.test("rules: each kind finds the rows that break it", async () => {
  const cases: [RuleInput, string[]][] = [
    [{ kind: "sum-of-parts", id: "r", parts: ["clicks"], whole: "impressions" }, ["3 r 120 parts-do-not-fit"]],
    [{ kind: "sum-of-parts", id: "r", parts: ["clicks", "spend"], whole: "impressions", compare: "equal" }, [
      "2 r 10 parts-do-not-fit",
      "3 r 120 parts-do-not-fit",
      "4 r 5 parts-do-not-fit",
      "7 r 1 parts-do-not-fit",
    ]],
    [{ kind: "range", id: "r", column: "spend", min: 0, max: 2.5 }, [
      "4 r -2.00 out-of-range",
      "7 r 3.00 out-of-range",
    ]],
    [{ kind: "pattern", id: "r", column: "code", pattern: "A\\d" }, ["4 r B1 not-of-pattern"]],
    [{ kind: "one-of", id: "r", column: "campaign", values: ["brand", "shop"] }, ["7 r other not-one-of"]],
    [{ kind: "unique", id: "r", columns: ["code"] }, ["2 r A1 not-unique", "7 r A1 not-unique"]],
    [{ kind: "related", id: "r", column: "campaign", dataset: "other", other: "name" }, ["4 r shop not-related"]],
    [{ kind: "not-future", id: "r" }, ["7 r 2026-02-06 in-the-future"]],
    [{ kind: "required", id: "r", column: "code" }, []],
  ];
  const facts = { today: "2026-02-05", known: { r: ["brand", "other"] } };
  for (const [rule, flagged] of cases) {
    const done = await clean([rule], { facts });
    assert.deepEqual(done.flagged, flagged, rule.kind);
    assert.deepEqual(done.lines, [2, 3, 4, 7], `${rule.kind} sets nothing aside`);
    const refused = await clean([{ ...rule, action: "reject" }], { facts });
    assert.deepEqual(refused.flagged, []);
    const lines = flagged.map((text) => Number(text.split(" ")[0]));
    assert.deepEqual(refused.lines, [2, 3, 4, 7].filter((line) => !lines.includes(line)), rule.kind);
    const outcome = (await clean([{ ...rule, action: "fail" }], { facts })).rules.find((r) => r.rule === "r")!;
    assert.equal(outcome.result, flagged.length ? "failed" : "kept", rule.kind);
    assert.equal(outcome.broken, flagged.length);
  }
});

Deno.test("rules: up to the threshold rows are flagged, above it the action is taken for all of them", async () => {
  const rule: RuleInput = { kind: "sum-of-parts", id: "r", parts: ["clicks"], whole: "impressions", action: "reject" };
  // One of six rows breaks it: 16.7 %.
  const below = await clean([{ ...rule, threshold: 20 }]);
  assert.ok(outcomes(below).includes("r tolerated 1"));
  assert.deepEqual(below.flagged.length, 1);
  assert.ok(below.lines.includes(3));
  const above = await clean([{ ...rule, threshold: 10 }]);
  assert.ok(outcomes(above).includes("r rejected 1"));
  assert.deepEqual(above.flagged, []);
  assert.ok(!above.lines.includes(3));
  assert.equal(above.rows.find(({ line }) => line === 3)!.code, "parts-do-not-fit");
});

Deno.test("rules: a rule whose facts are missing is not checked, and says so", async () => {
  const done = await clean([{ kind: "not-future", id: "r" }]);
  assert.deepEqual(done.rules.find(({ rule }) => rule === "r"), {
    rule: "r",
    kind: "not-future",
    title: "No day lies in the future",
    action: "flag",
    broken: 0,
    result: "not-checked",
    note: "the day it is was not known",
  });
});

Deno.test("rules: total lines break none", async () => {
  const rule: RuleInput = { kind: "sum-of-parts", id: "r", parts: ["clicks"], whole: "impressions" };
  const done = await clean([rule], { rows: ["2026-02-01;brand;A;10;5;1", "2026-02-01;Total;A;10;500;1"] });
  assert.deepEqual(outcomes(done), ["r kept 0"]);
  assert.equal(done.counts.totals, 1);
});

Deno.test("rules: a pattern the engine cannot use is refused with its reason, in the definition where it shows", async () => {
  const pattern = (text: string): RuleInput => ({ kind: "pattern", id: "r", column: "code", pattern: text });
  for (const text of ["(?=a)b", "(a)\\1", "a{2000}"]) {
    const parsed = datasetSchema.safeParse({ id: "t", title: "T", columns: COLUMNS, rules: [pattern(text)] });
    assert.match(parsed.error!.issues[0]!.message, /not possible|at most 1000 times/, text);
  }
  await assert.rejects(clean([pattern("(A|B")]), (error: InputError) => {
    assert.equal(error.code, "bad-pattern");
    assert.match(error.message, /rule "r": the pattern \(A\|B cannot be used \(missing \): /);
    return true;
  });
  // What hangs an engine that tries every way is over at once here.
  const started = performance.now();
  await clean([pattern("(a+)+$")], { rows: [`2026-02-01;brand;${"a".repeat(5_000)}!;10;5;1`] });
  assert.ok(performance.now() - started < 5_000);
});

Deno.test("rules: definitions that cannot be are refused, each with what is wrong", () => {
  const wrong: [RuleInput, RegExp][] = [
    [{ kind: "range", id: "r", column: "clicks" }, /needs a bound/],
    [{ kind: "range", id: "r", column: "clicks", min: 2, max: 1 }, /fits no number/],
    [{ kind: "range", id: "r", column: "campaign", min: 2 }, /cannot be about Campaign: it needs numbers/],
    [{ kind: "pattern", id: "r", column: "nothing", pattern: "a" }, /names "nothing", which is not a column/],
    [{ kind: "type", id: "type.date", column: "date", action: "flag" }, /a row without a day has no place/],
    [{ kind: "fresh", id: "r", days: 3, action: "reject" }, /about the whole file/],
    [{ kind: "required", id: "range.clicks", column: "clicks" }, /belongs to the rule of a column/],
  ];
  for (const [rule, message] of wrong) {
    const parsed = datasetSchema.safeParse({ id: "t", title: "T", columns: COLUMNS, rules: [rule] });
    assert.match(parsed.error?.issues.map((issue) => issue.message).join("\n") ?? "accepted", message);
  }
  const twice: RuleInput = { kind: "not-future", id: "r" };
  const parsed = datasetSchema.safeParse({ id: "t", title: "T", columns: COLUMNS, rules: [twice, twice] });
  assert.match(parsed.error!.issues[0]!.message, /two rules "r"/);
});
