/** Laws that hold for any sequence of acts, checked against a naive model in TypeScript. */
import assert from "node:assert/strict";
import fc from "fast-check";
import type { ConflictError } from "@/lib/errors.ts";
import { fact, Facts } from "./warehouse.ts";
import { testDataset, type TestRow } from "./warehouse_rows.ts";

interface TestImport {
  id: string;
  rows: TestRow[];
  mode: "merge" | "replace";
  provisionalFrom: string | null;
  counts: boolean;
}

type Act =
  | { act: "import"; rows: TestRow[]; mode: "merge" | "replace"; provisionalFrom: string | null }
  | { act: "turn"; pick: number };

const rowArbitrary = fc.record({
  day: fc.integer({ min: 1, max: 3 }),
  campaign: fc.constantFrom("c1", "c2", null),
  account: fc.constantFrom("a", "b"),
  device: fc.constantFrom("mobile", null),
  clicks: fc.constantFrom(1, 2, null),
  spend: fc.constantFrom(1_000_000, 3),
}).map(({ day, campaign, clicks, ...more }) => fact(day, campaign, clicks, more));

const actArbitrary: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    act: fc.constant("import" as const),
    rows: fc.uniqueArray(rowArbitrary, { minLength: 1, maxLength: 8, selector: keyOf }),
    mode: fc.constantFrom("merge" as const, "replace" as const),
    provisionalFrom: fc.constantFrom(null, null, "2026-01-02"),
  }),
  fc.record({ act: fc.constant("turn" as const), pick: fc.nat() }),
);

/** Adds the laws to a contract. */
export function warehouseLaws(it: (title: string, run: (facts: Facts) => Promise<void>) => void): void {
  it("any imports, rollbacks and restores equal a rebuild from what survives, at every version", async (facts) => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(actArbitrary, { minLength: 1, maxLength: 7 }), async (acts) => {
        const dataset = { ...testDataset, id: `law_${run++}` };
        await checkActs(new Facts(facts.opened, { workspace: "default", dataset }), acts);
      }),
      { numRuns: 15 },
    );
  });

  it("compact() changes no kept version, and a turn after it is refused or does what the rules say", async (facts) => {
    let run = 0;
    const some = fc.array(actArbitrary, { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(some, some, async (acts, later) => {
        const dataset = { ...testDataset, id: `compact_${run++}` };
        await checkCompaction(new Facts(facts.opened, { workspace: "default", dataset }), acts, later);
      }),
      { numRuns: 10 },
    );
  });
}

/** Compacts after some acts, then turns every import: each turn is either refused or does what the rules say. */
async function checkCompaction(facts: Facts, acts: Act[], later: Act[]): Promise<void> {
  const imports: TestImport[] = [];
  await doActs(facts, acts, imports);
  const before = (await facts.warehouse.state(facts.ref)).asOf;
  if (!before) return;
  // Versions of the same millisecond cannot be told apart by time.
  await new Promise((resolve) => setTimeout(resolve, 2));
  await doActs(facts, later, imports);
  const floor = await facts.warehouse.versionAsOf(facts.ref, before);
  const stood = [floor, await facts.version()];
  const read = async () => await Promise.all(stood.map((version) => facts.rows(version)));
  const rows = await read();
  await facts.warehouse.compact(facts.ref, { before });
  assert.deepEqual(await read(), rows);
  for (const chosen of imports) {
    try {
      await (chosen.counts ? facts.rollback(chosen.id) : facts.restore(chosen.id));
      chosen.counts = !chosen.counts;
    } catch (error) {
      assert.equal((error as ConflictError).code, "past-keeping-time");
    }
    const expected = [...rebuild(imports).values()].map(rowKey);
    assert.deepEqual(sorted((await facts.rows()).rows.map(shownKey)), sorted(expected));
  }
}

async function doActs(facts: Facts, acts: Act[], imports: TestImport[]): Promise<void> {
  for (const act of acts) {
    if (act.act === "import") {
      const { rows, mode, provisionalFrom } = act;
      const id = `i${imports.length + 1}`;
      imports.push({ id, rows, mode, provisionalFrom, counts: true });
      await facts.publish(id, rows, { mode, provisionalFrom });
      continue;
    }
    const chosen = imports[act.pick % Math.max(imports.length, 1)];
    if (!chosen) continue;
    await (chosen.counts ? facts.rollback(chosen.id) : facts.restore(chosen.id));
    chosen.counts = !chosen.counts;
  }
}

async function checkActs(facts: Facts, acts: Act[]): Promise<void> {
  const imports: TestImport[] = [];
  const stood: Map<string, { row: TestRow; provisional: boolean }>[] = [new Map()];
  for (const act of acts) {
    const before = stood.at(-1)!;
    if (act.act === "import") {
      const id = `i${imports.length + 1}`;
      imports.push({ id, rows: act.rows, mode: act.mode, provisionalFrom: act.provisionalFrom, counts: true });
      const result = await facts.publish(id, act.rows, { mode: act.mode, provisionalFrom: act.provisionalFrom });
      assert.equal(result.inserted + result.updated + result.unchanged, act.rows.length);
      checkSum(result.perMeasure.clicks!, act.rows, before, rebuild(imports));
    } else {
      const chosen = imports[act.pick % Math.max(imports.length, 1)];
      if (!chosen) continue;
      const result = chosen.counts ? await facts.rollback(chosen.id) : await facts.restore(chosen.id);
      chosen.counts = !chosen.counts;
      const after = rebuild(imports);
      assert.equal(result.inserted - result.removed, after.size - before.size);
    }
    stood.push(rebuild(imports));
  }
  assert.equal(await facts.version(), stood.length - 1);
  for (const [version, expected] of stood.entries()) {
    assert.deepEqual(
      sorted((await facts.rows(version)).rows.map(shownKey)),
      sorted([...expected.values()].map(rowKey)),
    );
    const coverage = await facts.warehouse.coverage(facts.ref, { version });
    assert.deepEqual(coverage.map((row) => [row.account, row.day, row.rows, row.provisional]), daysOf(expected));
  }
  await checkRollups(facts, stood.at(-1)!);
}

/** The data rules in their plainest form: surviving imports, one after the other. */
function rebuild(imports: TestImport[]): Map<string, { row: TestRow; provisional: boolean }> {
  const standing = new Map<string, { row: TestRow; provisional: boolean }>();
  for (const { rows, mode, provisionalFrom, counts } of imports) {
    if (!counts) continue;
    if (mode === "replace") {
      const days = rows.map((row) => String(row.date)).sort();
      const accounts = new Set(rows.map((row) => row.account));
      for (const [key, { row }] of standing) {
        const day = String(row.date);
        if (accounts.has(row.account!) && day >= days[0]! && day <= days.at(-1)!) standing.delete(key);
      }
    }
    for (const row of rows) {
      standing.set(keyOf(row), { row, provisional: provisionalFrom !== null && String(row.date) >= provisionalFrom });
    }
  }
  return standing;
}

/** Sums before and after, over the accounts and days that an import has rows of or removes rows from. */
function checkSum(
  told: { before: bigint | null; after: bigint | null },
  rows: TestRow[],
  before: Map<string, { row: TestRow }>,
  after: Map<string, { row: TestRow }>,
): void {
  const touched = new Set(rows.map((row) => `${row.account} ${row.date}`));
  for (const [key, { row }] of before) if (!after.has(key)) touched.add(`${row.account} ${row.date}`);
  const sum = (standing: Map<string, { row: TestRow }>) => {
    const values = [...standing.values()].map(({ row }) => row)
      .filter((row) => touched.has(`${row.account} ${row.date}`) && row.clicks !== null);
    return values.length ? values.reduce((total, row) => total + BigInt(row.clicks!), 0n) : null;
  };
  assert.deepEqual(told, { before: sum(before), after: sum(after) });
}

async function checkRollups(facts: Facts, expected: Map<string, { row: TestRow }>): Promise<void> {
  await facts.warehouse.refreshRollups(facts.ref);
  const { totals } = await facts.warehouse.query(facts.ref, {
    version: await facts.version(),
    from: null,
    to: null,
    groups: [{ id: "account", column: "account" }],
    aggregates: [{ id: "spend", fn: "sum", column: "spend" }, { id: "rows", fn: "count_rows" }],
    where: null,
    order: [],
    limit: null,
    offset: 0,
    totals: true,
  });
  const rows = [...expected.values()].map(({ row }) => row);
  assert.deepEqual(totals, {
    spend: rows.length ? rows.reduce((sum, row) => sum + BigInt(row.spend!), 0n) : null,
    rows: BigInt(rows.length),
  });
}

function keyOf(row: TestRow): string {
  return [row.date, row.account, row.campaign_id ?? "-", row.device ?? "-"].join(" ");
}

function rowKey({ row }: { row: TestRow }): string {
  return [keyOf(row), row.clicks ?? "-", row.spend ?? "-", 1].join(" ");
}

function shownKey(row: Record<string, string | bigint | null>): string {
  return [
    row.date,
    row.account,
    row.campaign_id ?? "-",
    row.device ?? "-",
    row.clicks ?? "-",
    row.spend ?? "-",
    row.rows,
  ].join(" ");
}

function daysOf(standing: Map<string, { row: TestRow; provisional: boolean }>) {
  const days = new Map<string, { account: string; day: string; rows: number; provisional: boolean }>();
  for (const { row, provisional } of standing.values()) {
    const key = `${row.account} ${row.date}`;
    const day = days.get(key) ?? { account: String(row.account), day: String(row.date), rows: 0, provisional: false };
    days.set(key, { ...day, rows: day.rows + 1, provisional: day.provisional || provisional });
  }
  return [...days.keys()].sort().map((key) => Object.values(days.get(key)!));
}

function sorted(texts: string[]): string[] {
  return texts.sort();
}
