/** Sequences of acts done to several warehouses at once, each answer and refusal held against the others'. */
import assert from "node:assert/strict";
import fc from "fast-check";
import type { Duck } from "@/lib/duckdb/duckdb.ts";
import { TesseraError } from "@/lib/errors.ts";
import type { DatasetRef, PublishOptions, Warehouse } from "@/lib/warehouse/mod.ts";
import { ALIKE_QUESTIONS } from "./alike_questions.ts";
import { stageTestRows, type TestFile, type TestRow } from "./warehouse_rows.ts";

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
/** What is done to all of them. */
export type AlikeAct = FileAct | { act: "turn" | "again"; pick: number } | { act: "compact"; ago: number } | {
  act: "rollups";
};

const rowArbitrary = fc.record({
  day: fc.integer({ min: 1, max: 5 }),
  account: fc.constantFrom("a", "$1"),
  entity: fc.constantFrom("c1", "c2", "c3", null),
  name: fc.constantFrom("Old", "New", "$v.clicks", "Grüße/%.$", null),
  clicks: fc.constantFrom(1, 2, 9_007_199_254_740_991, null),
});

/** Any act. */
export const actArbitrary: fc.Arbitrary<AlikeAct> = fc.oneof(
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

/** A warehouse, and where in it the dataset lies. */
export interface AlikeStore {
  warehouse: Warehouse;
  ref: DatasetRef;
}

/** Warehouses that hold the same, and the acts done to all of them. */
export class Alike {
  #imports: { id: string; counts: boolean; options: PublishOptions }[] = [];

  constructor(
    readonly duck: Duck,
    readonly stores: AlikeStore[],
    readonly clock: { at: number },
  ) {}

  async do(act: AlikeAct): Promise<void> {
    this.clock.at += 1_000;
    if (act.act === "import") await this.#import(act);
    else if (act.act === "compact") {
      const before = new Date(this.clock.at - act.ago * 1_000).toISOString();
      await this.#all((store, ref) => store.compact(ref, { before }));
    } else if (act.act === "rollups") {
      // How much is rebuilt is each store's own matter: a column without rows makes tables anew, not documents.
      await this.#all(async (store, ref) => void await store.refreshRollups(ref));
    } else {
      const chosen = this.#imports[act.pick % Math.max(this.#imports.length, 1)];
      if (!chosen) return;
      if (act.act === "again") await this.#all((store, ref) => store.publish(ref, chosen.id, chosen.options));
      else await this.#turn(chosen);
    }
    await this.#all((store, ref) => store.state(ref));
    await this.#all((store, ref) => store.coverage(ref));
    for (const column of ["account", "campaign"]) {
      await this.#all((store, ref) => store.values(ref, column, { limit: 20 }));
    }
    // Every version is asked about at the end; here, whether the same one is answered as before.
    const isSameVersion = act.act === "rollups" || act.act === "compact";
    if (isSameVersion) await this.#ask(await this.#version());
  }

  async #ask(version: number): Promise<void> {
    for (const question of ALIKE_QUESTIONS) {
      await this.#all(async (store, ref) => {
        // Which rollups stand is each store's own matter.
        const { rollup: _rollup, ...answer } = await store.query(ref, { ...question, version });
        return answer;
      });
    }
  }

  /** What stood at every version, and every way to name one. */
  async compareHistory(): Promise<void> {
    const version = await this.#version();
    for (let n = 0; n <= version + 1; n++) {
      await this.#all((store, ref) => store.versionAsOf(ref, String(n)));
      const { ok } = await this.#all((store, ref) => store.coverage(ref, { version: n }));
      if (ok) await this.#ask(n);
    }
    for (const { id } of this.#imports) await this.#all((store, ref) => store.versionAsOf(ref, id));
    for (let at = Date.parse("2026-02-01T00:00:00Z"); at <= this.clock.at; at += 1_000) {
      await this.#all((store, ref) => store.versionAsOf(ref, new Date(at).toISOString()));
    }
  }

  async #import(act: FileAct): Promise<void> {
    const { rows, file } = testFile(act);
    const id = `i${this.#imports.length + 1}`;
    const expectedVersion = await this.#version();
    const options = { expectedVersion, mode: act.mode, provisionalFrom: act.provisionalFrom };
    await this.#all(async (store, ref) => await store.stage(ref, await stageTestRows(this.duck, ref, rows, id, file)));
    await this.#all((store, ref) => store.preview(ref, id, options));
    await this.#all((store, ref) => store.publish(ref, id, options));
    this.#imports.push({ id, counts: true, options });
  }

  async #turn(chosen: { id: string; counts: boolean }): Promise<void> {
    const expectedVersion = await this.#version();
    const { ok } = await this.#all((store, ref) =>
      chosen.counts
        ? store.rollback(ref, chosen.id, { expectedVersion })
        : store.restore(ref, chosen.id, { expectedVersion })
    );
    if (ok) chosen.counts = !chosen.counts;
  }

  async #version(): Promise<number> {
    const [{ warehouse, ref }] = this.stores as [AlikeStore];
    return (await warehouse.state(ref)).version;
  }

  /** Does it in all of them, and holds the answers or the refusals against one another. */
  async #all(act: (store: Warehouse, ref: DatasetRef) => Promise<unknown>): Promise<{ ok: boolean }> {
    const [first, ...others] = this.stores as [AlikeStore, ...AlikeStore[]];
    const told = await outcome(act, first);
    for (const other of others) assert.deepEqual(await outcome(act, other), told, other.ref.workspace);
    return { ok: "answer" in told };
  }
}

async function outcome(
  act: (store: Warehouse, ref: DatasetRef) => Promise<unknown>,
  { warehouse, ref }: AlikeStore,
): Promise<Record<string, unknown>> {
  try {
    return { answer: await act(warehouse, ref) };
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
