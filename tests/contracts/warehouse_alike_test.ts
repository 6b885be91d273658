/** The same acts in both warehouses do the same, to the last digit: counts, sums, days, coverage, names, answers, refusals. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { Duck } from "@/lib/duckdb/duckdb.ts";
import { TesseraError } from "@/lib/errors.ts";
import { openDuckWarehouse } from "@/lib/warehouse/duckdb.ts";
import type { DatasetRef, PublishOptions, Warehouse } from "@/lib/warehouse/mod.ts";
import { openMongoWarehouse } from "@/lib/warehouse/mongo.ts";
import { freshDatabase, missingMongo, mongoUri } from "@/tests/servers/mongo.ts";
import { serverSuite } from "@/tests/servers/server.ts";
import { ALIKE_QUESTIONS } from "./alike_questions.ts";
import { stageTestRows, testDataset, type TestFile, type TestRow } from "./warehouse_rows.ts";

const missing = missingMongo();
if (missing === null) await mongoUri();

/** The shapes that files come in; each has columns of its own, and so another level or other names. */
const SHAPES = ["names", "devices", "accounts", "weeks"] as const;

interface FileAct {
  act: "import";
  shape: typeof SHAPES[number];
  rows: { day: number; account: string; entity: string | null; name: string | null; clicks: number | null }[];
  mode: "merge" | "replace";
  provisionalFrom: string | null;
  /** How many days the file speaks for beyond those of its rows. */
  beyond: number;
}
type Act = FileAct | { act: "turn" | "again"; pick: number } | { act: "compact"; ago: number } | { act: "rollups" };

const rowArbitrary = fc.record({
  day: fc.integer({ min: 1, max: 5 }),
  account: fc.constantFrom("a", "$1"),
  entity: fc.constantFrom("c1", "c2", "c3", null),
  name: fc.constantFrom("Old", "New", "$v.clicks", "Grüße/%.$", null),
  clicks: fc.constantFrom(1, 2, 9_007_199_254_740_991, null),
});

const actArbitrary: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      act: fc.constant("import" as const),
      shape: fc.constantFrom(...SHAPES),
      rows: fc.uniqueArray(rowArbitrary, {
        maxLength: 10,
        selector: ({ day, account, entity }) => JSON.stringify([day, account, entity]),
      }),
      mode: fc.constantFrom("merge" as const, "replace" as const),
      provisionalFrom: fc.constantFrom(null, null, "2026-01-03"),
      beyond: fc.integer({ min: 0, max: 2 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ act: fc.constant("turn" as const), pick: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant("again" as const), pick: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant("compact" as const), ago: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant("rollups" as const) }) },
);

serverSuite("both warehouses", missing, () => {
  Deno.test("both warehouses answer alike after any sequence of acts", async () => {
    await using fresh = await freshDatabase();
    const duck = await Duck.open({ path: ":memory:", threads: 2 });
    const mongo = fresh.open();
    let run = 0;
    try {
      await fc.assert(
        fc.asyncProperty(fc.array(actArbitrary, { minLength: 2, maxLength: 10 }), async (acts) => {
          const clock = { at: Date.parse("2026-02-01T00:00:00Z") };
          const now = () => new Date(clock.at);
          const pair = new Pair(
            duck,
            [openDuckWarehouse({ duck, now }), openMongoWarehouse({ mongo, duck, now })],
            { workspace: "default", dataset: { ...testDataset, id: `alike_${run++}` } },
            clock,
          );
          for (const act of acts) await pair.do(act);
          await pair.compareHistory();
        }),
        { numRuns: Number(Deno.env.get("ALIKE_RUNS") ?? 25) },
      );
    } finally {
      await duck.close();
    }
  });
});

/** Both warehouses, and the acts done to both. */
class Pair {
  #imports: { id: string; counts: boolean; options: PublishOptions }[] = [];

  constructor(
    readonly duck: Duck,
    readonly stores: [Warehouse, Warehouse],
    readonly ref: DatasetRef,
    readonly clock: { at: number },
  ) {}

  async do(act: Act): Promise<void> {
    this.clock.at += 1_000;
    if (act.act === "import") await this.#import(act);
    else if (act.act === "compact") {
      const before = new Date(this.clock.at - act.ago * 1_000).toISOString();
      await this.#both((store) => store.compact(this.ref, { before }));
    } else if (act.act === "rollups") {
      // How much is rebuilt is each store's own matter: a column without rows makes tables anew, not documents.
      await this.#both(async (store) => void await store.refreshRollups(this.ref));
    } else {
      const chosen = this.#imports[act.pick % Math.max(this.#imports.length, 1)];
      if (!chosen) return;
      if (act.act === "again") await this.#both((store) => store.publish(this.ref, chosen.id, chosen.options));
      else await this.#turn(chosen);
    }
    await this.#both((store) => store.state(this.ref));
    await this.#both((store) => store.coverage(this.ref));
    for (const column of ["account", "campaign"]) {
      await this.#both((store) => store.values(this.ref, column, { limit: 20 }));
    }
    // Every version is asked about at the end; here, whether the same one is answered as before.
    const isSameVersion = act.act === "rollups" || act.act === "compact";
    if (isSameVersion) await this.#ask((await this.stores[0].state(this.ref)).version);
  }

  async #ask(version: number): Promise<void> {
    for (const question of ALIKE_QUESTIONS) {
      await this.#both(async (store) => {
        // Which rollups stand is each store's own matter.
        const { rollup: _rollup, ...answer } = await store.query(this.ref, { ...question, version });
        return answer;
      });
    }
  }

  /** What stood at every version, and every way to name one. */
  async compareHistory(): Promise<void> {
    const { version } = await this.stores[0].state(this.ref);
    for (let n = 0; n <= version + 1; n++) {
      await this.#both((store) => store.versionAsOf(this.ref, String(n)));
      const { ok } = await this.#both((store) => store.coverage(this.ref, { version: n }));
      if (ok) await this.#ask(n);
    }
    for (const { id } of this.#imports) await this.#both((store) => store.versionAsOf(this.ref, id));
    for (let at = Date.parse("2026-02-01T00:00:00Z"); at <= this.clock.at; at += 1_000) {
      await this.#both((store) => store.versionAsOf(this.ref, new Date(at).toISOString()));
    }
  }

  async #import(act: FileAct): Promise<void> {
    const { rows, file } = testFile(act);
    const id = `i${this.#imports.length + 1}`;
    const staged = await stageTestRows(this.duck, this.ref, rows, id, file);
    const { version: expectedVersion } = await this.stores[0].state(this.ref);
    const options = { expectedVersion, mode: act.mode, provisionalFrom: act.provisionalFrom };
    await this.#both((store) => store.stage(this.ref, staged));
    await this.#both((store) => store.preview(this.ref, id, options));
    await this.#both((store) => store.publish(this.ref, id, options));
    this.#imports.push({ id, counts: true, options });
  }

  async #turn(chosen: { id: string; counts: boolean }): Promise<void> {
    const { version: expectedVersion } = await this.stores[0].state(this.ref);
    const { ok } = await this.#both((store) =>
      chosen.counts
        ? store.rollback(this.ref, chosen.id, { expectedVersion })
        : store.restore(this.ref, chosen.id, { expectedVersion })
    );
    if (ok) chosen.counts = !chosen.counts;
  }

  /** Does it in both, and holds the answers or the refusals against one another. */
  async #both(act: (store: Warehouse) => Promise<unknown>): Promise<{ ok: boolean }> {
    const [duck, mongo] = [await outcome(act, this.stores[0]), await outcome(act, this.stores[1])];
    assert.deepEqual(mongo, duck);
    return { ok: "answer" in duck };
  }
}

async function outcome(
  act: (store: Warehouse) => Promise<unknown>,
  store: Warehouse,
): Promise<Record<string, unknown>> {
  try {
    return { answer: await act(store) };
  } catch (error) {
    if (!(error instanceof TesseraError)) throw error;
    return { refused: error.code, message: error.message, extra: error.extra };
  }
}

function testFile({ shape, rows, beyond }: FileAct): { rows: TestRow[]; file: TestFile } {
  const columns = {
    names: ["date", "platform", "account", "campaign_id", "campaign", "currency", "clicks"],
    devices: ["date", "platform", "account", "campaign_id", "device", "clicks", "spend", "reach"],
    accounts: ["date", "platform", "account_id", "account", "campaign", "clicks"],
    weeks: ["date", "platform", "account", "campaign_id", "clicks"],
  }[shape];
  const all = rows.map(({ day, account, entity, name, clicks }): Record<string, string | number | null> => ({
    date: `2026-01-0${day}`,
    platform: "meta_ads",
    account_id: account,
    account: shape === "accounts" ? `Shop ${name}` : account,
    campaign_id: entity,
    campaign: shape === "accounts" ? entity : name,
    device: entity === null ? "mobile" : "desktop",
    currency: name === "New" ? "USD" : "EUR",
    clicks,
    spend: clicks === null ? 1 : clicks * 3,
    reach: clicks,
    _until: shape === "weeks" ? `2026-01-${10 + day}` : `2026-01-0${day}`,
  }));
  const days = rows.map(({ day }) => day);
  const range = days.length === 0 || beyond === 0 ? undefined : {
    from: `2026-01-0${Math.max(1, Math.min(...days) - beyond)}`,
    to: `2026-01-0${Math.min(9, Math.max(...days) + beyond)}`,
  };
  return {
    rows: all.map((row) => Object.fromEntries([...columns, "_until"].map((name) => [name, row[name] ?? null]))),
    file: { columns, grain: shape === "weeks" ? "week" : "day", range },
  };
}
