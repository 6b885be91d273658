/** What every Warehouse must do, whatever it is built on: the data rules of levels, versions and claims. */
import assert from "node:assert/strict";
import { ConflictError, InputError, NotFoundError } from "@/lib/errors.ts";
import { datasetSchema } from "@/lib/model/mod.ts";
import type { StagedRows } from "@/lib/staging/mod.ts";
import type { DatasetRef, FactRows, PublishOptions, PublishResult, Warehouse } from "@/lib/warehouse/mod.ts";
import { testDataset, type TestFile, type TestRow } from "./warehouse_rows.ts";
import { warehouseLaws } from "./warehouse_laws.ts";
import { warehouseTogether } from "./warehouse_together.ts";

/** An empty warehouse, and the way test rows come into it. */
export interface OpenedWarehouse {
  warehouse: Warehouse;
  /** Leaves rows where `warehouse.stage` finds them. */
  stageRows(ref: DatasetRef, rows: TestRow[], importId: string, file?: TestFile): Promise<StagedRows>;
  close(): Promise<void>;
}

/** What a case works with: one dataset and short ways to act on it. */
export class Facts {
  constructor(readonly opened: OpenedWarehouse, readonly ref: DatasetRef) {}

  get warehouse(): Warehouse {
    return this.opened.warehouse;
  }

  async version(): Promise<number> {
    return (await this.warehouse.state(this.ref)).version;
  }

  async stage(id: string, rows: TestRow[], file?: TestFile): Promise<void> {
    await this.warehouse.ensure(this.ref);
    await this.warehouse.stage(this.ref, await this.opened.stageRows(this.ref, rows, id, file));
  }

  async publish(
    id: string,
    rows: TestRow[],
    options: Partial<PublishOptions> & { file?: TestFile } = {},
  ): Promise<PublishResult> {
    await this.stage(id, rows, options.file);
    const { mode = "merge", provisionalFrom = null } = options;
    const expectedVersion = options.expectedVersion ?? await this.version();
    return await this.warehouse.publish(this.ref, id, { expectedVersion, mode, provisionalFrom });
  }

  async rollback(id: string): Promise<PublishResult> {
    return await this.warehouse.rollback(this.ref, id, { expectedVersion: await this.version() });
  }

  async restore(id: string): Promise<PublishResult> {
    return await this.warehouse.restore(this.ref, id, { expectedVersion: await this.version() });
  }

  /** The rows by all their columns, as the query answers them. */
  async rows(version?: number, dimensions = ["platform", "account", "campaign_id", "device"]): Promise<FactRows> {
    return await this.warehouse.query(this.ref, {
      version: version ?? await this.version(),
      from: null,
      to: null,
      groups: ["date", ...dimensions].map((column) => ({ id: column, column })),
      aggregates: [
        { id: "clicks", fn: "sum", column: "clicks" },
        { id: "spend", fn: "sum", column: "spend" },
        { id: "reach", fn: "only", column: "reach" },
        { id: "rows", fn: "count_rows" },
      ],
      where: null,
      order: [],
      limit: null,
      offset: 0,
      totals: false,
    });
  }

  /** Clicks by campaign, short to compare. */
  async clicks(version?: number): Promise<Record<string, bigint>> {
    const { rows } = await this.rows(version, ["campaign_id"]);
    const sums: Record<string, bigint> = {};
    for (const row of rows) {
      const name = String(row.campaign_id);
      sums[name] = (sums[name] ?? 0n) + (row.clicks as bigint | null ?? 0n);
    }
    return sums;
  }
}

/** A row of the test dataset on a day of January 2026. */
export function fact(day: number, campaign: string | null, clicks: number | null, more: TestRow = {}): TestRow {
  const date = `2026-01-${String(day).padStart(2, "0")}`;
  return { date, platform: "meta_ads", account: "a", campaign_id: campaign, currency: "EUR", clicks, ...more };
}

const counts = ({ inserted, updated, unchanged, removed, days }: PublishResult) => ({
  inserted,
  updated,
  unchanged,
  removed,
  days,
});

/** Runs the contract. `open` gives an empty warehouse each time. */
export function warehouseContract(name: string, open: () => Promise<OpenedWarehouse>): void {
  const it = (title: string, run: (facts: Facts) => Promise<void>) =>
    Deno.test(`${name}: ${title}`, async () => {
      const opened = await open();
      try {
        await run(new Facts(opened, { workspace: "default", dataset: testDataset }));
      } finally {
        await opened.close();
      }
    });

  it("state() of a dataset that nothing was published to is empty, and reading it is no error", async (facts) => {
    assert.deepEqual(await facts.warehouse.state(facts.ref), {
      version: 0,
      asOf: null,
      rows: 0,
      range: null,
      levels: [],
      accounts: [],
      currencies: [],
    });
    assert.deepEqual((await facts.rows()).rows, []);
    assert.deepEqual(await facts.warehouse.coverage(facts.ref), []);
  });

  it("publish() makes staged rows visible at once, as the next version", async (facts) => {
    await facts.stage("i1", [fact(1, "c1", 10), fact(2, "c1", 20), fact(2, "c2", 5)]);
    assert.equal((await facts.warehouse.state(facts.ref)).rows, 0);
    const options: PublishOptions = { expectedVersion: 0, mode: "merge", provisionalFrom: null };
    const preview = await facts.warehouse.preview(facts.ref, "i1", options);
    assert.equal((await facts.warehouse.state(facts.ref)).version, 0);
    const result = await facts.warehouse.publish(facts.ref, "i1", options);
    assert.deepEqual(result, { ...preview, version: 1 });
    assert.deepEqual(counts(result), { inserted: 3, updated: 0, unchanged: 0, removed: 0, days: 2 });
    assert.deepEqual(result.perMeasure, {
      clicks: { before: null, after: 35n },
      spend: { before: null, after: null },
    });
    const state = await facts.warehouse.state(facts.ref);
    assert.equal(state.version, 1);
    assert.equal(state.rows, 3);
    assert.deepEqual(state.range, { from: "2026-01-01", to: "2026-01-02" });
    assert.deepEqual(state.levels, [{ level: "day:campaign_id", grain: "day", columns: ["campaign_id"], rows: 3 }]);
    assert.deepEqual(state.accounts, [{ platform: "meta_ads", account: "a" }]);
    assert.deepEqual(state.currencies, ["EUR"]);
    assert.ok(state.asOf && !Number.isNaN(Date.parse(state.asOf)));
  });

  it("publish() counts new, changed and unchanged rows, and keeps the rows that a merged file lacks", async (facts) => {
    await facts.publish("i1", [fact(1, "c1", 10), fact(1, "c2", 20), fact(1, "c3", 30)]);
    const result = await facts.publish("i2", [fact(1, "c1", 10), fact(1, "c2", 21), fact(2, "c4", 1)]);
    assert.deepEqual(counts(result), { inserted: 1, updated: 1, unchanged: 1, removed: 0, days: 2 });
    assert.equal(result.missing, 1, "c3 stands here and is not in the file");
    assert.deepEqual(result.perMeasure.clicks, { before: 60n, after: 62n });
    assert.deepEqual(await facts.clicks(), { c1: 10n, c2: 21n, c3: 30n, c4: 1n });
  });

  it("publish() of the same file again changes no row", async (facts) => {
    const rows = [fact(1, "c1", 10, { spend: 1_500_000, reach: 7 }), fact(1, null, 20), fact(2, "c2", null)];
    await facts.publish("i1", rows);
    const before = await facts.rows();
    const result = await facts.publish("i2", rows);
    assert.deepEqual(counts(result), { inserted: 0, updated: 0, unchanged: 3, removed: 0, days: 0 });
    assert.equal(result.version, 2);
    assert.deepEqual(await facts.rows(), before);
  });

  it("publish() tells null from a value in every part of the key and of the contents", async (facts) => {
    await facts.publish("i1", [fact(1, null, 10), fact(1, "c1", 0), fact(1, "c2", null)]);
    const result = await facts.publish("i2", [fact(1, null, 10), fact(1, "c1", null), fact(1, "c2", 0)]);
    assert.deepEqual(counts(result), { inserted: 0, updated: 2, unchanged: 1, removed: 0, days: 1 });
    const { rows } = await facts.rows();
    assert.deepEqual(rows.map((row) => [row.campaign_id, row.clicks]), [["c1", null], ["c2", 0n], [null, 10n]]);
  });

  it("publish() keeps platforms, accounts and days apart", async (facts) => {
    const result = await facts.publish("i1", [
      fact(1, "c1", 1),
      fact(2, "c1", 2),
      fact(1, "c1", 4, { account: "b" }),
      fact(1, "c1", 8, { platform: "google_ads" }),
    ]);
    assert.equal(result.inserted, 4);
    assert.deepEqual(await facts.clicks(), { c1: 15n });
  });

  it("publish() in mode replace ends rows that are absent from the file's platforms, accounts, level and range", async (facts) => {
    await facts.publish("i1", [
      fact(1, "c1", 1),
      fact(2, "c1", 2),
      fact(2, "c2", 4),
      fact(3, "c2", 8),
      fact(4, "c1", 16),
      fact(2, "c1", 32, { account: "b" }),
      fact(2, "c1", 64, { platform: "google_ads" }),
    ]);
    await facts.publish("i2", [{ ...fact(2, "c1", 128), device: "mobile" }]);
    const file = { range: { from: "2026-01-02", to: "2026-01-03" } };
    await facts.stage("i3", [fact(2, "c1", 3)], file);
    const merged = { expectedVersion: 2, mode: "merge", provisionalFrom: null } as const;
    assert.equal((await facts.warehouse.preview(facts.ref, "i3", merged)).missing, 2, "also told where they stay");
    const result = await facts.publish("i3", [fact(2, "c1", 3)], { mode: "replace", file });
    assert.equal(result.missing, 2);
    assert.deepEqual(counts(result), { inserted: 0, updated: 1, unchanged: 0, removed: 2, days: 2 });
    assert.deepEqual(result.perMeasure.clicks, { before: 14n, after: 3n });
    const { levels, rows } = await facts.warehouse.state(facts.ref);
    assert.deepEqual(levels.map((level) => [level.level, level.rows]), [["day:campaign_id", 5], [
      "day:campaign_id+device",
      1,
    ]]);
    assert.equal(rows, 6);
  });

  it("publish() keeps levels apart: the same day twice is counted once", async (facts) => {
    await facts.publish("campaigns", [fact(1, "c1", 10), fact(1, "c2", 5)]);
    await facts.publish("devices", [
      fact(1, "c1", 7, { device: "mobile" }),
      fact(1, "c1", 3, { device: "desktop" }),
      fact(1, "c2", 5, { device: "mobile" }),
    ]);
    assert.deepEqual(await facts.clicks(), { c1: 10n, c2: 5n });
    const coverage = await facts.warehouse.coverage(facts.ref);
    assert.deepEqual(coverage.map((row) => [row.level, row.rows]), [
      ["day:campaign_id", 2],
      ["day:campaign_id+device", 3],
    ]);
  });

  it("publish() keeps rows that stand for a period as their own level, with their last day", async (facts) => {
    await facts.publish("weeks", [fact(5, "c1", 70, { _until: "2026-01-11" })], { file: { grain: "week" } });
    const state = await facts.warehouse.state(facts.ref);
    assert.deepEqual(state.range, { from: "2026-01-05", to: "2026-01-11" });
    assert.deepEqual(state.levels.map((level) => [level.level, level.grain]), [["week:campaign_id", "week"]]);
    const longer = await facts.publish("weeks2", [fact(5, "c1", 70, { _until: "2026-01-12" })], {
      file: { grain: "week" },
    });
    assert.equal(longer.updated, 1);
  });

  it("publish() refuses a version that is not the current one, and leaves everything as it was", async (facts) => {
    await facts.publish("i1", [fact(1, "c1", 10)]);
    const refused = facts.publish("i2", [fact(1, "c1", 11)], { expectedVersion: 0 });
    await assert.rejects(refused, (error: ConflictError) => {
      assert.ok(error instanceof ConflictError);
      assert.equal(error.code, "version-conflict");
      assert.deepEqual(error.extra, { expectedVersion: 0, version: 1 });
      return true;
    });
    assert.deepEqual(await facts.clicks(), { c1: 10n });
    const again = await facts.warehouse.publish(facts.ref, "i2", {
      expectedVersion: 1,
      mode: "merge",
      provisionalFrom: null,
    });
    assert.equal(again.updated, 1);
  });

  it("publish() repeated answers what it did, and does nothing more", async (facts) => {
    const first = await facts.publish("i1", [fact(1, "c1", 10, { spend: 5 })]);
    await facts.publish("i2", [fact(1, "c1", 11)]);
    const again = await facts.warehouse.publish(facts.ref, "i1", {
      expectedVersion: 0,
      mode: "merge",
      provisionalFrom: null,
    });
    assert.deepEqual(again, first);
    const staged = await facts.publish("i1", [fact(1, "c1", 99)]);
    assert.deepEqual(staged, first);
    assert.equal(await facts.version(), 2);
    assert.deepEqual(await facts.clicks(), { c1: 11n });
  });

  it("publish() of an import that was not staged names it", async (facts) => {
    await facts.warehouse.ensure(facts.ref);
    const options: PublishOptions = { expectedVersion: 0, mode: "merge", provisionalFrom: null };
    await assert.rejects(() => facts.warehouse.publish(facts.ref, "nope", options), (error: NotFoundError) => {
      assert.ok(error instanceof NotFoundError);
      assert.match(error.message, /"nope"/);
      return true;
    });
    await facts.stage("i1", [fact(1, "c1", 1)]);
    await facts.warehouse.unstage(facts.ref, "i1");
    await facts.warehouse.unstage(facts.ref, "i1");
    await assert.rejects(() => facts.warehouse.publish(facts.ref, "i1", options), NotFoundError);
  });

  it("publish() of a file without rows makes a version and changes nothing", async (facts) => {
    await facts.publish("i1", [fact(1, "c1", 10)]);
    const columns = Object.keys(fact(1, "c1", 1));
    const result = await facts.publish("i2", [], { file: { columns }, mode: "replace" });
    assert.deepEqual(counts(result), { inserted: 0, updated: 0, unchanged: 0, removed: 0, days: 0 });
    assert.equal(result.version, 2);
    assert.deepEqual(await facts.clicks(), { c1: 10n });
  });

  it("publish() marks rows from a day on as provisional, until a later import settles them", async (facts) => {
    const rows = [fact(1, "c1", 1), fact(2, "c1", 2), fact(3, "c1", 3)];
    await facts.publish("i1", rows, { provisionalFrom: "2026-01-03" });
    const provisional = async () =>
      (await facts.warehouse.coverage(facts.ref)).filter((row) => row.provisional).map((row) => row.day);
    assert.deepEqual(await provisional(), ["2026-01-03"]);
    assert.deepEqual((await facts.rows()).provisional, ["2026-01-03"]);
    const settled = await facts.publish("i2", rows);
    // No value changed, but one day did: it is settled now.
    assert.deepEqual(counts(settled), { inserted: 0, updated: 0, unchanged: 3, removed: 0, days: 1 });
    assert.deepEqual(await provisional(), []);
    assert.deepEqual((await facts.rows(1)).provisional, ["2026-01-03"]);
    await facts.rollback("i2");
    assert.deepEqual(await provisional(), ["2026-01-03"]);
  });

  it("rollback() brings back what stood before, also where a later import said the same", async (facts) => {
    await facts.publish("i1", [fact(1, "c1", 10), fact(1, "c2", 20)]);
    await facts.publish("i2", [fact(1, "c1", 11), fact(1, "c3", 30)]);
    await facts.publish("i3", [fact(1, "c2", 20), fact(1, "c3", 30)]);
    const second = await facts.rollback("i2");
    assert.deepEqual(counts(second), { inserted: 0, updated: 1, unchanged: 1, removed: 0, days: 1 });
    assert.deepEqual(second.perMeasure.clicks, { before: 61n, after: 60n });
    assert.deepEqual(await facts.clicks(), { c1: 10n, c2: 20n, c3: 30n });
    await facts.rollback("i1");
    assert.deepEqual(await facts.clicks(), { c2: 20n, c3: 30n });
    await facts.rollback("i3");
    assert.deepEqual(await facts.clicks(), {});
    assert.equal((await facts.warehouse.state(facts.ref)).range, null);
  });

  it("restore() puts an import back at its old place: a later one still wins", async (facts) => {
    await facts.publish("i1", [fact(1, "c1", 10), fact(1, "c2", 20)]);
    await facts.rollback("i1");
    await facts.publish("i2", [fact(1, "c1", 11)]);
    const restored = await facts.restore("i1");
    assert.deepEqual(counts(restored), { inserted: 1, updated: 0, unchanged: 1, removed: 0, days: 1 });
    assert.deepEqual(await facts.clicks(), { c1: 11n, c2: 20n });
  });

  it("restore() does not bring back rows that a later replacing import left out", async (facts) => {
    await facts.publish("i1", [fact(1, "c1", 10), fact(1, "c2", 20)]);
    await facts.rollback("i1");
    await facts.publish("i2", [fact(1, "c1", 11)], { mode: "replace" });
    await facts.restore("i1");
    assert.deepEqual(await facts.clicks(), { c1: 11n });
    await facts.rollback("i2");
    assert.deepEqual(await facts.clicks(), { c1: 10n, c2: 20n });
  });

  it("rollback() and restore() refuse what is so already, and a version that is not the current one", async (facts) => {
    await facts.publish("i1", [fact(1, "c1", 10)]);
    await assert.rejects(() => facts.restore("i1"), ConflictError);
    await assert.rejects(() => facts.warehouse.rollback(facts.ref, "i1", { expectedVersion: 7 }), ConflictError);
    await assert.rejects(() => facts.rollback("nope"), NotFoundError);
    await facts.rollback("i1");
    await assert.rejects(() => facts.rollback("i1"), ConflictError);
    const options: PublishOptions = { expectedVersion: 2, mode: "merge", provisionalFrom: null };
    await assert.rejects(() => facts.warehouse.publish(facts.ref, "i1", options), ConflictError);
    assert.equal(await facts.version(), 2);
  });

  it("versionAsOf() finds a version by number, import and moment, and query() reads it", async (facts) => {
    await facts.publish("i1", [fact(1, "c1", 10)]);
    const first = (await facts.warehouse.state(facts.ref)).asOf!;
    await new Promise((resolve) => setTimeout(resolve, 5));
    await facts.publish("i2", [fact(1, "c1", 11), fact(2, "c2", 5)]);
    await facts.rollback("i2");
    const asOf = (text: string) => facts.warehouse.versionAsOf(facts.ref, text);
    assert.equal(await asOf("2"), 2);
    assert.equal(await asOf("i1"), 1);
    assert.equal(await asOf("i2"), 2);
    assert.equal(await asOf(first), 1);
    assert.equal(await asOf("2000-01-01"), 0);
    assert.equal(await asOf("2999-01-01T00:00:00+02:00"), 3);
    assert.deepEqual(await facts.clicks(0), {});
    assert.deepEqual(await facts.clicks(1), { c1: 10n });
    assert.deepEqual(await facts.clicks(2), { c1: 11n, c2: 5n });
    assert.deepEqual(await facts.clicks(3), { c1: 10n });
    for (const unknown of ["4", "i3", "yesterday", "2026-13-45"]) {
      await assert.rejects(() => asOf(unknown), (error: InputError) => error.code === "unknown-as-of");
    }
  });

  it("coverage() tells what stood at a version too, within a range", async (facts) => {
    await facts.publish("i1", [fact(1, "c1", 10), fact(2, "c1", 10)]);
    await facts.publish("i2", [fact(2, "c2", 10), fact(3, "c2", 10)]);
    const days = async (options: { from?: string; to?: string; version?: number }) =>
      (await facts.warehouse.coverage(facts.ref, options)).map((row) => [row.day.slice(8), row.rows]);
    assert.deepEqual(await days({}), [["01", 1], ["02", 2], ["03", 1]]);
    assert.deepEqual(await days({ version: 1 }), [["01", 1], ["02", 1]]);
    assert.deepEqual(await days({ version: 0 }), []);
    assert.deepEqual(await days({ from: "2026-01-02", to: "2026-01-02" }), [["02", 2]]);
  });

  it("values() lists a dimension's values with their counts, most rows first, an entity by its latest name", async (facts) => {
    await facts.publish("i1", [
      fact(1, "c1", 1, { campaign: "Old" }),
      fact(2, "c1", 1, { campaign: "Old" }),
      fact(1, "c2", 1, { campaign: "Brand_100%" }),
      fact(1, "c3", 1, { campaign: null }),
    ]);
    await facts.publish("i2", [fact(2, "c1", 1, { campaign: "New" })]);
    const counted = (column: string, search?: string, limit = 10) =>
      facts.warehouse.values(facts.ref, column, { search, limit });
    const values = async (...asked: Parameters<typeof counted>) => (await counted(...asked)).map(({ value }) => value);
    assert.deepEqual(await counted("campaign"), [{ value: "New", rows: 2 }, { value: "Brand_100%", rows: 1 }]);
    assert.deepEqual(await values("campaign"), ["New", "Brand_100%"]);
    assert.deepEqual(await values("campaign_id"), ["c1", "c2", "c3"]);
    assert.deepEqual(await values("campaign_id", undefined, 1), ["c1"]);
    assert.deepEqual(await values("campaign", "BRAND_1"), ["Brand_100%"]);
    assert.deepEqual(await values("campaign", "_%"), []);
    await assert.rejects(() => values("clicks"), InputError);
    await facts.rollback("i2");
    assert.deepEqual(await values("campaign"), ["Old", "Brand_100%"]);
  });

  it("values() names an account by the latest name of its id too", async (facts) => {
    const accounts = () => facts.warehouse.values(facts.ref, "account", { limit: 5 });
    const shop = (day: number, account: string) => fact(day, "c1", 1, { account_id: "7", account, campaign: "A" });
    await facts.publish("i1", [shop(1, "Old shop"), shop(2, "New shop")]);
    assert.deepEqual(await accounts(), [{ value: "New shop", rows: 2 }]);
    assert.deepEqual((await facts.warehouse.state(facts.ref)).accounts, [{
      platform: "meta_ads",
      account: "7",
      name: "New shop",
    }]);
    const moved = await facts.publish("i2", [shop(2, "Newer shop")]);
    assert.deepEqual(counts(moved), { inserted: 0, updated: 1, unchanged: 0, removed: 0, days: 1 });
    assert.deepEqual(await accounts(), [{ value: "Newer shop", rows: 2 }]);
  });

  it("refreshRollups() rebuilds the periods that changed, and answers stay the same", async (facts) => {
    const months = () =>
      facts.version().then((version) =>
        facts.warehouse.query(facts.ref, {
          version,
          from: null,
          to: null,
          groups: [{ id: "month", column: "date", grain: "month" }, { id: "campaign", column: "campaign" }],
          aggregates: [{ id: "clicks", fn: "sum", column: "clicks" }, { id: "n", fn: "count", column: "clicks" }],
          where: null,
          order: [],
          limit: null,
          offset: 0,
          totals: true,
        })
      );
    await facts.publish("i1", [
      fact(1, "c1", 10, { campaign: "A" }),
      fact(2, "c1", 20, { campaign: "A" }),
      { ...fact(1, "c1", 40, { campaign: "A" }), date: "2026-02-01" },
    ]);
    const plain = await months();
    assert.deepEqual(await facts.warehouse.refreshRollups(facts.ref), { periods: 5 });
    assert.deepEqual(await facts.warehouse.refreshRollups(facts.ref), { periods: 0 });
    assert.deepEqual(await months(), plain);
    await facts.publish("i2", [fact(2, "c1", null, { campaign: "B" }), fact(1, "c1", 10, { campaign: "A" })]);
    const changed = await months();
    assert.deepEqual(changed.rows, [
      { month: "2026-01-01", campaign: "B", clicks: 10n, n: 1n },
      { month: "2026-02-01", campaign: "B", clicks: 40n, n: 1n },
    ]);
    assert.deepEqual(await facts.warehouse.refreshRollups(facts.ref), { periods: 2 });
    assert.deepEqual(await months(), changed);
    await facts.rollback("i1");
    await facts.warehouse.refreshRollups(facts.ref);
    assert.deepEqual((await months()).totals, { clicks: 10n, n: 1n });
  });

  it("ensure() adds new columns; rows of before have nothing in them and stay unchanged", async (facts) => {
    await facts.publish("i1", [fact(1, "c1", 10)]);
    const wider = datasetSchema.parse({
      ...testDataset,
      columns: [...testDataset.columns, { name: "views", title: "Views", role: "measure", type: "integer" }],
    });
    const after = new Facts(facts.opened, { workspace: "default", dataset: wider });
    await after.warehouse.ensure(after.ref);
    await after.warehouse.ensure(after.ref);
    assert.deepEqual(await after.clicks(), { c1: 10n });
    const same = await after.publish("i2", [fact(1, "c1", 10, { views: null }), fact(2, "c1", 1, { views: 3 })]);
    assert.deepEqual(counts(same), { inserted: 1, updated: 0, unchanged: 1, removed: 0, days: 1 });
    assert.deepEqual(same.perMeasure.views, { before: null, after: 3n });
  });

  it("keeps workspaces and datasets apart", async (facts) => {
    await facts.publish("i1", [fact(1, "c1", 10)]);
    const other = new Facts(facts.opened, { workspace: "other", dataset: testDataset });
    assert.equal(await other.version(), 0);
    await other.publish("i1", [fact(1, "c1", 99)]);
    const named = new Facts(facts.opened, { workspace: "default", dataset: { ...testDataset, id: "facts_b" } });
    assert.equal(await named.version(), 0);
    assert.deepEqual(await facts.clicks(), { c1: 10n });
  });

  it("maintain() answers what it did, changes no answer, and may be repeated", async (facts) => {
    await facts.publish("i1", [fact(1, "c1", 10)]);
    const before = await facts.warehouse.state(facts.ref);
    for (let time = 0; time < 2; time++) {
      const steps = await facts.warehouse.maintain([facts.ref]);
      assert.ok(steps.length > 0);
      for (const step of steps) {
        assert.equal(step.part, "warehouse");
        assert.ok(step.step && step.did, JSON.stringify(step));
        assert.equal(step.problem, undefined);
      }
    }
    assert.deepEqual(await facts.warehouse.state(facts.ref), before);
  });

  it("compact() drops what only older versions could see, and keeps what a rollback brings back", async (facts) => {
    await facts.publish("i1", [fact(1, "c1", 1), fact(1, "c2", 2)]);
    await facts.publish("i2", [fact(1, "c1", 10)]);
    const before = (await facts.warehouse.state(facts.ref)).asOf!;
    await new Promise((resolve) => setTimeout(resolve, 5));
    await facts.publish("i3", [fact(1, "c1", 100), fact(1, "c2", 200)]);
    const now = await facts.rows();
    const then = await facts.rows(2);
    assert.deepEqual(await facts.warehouse.compact(facts.ref, { before }), { rows: 1 });
    assert.deepEqual(await facts.warehouse.compact(facts.ref, { before }), { rows: 0 });
    assert.deepEqual(await facts.rows(), now);
    assert.deepEqual(await facts.rows(2), then);
    await assert.rejects(
      () => facts.warehouse.versionAsOf(facts.ref, "i1"),
      (error: InputError) => error.code === "unknown-as-of",
    );
    await facts.rollback("i3");
    assert.deepEqual(await facts.clicks(), { c1: 10n, c2: 2n });
    // What i2 hid is gone, so it cannot be rolled back; i1 can, as it hides nothing.
    await assert.rejects(() => facts.rollback("i2"), (error: ConflictError) => error.code === "past-keeping-time");
    await facts.rollback("i1");
    assert.deepEqual(await facts.clicks(), { c1: 10n });
  });

  warehouseTogether(it);
  warehouseLaws(it);
}
