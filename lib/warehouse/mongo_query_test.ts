import assert from "node:assert/strict";
import fc from "fast-check";
import { InputError } from "@/lib/errors.ts";
import type { Mongo } from "@/lib/mongo/mongo.ts";
import type { FactRow, Facts } from "@/tests/queries/fact_tables.ts";
import { testDataset } from "@/tests/queries/generated.ts";
import { createMongoFacts, type MongoFixture } from "@/tests/queries/mongo_facts.ts";
import { freshDatabase, missingMongo, mongoUri } from "@/tests/servers/mongo.ts";
import { serverSuite } from "@/tests/servers/server.ts";
import type { FactFilter, FactQuery } from "./mod.ts";
import { plainReader, serverQuirks } from "./mongo_query_groups.ts";
import { runMongoFactQuery } from "./mongo_query.ts";
import type { ReadFacts } from "./mongo_query_moment.ts";
import { readMongoValues } from "./mongo_values.ts";
import { textMatches } from "./text_match.ts";
import { VersionMemory } from "./version_memory.ts";

const missing = missingMongo();
if (missing === null) await mongoUri();

const EVIL = [
  `O'Neil"; db.dropDatabase() //`,
  "$where",
  "$$ROOT",
  "$v.spend",
  "{$ne: null}",
  "a.b",
  ".*",
  "%",
  "__proto__",
];

function row(date: string, values: FactRow["values"], more: Partial<FactRow> = {}): FactRow {
  const own = { platform: "google_ads", currency: "EUR", campaign_id: "1", campaign: "Brand", spend: 1_000_000n };
  return { level: 1, import: 1, from: 1, to: null, values: { date, ...own, ...values }, ...more };
}

function factsOf(rows: FactRow[]): Facts {
  const levels = [{ level: 1, name: "day:campaign_id", grain: "day", columns: ["campaign_id"] }];
  return { dataset: testDataset, version: 1, levels, rows };
}

function question(more: Partial<FactQuery> = {}): FactQuery {
  return {
    version: 2,
    from: null,
    to: null,
    groups: [],
    aggregates: [{ id: "spend", fn: "sum", column: "spend" }],
    where: null,
    order: [],
    limit: null,
    offset: 0,
    totals: false,
    ...more,
  };
}

async function withFacts(rows: FactRow[], work: (read: ReadFacts, mongo: Mongo) => Promise<void>): Promise<void> {
  await using database = await freshDatabase();
  const mongo = database.open();
  const { read }: MongoFixture = await createMongoFacts(mongo, factsOf(rows));
  await work(read, mongo);
}

const ask = (read: ReadFacts, query: FactQuery) => runMongoFactQuery(read, { memory: new VersionMemory() }, query);

serverSuite("questions to MongoDB", missing, () => {
  Deno.test("runMongoFactQuery() finds awkward text literally, and nothing else happens", () =>
    withFacts(EVIL.map((campaign, i) => row("2026-01-31", { campaign, campaign_id: `${i}` })), async (read) => {
      for (const text of EVIL) {
        const filters: (FactFilter & { op: string })[] = [
          { column: "campaign", op: "in", values: [text] },
          { column: "campaign", op: "contains", value: text.toUpperCase() },
          { column: "campaign", op: "starts-with", value: text },
          { column: "campaign", op: "ends-with", value: text },
        ];
        for (const where of filters) {
          const groups = [{ id: "campaign", column: "campaign" }];
          const { rows } = await ask(read, question({ groups, where }));
          const expected = EVIL.filter((one) =>
            where.op === "contains" ? textMatches("contains", one, text) : one === text
          );
          assert.deepEqual(rows.map(({ campaign }) => campaign).sort(), expected.sort(), `${where.op} ${text}`);
        }
      }
      const none = await ask(read, question({ where: { column: "platform", op: "in", values: ["$platform"] } }));
      assert.deepEqual([none.rows, none.count], [[{ spend: null }], 1]);
    }));

  Deno.test("runMongoFactQuery() refuses values that are no text where text is stored", () =>
    withFacts([row("2026-01-31", {})], async (read) => {
      for (const value of [{ $ne: null }, { $gt: "" }, ["x"], 1, null]) {
        const where = { column: "platform", op: "in", values: [value] } as unknown as FactFilter;
        await assert.rejects(() => ask(read, question({ where })), /Cannot compare "platform" with a value of type/);
        const looked = { column: "platform", op: "contains", value } as unknown as FactFilter;
        await assert.rejects(() => ask(read, question({ where: looked })), TypeError);
      }
      const number = { column: "spend", op: "greater", value: { $ne: 1 } } as unknown as FactFilter;
      await assert.rejects(() => ask(read, question({ where: number })), /it holds numbers/);
      const unknown = question({ groups: [{ id: "x", column: "$where" }] });
      await assert.rejects(() => ask(read, unknown), /Cannot (find|read) column "\$where"/);
    }));

  Deno.test("a pattern finds on the server what textMatches() finds here", async () => {
    await using database = await freshDatabase();
    const mongo = database.open();
    const unit = fc.constantFrom(..."aAkK\u212AßÖöİiIıΣσς.*+?()[]{}|\\^$-/ \n\t0_\u{10400}\u{10428}😀'\"");
    const text = fc.string({ unit, maxLength: 4 });
    const texts = fc.sample(text, { numRuns: 150, seed: 7 });
    const { read } = await createMongoFacts(mongo, factsOf(texts.map((country) => row("2026-01-31", { country }))));
    // The level has no country, so the rows are asked as those of a level that does.
    await read.heads.updateOne({ _id: read.headId }, { $set: { "levels.0.columns": ["campaign_id", "country"] } });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("contains" as const, "starts-with" as const, "ends-with" as const),
        fc.string({ unit, minLength: 1, maxLength: 3 }),
        async (op, value) => {
          const groups = [{ id: "country", column: "country" }];
          const { rows } = await ask(read, question({ groups, where: { column: "country", op, value } }));
          const expected = [...new Set(texts.filter((one) => textMatches(op, one, value)))];
          assert.deepEqual(rows.map(({ country }) => String(country)).sort(), expected.sort());
        },
      ),
      { numRuns: 60, seed: 11 },
    );
  });

  Deno.test("runMongoFactQuery() adds exactly past 64 bits, from rows and from rollups", () => {
    const spend = 9_223_372_036_854_775_807n;
    const rows = [1, 2, 3].map((n) => row(`2026-01-0${n}`, { spend: n === 3 ? -spend : spend, clicks: spend }));
    return withFacts(rows, async (read) => {
      await read.rollup("rollup_month").deleteMany({}); // its one document would be past 64 bits: no store can write it
      const aggregates = [
        { id: "spend", fn: "sum" as const, column: "spend" },
        { id: "clicks", fn: "sum" as const, column: "clicks" },
        { id: "value", fn: "sum" as const, column: "value" },
      ];
      const expected = [{ spend, clicks: 3n * spend, value: null }];
      const daily = await ask(read, question({ aggregates, from: "2026-01-01", to: "2026-01-03" }));
      assert.deepEqual([daily.rollup, daily.rows], ["day", expected]);
      const device: FactFilter = { column: "spend", op: "less", value: spend };
      const some = await ask(read, question({ aggregates, where: { any: [device, { not: device }] } }));
      assert.deepEqual([some.rollup, some.rows], [undefined, expected]);
    });
  });

  Deno.test("serverQuirks() takes the careful forms until there is something to ask the server of", () =>
    withFacts([row("2026-01-31", {})], async (read, mongo) => {
      const { heads, headId } = read;
      const reader = (id: string) => plainReader({ mongo, ref: read.ref, heads, headId: id }, "ask", 5_000);
      assert.deepEqual(await serverQuirks(reader("default/none")), { wrapsSums: true, readsKeys: true });
      const known = await serverQuirks(reader(headId));
      assert.deepEqual(await serverQuirks(reader("default/none")), known, "known from now on");
    }));

  Deno.test("readMongoValues() lists values by rows, entities by their latest name, and finds them in any case", () => {
    const rows = [
      row("2026-01-01", { campaign: "Brand", country: "x" }),
      row("2026-01-02", { campaign: "Brand 2026" }),
      row("2026-01-01", { campaign: "Generic", campaign_id: "2" }),
      row("2026-01-01", { campaign: "GRÖSSE", campaign_id: "3" }),
      row("2026-01-03", { campaign: null, campaign_id: null }),
      row("2026-01-03", { campaign: "gone", campaign_id: "4" }, { from: 0, to: 1 }),
    ];
    return withFacts(rows, async (read) => {
      const values = (column: string, options: { search?: string; limit: number }) =>
        readMongoValues(read, { memory: new VersionMemory() }, column, options);
      assert.deepEqual(await values("campaign", { limit: 10 }), [
        { value: "Brand 2026", rows: 2 },
        { value: "GRÖSSE", rows: 1 },
        { value: "Generic", rows: 1 },
      ]);
      assert.deepEqual(await values("campaign", { limit: 1 }), [{ value: "Brand 2026", rows: 2 }]);
      assert.deepEqual(await values("campaign", { search: "grösse", limit: 10 }), [{ value: "GRÖSSE", rows: 1 }]);
      assert.deepEqual(await values("country", { limit: 10 }), [{ value: "x", rows: 1 }]);
      await assert.rejects(() => values("spend", { limit: 1 }), (error) => {
        assert.ok(error instanceof InputError);
        assert.equal(error.code, "unknown-column");
        return true;
      });
    });
  });
});
