/**
 * The embedded warehouse: row versions, claims and versions in DuckDB tables, one schema per workspace.
 * How it is laid out stands in `duckdb_tables.ts`; each act has its own file. Writing goes through one connection, in
 * transactions; reading never waits for it.
 */
import type { Duck, DuckSession } from "@/lib/duckdb/duckdb.ts";
import type { StagedRows } from "@/lib/staging/mod.ts";
import { compactTables } from "./duckdb_compact.ts";
import type { UpkeepStep } from "@/lib/model/mod.ts";
import { readCoverage } from "./duckdb_coverage.ts";
import { duckHistory } from "./duckdb_history.ts";
import { maintainTables } from "./duckdb_maintain.ts";
import { previewImport } from "./duckdb_publish.ts";
import { ChangeGuard, Known } from "./duckdb_known.ts";
import { runFactQuery } from "./duckdb_query.ts";
import { queryContext, type QueryTables, readQueryTables } from "./duckdb_query_tables.ts";
import { refreshRollupTables } from "./duckdb_rollups.ts";
import { type StagedImport, stageRows } from "./duckdb_stage.ts";
import { readState } from "./duckdb_state.ts";
import { ensureTables, readStored, type Tables, tablesOf } from "./duckdb_tables.ts";
import { actTogether, type DuckAct } from "./duckdb_together.ts";
import { readValues } from "./duckdb_values.ts";
import { currentVersion, versionAsOf } from "./duckdb_versions.ts";
import type { FactHistory } from "./history.ts";
import { notStaged } from "./refusals.ts";
import type {
  Act,
  CoverageRow,
  DatasetRef,
  DatasetState,
  FactQuery,
  FactRows,
  ImportDiff,
  PublishOptions,
  PublishResult,
  ValueCount,
  Warehouse,
} from "./mod.ts";

/** How to open. */
export interface DuckWarehouseOptions {
  duck: Duck;
  /** @default () => new Date() */
  now?: () => Date;
}

/** The warehouse on an open DuckDB. Closing it leaves the DuckDB open, as staging uses it too. */
export function openDuckWarehouse(options: DuckWarehouseOptions): Warehouse {
  return new DuckWarehouse(options.duck, options.now ?? (() => new Date()));
}

class DuckWarehouse implements Warehouse {
  #duck: Duck;
  #now: () => Date;
  /** Datasets whose tables are known to exist, by workspace, id and columns. */
  #ensured = new Map<string, Promise<void>>();
  /** Imports that wait to be published. Their rows live no longer than the process, so neither does this list. */
  #staged = new Map<string, StagedImport>();
  /** What is known of each dataset's tables until they change. */
  #changes = new ChangeGuard();
  #states = new Known<DatasetState>(this.#changes);
  #queryTables = new Known<QueryTables>(this.#changes);
  #values = new Known<ValueCount[]>(this.#changes);
  readonly history: FactHistory;

  constructor(duck: Duck, now: () => Date) {
    this.#duck = duck;
    this.#now = now;
    this.history = duckHistory({
      duck,
      tables: (ref) => this.#tables(ref),
      act: (ref, work) => this.#act(ref, work),
    });
  }

  async ensure(ref: DatasetRef): Promise<void> {
    await this.#tables(ref);
  }

  async state(ref: DatasetRef): Promise<DatasetState> {
    const tables = await this.#tables(ref);
    return await this.#states.get(tables.rows, this.#key(tables), () => readState(this.#duck, tables));
  }

  async stage(ref: DatasetRef, rows: StagedRows): Promise<void> {
    const tables = await this.#tables(ref);
    const staged = await stageRows(this.#duck, ref.dataset, rows);
    this.#staged.set(stagedKey(tables, rows.importId), staged);
  }

  async unstage(ref: DatasetRef, importId: string): Promise<void> {
    this.#staged.delete(stagedKey(await this.#tables(ref), importId));
  }

  async preview(ref: DatasetRef, importId: string, options: PublishOptions): Promise<ImportDiff> {
    return await this.#transaction(await this.#tables(ref), (session, tables) => {
      const staged = this.#staged.get(stagedKey(tables, importId));
      if (!staged) throw notStaged(tables.ref, importId);
      return previewImport(session, tables, staged, options);
    });
  }

  async publish(ref: DatasetRef, importId: string, options: PublishOptions): Promise<PublishResult> {
    return (await this.together([{ ref, import: importId, act: "publish", ...options }]))[0]!;
  }

  async rollback(ref: DatasetRef, importId: string, options: { expectedVersion: number }): Promise<PublishResult> {
    return (await this.together([{ ref, import: importId, act: "rollback", ...options }]))[0]!;
  }

  async restore(ref: DatasetRef, importId: string, options: { expectedVersion: number }): Promise<PublishResult> {
    return (await this.together([{ ref, import: importId, act: "restore", ...options }]))[0]!;
  }

  async together(acts: Act[]): Promise<PublishResult[]> {
    const byDataset = new Map<string, Tables>();
    const every: DuckAct[] = [];
    for (const act of acts) {
      const tables = byDataset.get(tablesOf(act.ref).rows) ?? await this.#tables(act.ref);
      byDataset.set(tables.rows, tables);
      every.push({ ...act, tables, staged: this.#staged.get(stagedKey(tables, act.import)) ?? null });
    }
    const results = await this.#change(
      [...byDataset.keys()],
      (becomeVisible) =>
        this.#duck.transaction(async (session) => {
          const done = await actTogether(session, every, this.#now());
          becomeVisible();
          return done;
        }),
    );
    for (const { tables, import: id, act } of every) if (act === "publish") this.#staged.delete(stagedKey(tables, id));
    return results;
  }

  async versionAsOf(ref: DatasetRef, asOf: string): Promise<number> {
    const tables = await this.#tables(ref);
    return await this.#duck.snapshot((session) => versionAsOf(session, tables, asOf));
  }

  async query(ref: DatasetRef, query: FactQuery): Promise<FactRows> {
    const tables = await this.#tables(ref);
    const stamp = this.#changes.stamp(tables.rows);
    if (stamp !== null) {
      const answer = await this.#queryKnown(tables, query, stamp);
      if (answer) return answer;
    }
    // While it changes, levels, rollups and rows are read of one moment: no answer ever mixes two versions.
    return await this.#duck.snapshot(async (session) => {
      const { memory: _unshared, ...context } = queryContext(tables, await readQueryTables(session, tables));
      return await runFactQuery(session, context, query);
    });
  }

  async values(ref: DatasetRef, column: string, options: { search?: string; limit: number }): Promise<ValueCount[]> {
    const tables = await this.#tables(ref);
    const read = () => readValues(this.#duck, tables, column, options);
    // What people type is not worth keeping; all values are asked for with every page.
    if (options.search !== undefined) return await read();
    const key = `${this.#key(tables)} ${column} ${options.limit}`;
    return [...await this.#values.get(tables.rows, key, read)];
  }

  async coverage(
    ref: DatasetRef,
    options: { from?: string; to?: string; version?: number } = {},
  ): Promise<CoverageRow[]> {
    const tables = await this.#tables(ref);
    return await this.#duck.snapshot(async (session) => {
      const version = options.version === undefined
        ? await currentVersion(session, tables)
        : await versionAsOf(session, tables, String(options.version));
      return await readCoverage(session, tables, { ...options, version });
    });
  }

  async refreshRollups(ref: DatasetRef): Promise<{ periods: number }> {
    return { periods: await this.#act(ref, refreshRollupTables) };
  }

  async compact(ref: DatasetRef, options: { before: string }): Promise<{ rows: number }> {
    return { rows: await this.#act(ref, (session, tables) => compactTables(session, tables, options.before)) };
  }

  async maintain(refs: DatasetRef[]): Promise<UpkeepStep[]> {
    const every: Tables[] = [];
    for (const ref of refs) every.push(await this.#tables(ref));
    return await maintainTables(this.#duck, every);
  }

  async ping(): Promise<void> {
    await this.#duck.rows("select 1");
  }

  close(): Promise<void> {
    this.#states.clear();
    this.#queryTables.clear();
    this.#values.clear();
    this.#ensured.clear();
    this.#staged.clear();
    return Promise.resolve();
  }

  /** The tables of a dataset, made to exist on first use and again when its definition has other columns. */
  async #tables(ref: DatasetRef): Promise<Tables> {
    const tables = tablesOf(ref);
    const key = this.#key(tables);
    const known = this.#ensured.get(key) ??
      this.#change([tables.rows], (becomeVisible) =>
        this.#duck.transaction(async (session) => {
          await ensureTables(session, tables);
          becomeVisible();
        }));
    this.#ensured.set(key, known);
    try {
      await known;
    } catch (error) {
      this.#ensured.delete(key);
      throw error;
    }
    return tables;
  }

  async #transaction<T>(
    tables: Tables,
    work: (session: DuckSession, tables: Tables) => Promise<T>,
    beforeCommit: () => void = () => {},
  ): Promise<T> {
    return await this.#duck.transaction(async (session) => {
      await readStored(session, tables);
      const result = await work(session, tables);
      beforeCommit();
      return result;
    });
  }

  /** A transaction that changes what readers see. */
  async #act<T>(ref: DatasetRef, work: (session: DuckSession, tables: Tables) => Promise<T>): Promise<T> {
    const tables = await this.#tables(ref);
    return await this.#change([tables.rows], (becomeVisible) => this.#transaction(tables, work, becomeVisible));
  }

  #change<T>(tables: string[], change: (becomeVisible: () => void) => Promise<T>): Promise<T> {
    return this.#changes.around(tables, change);
  }

  /** The answer from what is known of the tables, or null where they changed while it was worked out. */
  async #queryKnown(tables: Tables, query: FactQuery, stamp: number): Promise<FactRows | null> {
    const isSame = () => this.#changes.stamp(tables.rows) === stamp;
    try {
      const read = () => this.#duck.snapshot((session) => readQueryTables(session, tables));
      const known = await this.#queryTables.get(tables.rows, tables.rows, read);
      const answer = await runFactQuery(this.#duck, queryContext(tables, known), query);
      return isSame() ? answer : null;
    } catch (error) {
      // A column or rollup may be gone by now; otherwise it is an error as any other.
      if (isSame()) throw error;
      return null;
    }
  }

  /** Tables as one definition sees them. */
  #key(tables: Tables): string {
    return `${tables.rows} ${tables.ref.dataset.columns.map(({ name, type }) => `${name}:${type}`).join(" ")}`;
  }
}

function stagedKey(tables: Tables, importId: string): string {
  return `${tables.rows} ${importId}`;
}
