/**
 * Documents in SQLite: one table per collection, the document as JSON text, one index over JSON fields per declared
 * index. Values only ever travel as bound parameters; names come from code and are checked.
 */
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { type ConflictError, UnavailableError } from "@/lib/errors.ts";
import type { UpkeepStep } from "@/lib/model/mod.ts";
import { ensureTable, fieldExpression } from "./_sqlite_schema.ts";
import {
  checkedDocument,
  checkedList,
  checkedStored,
  decodeCursor,
  encodeCursor,
  type IndexValue,
  textValue,
  versionValue,
} from "./_checks.ts";
import { staleVersion, takenId, takenValue } from "./_conflicts.ts";
import type { Collection, DocumentStore, ListOptions, Page, Stored } from "./mod.ts";

/** How to open. */
export interface SqliteOptions {
  /** A file, or ":memory:". */
  path: string;
  /** @default Date.now */
  now?: () => number;
}

type Document = { id: string };
type StoredRow = { id: string; version: number; updated_at: string; body: string };

/** Opens the file and makes it durable: what was acknowledged outlives a kill at any moment. */
export function openSqliteDocuments(options: SqliteOptions): DocumentStore {
  return new SqliteDocuments(options);
}

class SqliteDocuments implements DocumentStore {
  #database: DatabaseSync;
  #now: () => number;
  #statements = new Map<string, StatementSync>();
  #tables = new Map<Collection<Document>, string>();

  constructor({ path, now = Date.now }: SqliteOptions) {
    this.#now = now;
    this.#database = new DatabaseSync(path);
    // In this order: waiting first, since switching to WAL needs the file for itself for a moment.
    this.#database.exec("pragma busy_timeout = 5000");
    this.#database.exec("pragma journal_mode = wal");
    this.#database.exec("pragma synchronous = full");
    this.#database.exec("create table if not exists ping (id integer primary key, at text not null) strict");
  }

  async create<T extends Document>(collection: Collection<T>, workspace: string, doc: T): Promise<Stored<T>> {
    await Promise.resolve(); // node:sqlite answers at once; whoever calls gets a rejection, never a throw
    const table = this.#table(collection, workspace);
    const checked = checkedDocument(collection, doc);
    const updatedAt = this.#timestamp();
    this.#write(collection, checked.id, () => {
      this.#run(`insert into ${table} (workspace, id, version, updated_at, body) values (?, ?, 1, ?, ?)`, [
        workspace,
        checked.id,
        updatedAt,
        JSON.stringify(checked),
      ]);
    });
    return { doc: checked, version: 1, updatedAt };
  }

  async get<T extends Document>(collection: Collection<T>, workspace: string, id: string): Promise<Stored<T> | null> {
    await Promise.resolve();
    const row = this.#row(this.#table(collection, workspace), workspace, textValue("id", id));
    return row ? read(collection, row) : null;
  }

  async put<T extends Document>(
    collection: Collection<T>,
    workspace: string,
    doc: T,
    expectedVersion: number,
  ): Promise<Stored<T>> {
    await Promise.resolve();
    const table = this.#table(collection, workspace);
    const checked = checkedDocument(collection, doc);
    const expected = versionValue(expectedVersion);
    const updatedAt = this.#timestamp();
    const changes = this.#write(collection, checked.id, () =>
      this.#run(
        `update ${table} set version = version + 1, updated_at = ?, body = ? where workspace = ? and id = ? and version = ?`,
        [updatedAt, JSON.stringify(checked), workspace, checked.id, expected],
      ));
    if (changes === 0) throw this.#stale(collection, table, workspace, checked.id, expectedVersion);
    return { doc: checked, version: expectedVersion + 1, updatedAt };
  }

  async delete<T extends Document>(
    collection: Collection<T>,
    workspace: string,
    id: string,
    expectedVersion?: number,
  ): Promise<boolean> {
    await Promise.resolve();
    const table = this.#table(collection, workspace);
    const key = [workspace, textValue("id", id)];
    const changes = this.#write(
      collection,
      id,
      () =>
        expectedVersion === undefined
          ? this.#run(`delete from ${table} where workspace = ? and id = ?`, key)
          : this.#run(`delete from ${table} where workspace = ? and id = ? and version = ?`, [
            ...key,
            versionValue(expectedVersion),
          ]),
    );
    if (changes === 0 && expectedVersion !== undefined && this.#row(table, workspace, id)) {
      throw this.#stale(collection, table, workspace, id, expectedVersion);
    }
    return changes > 0;
  }

  async list<T extends Document>(
    collection: Collection<T>,
    workspace: string,
    options: ListOptions = {},
  ): Promise<Page<T>> {
    await Promise.resolve();
    const table = this.#table(collection, workspace);
    const { name, fields, equals, from, to, descending, limit, cursor } = checkedList(collection, options);
    const columns = [...fields.map(fieldExpression), "id"];
    const where = ["workspace = ?"];
    const values: IndexValue[] = [workspace];
    const add = (condition: string, ...bound: IndexValue[]) => {
      where.push(condition);
      values.push(...bound);
    };

    columns.slice(0, -1).forEach((column, i) =>
      i < equals.length ? add(`${column} = ?`, equals[i]!) : add(`${column} is not null`)
    );
    const ranged = columns[equals.length]!;
    const bound = from ?? to;
    if (bound !== undefined) add(`typeof(${ranged}) ${typeof bound === "string" ? "= 'text'" : "<> 'text'"}`);
    if (from !== undefined) add(`${ranged} >= ?`, from);
    if (to !== undefined) add(`${ranged} <= ?`, to);

    const order = columns.slice(equals.length);
    if (cursor !== undefined) {
      const after = decodeCursor(cursor, name, descending, order.length);
      add(`(${order.join(", ")}) ${descending ? "<" : ">"} (${order.map(() => "?").join(", ")})`, ...after);
    }
    const direction = descending ? "desc" : "asc";
    // One more than asked for tells whether another page follows.
    const rows = this.#all(
      `select id, version, updated_at, body from ${table} where ${where.join(" and ")} order by ${
        order.map((column) => `${column} ${direction}`).join(", ")
      } limit ?`,
      [...values, limit + 1],
    );
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    if (rows.length <= limit || !last) return { items: page.map((row) => read(collection, row)), cursor: null };
    const body = JSON.parse(last.body) as Record<string, IndexValue>;
    const after = [...fields.slice(equals.length).map((field) => body[field]!), last.id];
    return {
      items: page.map((row) => read(collection, row)),
      cursor: encodeCursor(name, descending, after),
    };
  }

  async bring<T extends Document>(collection: Collection<T>, workspace: string, stored: Stored<T>): Promise<void> {
    await Promise.resolve();
    const table = this.#table(collection, workspace);
    const { doc, version, updatedAt } = checkedStored(collection, stored);
    this.#write(collection, doc.id, () =>
      this.#run(
        `insert into ${table} (workspace, id, version, updated_at, body) values (?, ?, ?, ?, ?)
         on conflict (workspace, id)
         do update set version = excluded.version, updated_at = excluded.updated_at, body = excluded.body`,
        [workspace, doc.id, version, updatedAt, JSON.stringify(doc)],
      ));
  }

  async now(): Promise<number> {
    await Promise.resolve();
    return this.#now();
  }

  async maintain(): Promise<UpkeepStep[]> {
    await Promise.resolve();
    const steps: UpkeepStep[] = [];
    const note = (step: string, work: () => string) => {
      const started = performance.now();
      const did = this.#guard(step, work);
      steps.push({ part: "documents", step, did, milliseconds: Math.round(performance.now() - started) });
    };
    note("statistics", () => {
      // 0x10002: look at tables that were not asked for lately too, and at no more rows of each than are needed.
      this.#database.exec("pragma optimize = 0x10002");
      return `statistics of ${this.#tables.size} ${this.#tables.size === 1 ? "kind" : "kinds"} of documents`;
    });
    note("checkpoint", () => {
      const moved = this.#database.prepare("pragma wal_checkpoint(passive)").get() as { checkpointed: number };
      return `${moved.checkpointed} pages of the log are in the file`;
    });
    return steps;
  }

  async ping(): Promise<void> {
    await Promise.resolve();
    this.#guard("answer", () => {
      this.#run("insert into ping (id, at) values (1, ?) on conflict (id) do update set at = excluded.at", [
        this.#timestamp(),
      ]);
    });
  }

  async close(): Promise<void> {
    await Promise.resolve();
    this.#statements.clear();
    if (this.#database.isOpen) this.#database.close();
  }

  #timestamp(): string {
    return new Date(this.#now()).toISOString();
  }

  /** The collection's table, made on first use. */
  #table<T extends Document>(collection: Collection<T>, workspace: string): string {
    textValue("workspace", workspace);
    const known = this.#tables.get(collection as unknown as Collection<Document>);
    if (known) return known;
    const table = this.#guard("open", () => ensureTable(this.#database, collection));
    this.#tables.set(collection as unknown as Collection<Document>, table);
    return table;
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #run(sql: string, values: SQLInputValue[]): number {
    return Number(this.#prepare(sql).run(...values).changes);
  }

  #all(sql: string, values: SQLInputValue[]): StoredRow[] {
    return this.#guard("read", () => this.#prepare(sql).all(...values) as unknown as StoredRow[]);
  }

  #row(table: string, workspace: string, id: string): StoredRow | undefined {
    const sql = `select id, version, updated_at, body from ${table} where workspace = ? and id = ?`;
    return this.#all(sql, [workspace, id])[0];
  }

  #stale<T extends Document>(
    collection: Collection<T>,
    table: string,
    workspace: string,
    id: string,
    expected: number,
  ): ConflictError {
    return staleVersion(collection, id, expected, this.#row(table, workspace, id)?.version ?? null);
  }

  #write<T extends Document, R>(collection: Collection<T>, id: string, work: () => R): R {
    try {
      return this.#guard("write", work);
    } catch (error) {
      const code = sqliteCode(error);
      if (code === SQLITE_CONSTRAINT_PRIMARY_KEY) {
        throw takenId(collection, id);
      }
      if (code === SQLITE_CONSTRAINT_UNIQUE) {
        // "index 'dashboards.bySlug'" is all that SQLite tells.
        const index = /index '[^'.]+\.([^']+)'/.exec((error as Error).message)?.[1];
        throw takenValue(collection, id, index);
      }
      throw error;
    }
  }

  /** Turns "cannot at this moment" into what callers catch. */
  #guard<R>(verb: string, work: () => R): R {
    try {
      return work();
    } catch (error) {
      const code = sqliteCode(error);
      if (!this.#database.isOpen || (code !== undefined && UNAVAILABLE.has(code & 0xff))) {
        const unavailable = new UnavailableError(`The document store cannot ${verb}: ${(error as Error).message}`);
        unavailable.cause = error;
        throw unavailable;
      }
      throw error;
    }
  }
}

const SQLITE_CONSTRAINT_PRIMARY_KEY = 1555;
const SQLITE_CONSTRAINT_UNIQUE = 2067;
/** BUSY, LOCKED, NOMEM, READONLY, IOERR, FULL, CANTOPEN. */
const UNAVAILABLE = new Set([5, 6, 7, 8, 10, 13, 14]);

function sqliteCode(error: unknown): number | undefined {
  const code = (error as { errcode?: unknown } | null)?.errcode;
  return typeof code === "number" ? code : undefined;
}

function read<T extends Document>(collection: Collection<T>, row: StoredRow): Stored<T> {
  return { doc: collection.schema.parse(JSON.parse(row.body)), version: row.version, updatedAt: row.updated_at };
}
