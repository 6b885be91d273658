/**
 * The embedded warehouse: row versions, claims and versions in DuckDB tables, one schema per workspace.
 * How it is laid out stands in `duckdb_tables.ts`; each act has its own file. Writing goes through one connection, in
 * transactions; reading never waits for it.
 */
import type { Duck, DuckSession } from "@/lib/duckdb/duckdb.ts";
import type { StagedRows } from "@/lib/staging/mod.ts";
import { compactTables } from "./duckdb_compact.ts";
import { readCoverage } from "./duckdb_coverage.ts";
import { notStaged, previewImport, publishImport } from "./duckdb_publish.ts";
import { type QueryContext, runFactQuery } from "./duckdb_query.ts";
import { turnImport } from "./duckdb_rollback.ts";
import { readRollups, refreshRollupTables } from "./duckdb_rollups.ts";
import { type StagedImport, stageRows } from "./duckdb_stage.ts";
import { readState } from "./duckdb_state.ts";
import { ensureTables, readStored, type Tables, tablesOf } from "./duckdb_tables.ts";
import { readValues } from "./duckdb_values.ts";
import { currentVersion, versionAsOf } from "./duckdb_versions.ts";
import type {
  CoverageRow,
  DatasetRef,
  DatasetState,
  FactQuery,
  FactRows,
  ImportDiff,
  PublishOptions,
  PublishResult,
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
  /** The state by schema and dataset, until the next act. */
  #states = new Map<string, Promise<DatasetState>>();
  /** What questions found out once per version. */
  #memory = new Map<string, boolean>();

  constructor(duck: Duck, now: () => Date) {
    this.#duck = duck;
    this.#now = now;
  }

  async ensure(ref: DatasetRef): Promise<void> {
    await this.#tables(ref);
  }

  async state(ref: DatasetRef): Promise<DatasetState> {
    const tables = await this.#tables(ref);
    const known = this.#states.get(tables.rows);
    if (known) return await known;
    const read = readState(this.#duck, tables);
    this.#states.set(tables.rows, read);
    read.catch(() => this.#forget(tables, read));
    return await read;
  }

  async stage(ref: DatasetRef, rows: StagedRows): Promise<void> {
    const tables = await this.#tables(ref);
    const staged = await stageRows(this.#duck, tables, rows);
    this.#staged.set(stagedKey(tables, rows.importId), staged);
  }

  async unstage(ref: DatasetRef, importId: string): Promise<void> {
    this.#staged.delete(stagedKey(await this.#tables(ref), importId));
  }

  async preview(ref: DatasetRef, importId: string, options: PublishOptions): Promise<ImportDiff> {
    return await this.#transaction(ref, (session, tables) => {
      const staged = this.#staged.get(stagedKey(tables, importId));
      if (!staged) throw notStaged(tables, importId);
      return previewImport(session, tables, staged, options);
    });
  }

  async publish(ref: DatasetRef, importId: string, options: PublishOptions): Promise<PublishResult> {
    const result = await this.#act(ref, (session, tables) => {
      const staged = this.#staged.get(stagedKey(tables, importId)) ?? null;
      return publishImport(session, tables, importId, { ...options, staged, now: this.#now() });
    });
    await this.unstage(ref, importId);
    return result;
  }

  async rollback(ref: DatasetRef, importId: string, options: { expectedVersion: number }): Promise<PublishResult> {
    return await this.#turn(ref, importId, "rollback", options.expectedVersion);
  }

  async restore(ref: DatasetRef, importId: string, options: { expectedVersion: number }): Promise<PublishResult> {
    return await this.#turn(ref, importId, "restore", options.expectedVersion);
  }

  async versionAsOf(ref: DatasetRef, asOf: string): Promise<number> {
    const tables = await this.#tables(ref);
    return await this.#duck.snapshot((session) => versionAsOf(session, tables, asOf));
  }

  async query(ref: DatasetRef, query: FactQuery): Promise<FactRows> {
    const tables = await this.#tables(ref);
    // Levels, rollups and rows of one moment: a publish in between cannot mix two versions in one answer.
    return await this.#duck.snapshot(async (session) =>
      await runFactQuery(session, { ...await readQueryContext(session, tables), memory: this.#memory }, query)
    );
  }

  async values(ref: DatasetRef, column: string, options: { search?: string; limit: number }): Promise<string[]> {
    return await readValues(this.#duck, await this.#tables(ref), column, options);
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
    return { periods: await this.#transaction(ref, refreshRollupTables) };
  }

  async compact(ref: DatasetRef, options: { before: string }): Promise<{ rows: number }> {
    return { rows: await this.#transaction(ref, (session, tables) => compactTables(session, tables, options.before)) };
  }

  async ping(): Promise<void> {
    await this.#duck.rows("select 1");
  }

  close(): Promise<void> {
    this.#states.clear();
    this.#ensured.clear();
    this.#staged.clear();
    return Promise.resolve();
  }

  #turn(ref: DatasetRef, importId: string, action: "rollback" | "restore", expectedVersion: number) {
    return this.#act(
      ref,
      (session, tables) => turnImport(session, tables, importId, { action, expectedVersion, now: this.#now() }),
    );
  }

  /** The tables of a dataset, made to exist on first use and again when its definition has other columns. */
  async #tables(ref: DatasetRef): Promise<Tables> {
    const tables = tablesOf(ref);
    const key = `${tables.rows} ${ref.dataset.columns.map(({ name, type }) => `${name}:${type}`).join(" ")}`;
    const known = this.#ensured.get(key) ?? this.#duck.transaction((session) => ensureTables(session, tables));
    this.#ensured.set(key, known);
    try {
      await known;
    } catch (error) {
      this.#ensured.delete(key);
      throw error;
    }
    return tables;
  }

  async #transaction<T>(ref: DatasetRef, work: (session: DuckSession, tables: Tables) => Promise<T>): Promise<T> {
    const tables = await this.#tables(ref);
    return await this.#duck.transaction(async (session) => {
      await readStored(session, tables);
      return await work(session, tables);
    });
  }

  /** A transaction that makes a version: what was known of the state is forgotten once it stands. */
  async #act<T>(ref: DatasetRef, work: (session: DuckSession, tables: Tables) => Promise<T>): Promise<T> {
    const result = await this.#transaction(ref, work);
    this.#states.delete(tablesOf(ref).rows);
    return result;
  }

  #forget(tables: Tables, read: Promise<DatasetState>): void {
    if (this.#states.get(tables.rows) === read) this.#states.delete(tables.rows);
  }
}

function stagedKey(tables: Tables, importId: string): string {
  return `${tables.rows} ${importId}`;
}

/** What the compiler of questions has to know about the tables as they stand. */
async function readQueryContext(session: Pick<DuckSession, "rows">, tables: Tables): Promise<QueryContext> {
  const levels = await session.rows(
    `select level, name, grain, coalesce(columns, []) as columns from ${tables.levels}`,
  );
  return {
    schema: tables.schemaName,
    dataset: tables.ref.dataset,
    levels: levels.map((row) => ({
      level: Number(row.level),
      name: String(row.name),
      grain: String(row.grain),
      columns: (row.columns as string[]).map(String),
    })),
    rollups: await readRollups(session, tables),
    currentVersion: await currentVersion(session, tables),
  };
}
