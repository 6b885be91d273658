import assert from "node:assert/strict";
import fc from "fast-check";
import { Duck } from "@/lib/duckdb/duckdb.ts";
import { datasetSchema, type Rule } from "@/lib/model/mod.ts";
import { openDuckStaging } from "./duckdb.ts";

/** A row as the file has it; the day keeps its key apart from the others'. */
interface Row {
  campaign: string | null;
  impressions: number | null;
  clicks: number | null;
}

const row: fc.Arbitrary<Row> = fc.record({
  campaign: fc.constantFrom("a", "b", "c", null),
  impressions: fc.option(fc.integer({ min: -2, max: 6 })),
  clicks: fc.option(fc.integer({ min: -2, max: 6 })),
});

const ABOUT: ({ kind: string; broken(row: Row): boolean } & Record<string, unknown>)[] = [
  { kind: "required", column: "campaign", broken: ({ campaign }) => campaign === null },
  { kind: "range", column: "clicks", min: 0, max: 5, broken: ({ clicks: n }) => n !== null && (n < 0 || n > 5) },
  { kind: "one-of", column: "campaign", values: ["a", "b"], broken: ({ campaign }) => campaign === "c" },
  { kind: "pattern", column: "campaign", pattern: "[^b]", broken: ({ campaign }) => campaign === "b" },
  {
    kind: "sum-of-parts",
    parts: ["clicks"],
    whole: "impressions",
    compare: "at-most",
    broken: ({ clicks, impressions }) => clicks !== null && impressions !== null && clicks > impressions,
  },
];

const rules = fc.tuple(...ABOUT.map((about, at) =>
  fc.record({
    action: fc.constantFrom("reject", "flag", "fail"),
    threshold: fc.constantFrom(0, 10, 50, 100),
    off: fc.boolean(),
  }).map((said) => ({ about, rule: { ...about, ...said, id: `r${at}`, broken: undefined } as unknown as Rule }))
));

/** What ought to come out, row by row. */
function expected(rows: Row[], all: { about: typeof ABOUT[number]; rule: Rule }[]) {
  const on = all.filter(({ rule }) => !rule.off);
  const atOnce = on.filter(({ rule }) => rule.action === "reject" && rule.threshold === 0);
  const others = on.filter((one) => !atOnce.includes(one));
  const good = rows.filter((row) => !atOnce.some(({ about }) => about.broken(row)));
  const results: Record<string, string> = {};
  const rejecting: typeof others = [];
  for (const { about, rule } of atOnce) results[rule.id] = rows.some((row) => about.broken(row)) ? "rejected" : "kept";
  for (const one of others) {
    const broken = good.filter((row) => one.about.broken(row)).length;
    const over = broken * 100 > one.rule.threshold * rows.length;
    const taken = { reject: "rejected", flag: "flagged", fail: "failed" }[one.rule.action];
    results[one.rule.id] = broken === 0 ? "kept" : over ? taken : "tolerated";
    if (broken > 0 && over && one.rule.action === "reject") rejecting.push(one);
  }
  const kept = good.filter((row) => !rejecting.some(({ about }) => about.broken(row)));
  const flagged = others.filter((one) => !rejecting.includes(one)).flatMap(({ about, rule }) =>
    kept.filter((row) => about.broken(row)).map((row) => `${rows.indexOf(row) + 2} ${rule.id}`)
  );
  return { kept: kept.map((row) => rows.indexOf(row) + 2), flagged: flagged.sort(), results, firstOnly: atOnce };
}

Deno.test("rules: whatever they say, rows and counts come out as they do row by row", async () => {
  const directory = await Deno.makeTempDir();
  const duck = await Duck.open({ path: ":memory:", stagingDirectory: directory });
  const staging = openDuckStaging({ duck, stagingDirectory: directory });
  const path = `${directory}/in.csv`;
  const number = { as: "number", decimal: ".", divisor: 1 } as const;
  try {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 30 }), rules, async (rows, all) => {
        const lines = rows.map(({ campaign, impressions, clicks }, day) =>
          `${new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10)};${campaign ?? ""};${impressions ?? ""};${
            clicks ?? ""
          }`
        );
        await Deno.writeTextFile(path, ["date;campaign;impressions;clicks", ...lines].join("\n") + "\n");
        const dialect = { path, encoding: "utf-8", delimiter: ";", quote: '"', skipLines: 0, header: true } as const;
        await staging.read("w", "i", dialect);
        const dataset = datasetSchema.parse({
          id: "t",
          title: "T",
          columns: [
            { name: "date", title: "Date", role: "time", type: "date" },
            { name: "campaign", title: "Campaign", role: "dimension", type: "text", identity: true },
            { name: "impressions", title: "Impressions", role: "measure", type: "integer" },
            { name: "clicks", title: "Clicks", role: "measure", type: "integer" },
          ],
          rules: JSON.parse(JSON.stringify(all.map(({ rule }) => rule))),
        });
        const { counts, rules: outcomes, relation } = await staging.clean("w", {
          importId: "i",
          dataset,
          grain: "day",
          nullTokens: ["--"],
          totals: null,
          columns: {
            date: { from: "header", header: "date", as: "date", formats: ["%Y-%m-%d"] },
            campaign: { from: "header", header: "campaign", as: "text" },
            impressions: { from: "header", header: "impressions", ...number },
            clicks: { from: "header", header: "clicks", ...number },
          },
        });
        const wanted = expected(rows, all);
        const kept = await duck.rows(`select _line from ${relation} order by _line`);
        assert.deepEqual(kept.map((r) => Number(r._line)), wanted.kept);
        assert.equal(counts.read, rows.length);
        assert.equal(counts.rejected, rows.length - wanted.kept.length);
        const rejected = await staging.rejected("w", "i", { offset: 0, limit: 100 });
        assert.equal(rejected.total, counts.rejected);
        const flagged = await staging.flagged("w", "i", { offset: 0, limit: 1_000 });
        assert.deepEqual(flagged.rows.map(({ line, rule }) => `${line} ${rule}`).sort(), wanted.flagged);
        for (const { rule, result } of outcomes) {
          // Of rules that set aside at once, a row counts for the first that it breaks.
          const later = wanted.firstOnly.some((one) => one.rule.id === rule);
          if (later && result === "kept") continue;
          assert.equal(result, wanted.results[rule], rule);
        }
      }),
      { numRuns: 40 },
    );
  } finally {
    await duck.close();
    await Deno.remove(directory, { recursive: true });
  }
});
