/** Staged rows on their way from DuckDB, where staging left them, to MongoDB: read in batches of whole days. */
import { createHash } from "node:crypto";
import { Buffer } from "node:buffer";
import { type Duck, type DuckCell, type DuckRow, identifier } from "@/lib/duckdb/duckdb.ts";
import { accountExpression, platformExpression } from "@/lib/duckdb/row_keys.ts";
import { type Column, type Dataset, timeColumn } from "@/lib/model/mod.ts";
import type { StagedImport } from "./duckdb_stage.ts";
import { fieldOf } from "./mongo_layout.ts";

/** A row with what tells and describes it: staged here, or read from a row document. */
export interface FactRow {
  /** The key, 32 hex digits. */
  k: string;
  d: string;
  /** The last day that it covers. */
  u: string;
  /** Platform and account. */
  o: string;
  a: string;
  /** Hash of its contents. */
  h: string;
  /** Its own columns by field. */
  v: Record<string, unknown>;
}

/** Reads a staged import. */
export class StagedReader {
  readonly #duck: Duck;
  readonly #dataset: Dataset;
  readonly #staged: StagedImport;
  readonly #day: string;

  constructor(duck: Duck, dataset: Dataset, staged: StagedImport) {
    this.#duck = duck;
    this.#dataset = dataset;
    this.#staged = staged;
    this.#day = identifier(timeColumn(dataset).name);
  }

  /** How many rows each day has. */
  async days(): Promise<Map<string, number>> {
    const rows = await this.#duck.rows(
      `select ${this.#day}::varchar as day, count(*) as n from ${this.#staged.table} group by 1 order by 1`,
    );
    return new Map(rows.map((row) => [String(row.day), Number(row.n)]));
  }

  /** Platforms and accounts, as `ownerKey` writes them. */
  async owners(): Promise<Set<string>> {
    const { platform, account } = this.#owner();
    const rows = await this.#duck.rows(
      `select distinct ${platform} as platform, ${account} as account from ${this.#staged.table}`,
    );
    return new Set(rows.map((row) => ownerKey(String(row.platform), String(row.account))));
  }

  /** The rows of a run of days. `want`: the columns whose values are asked for. */
  async rows(from: string, to: string, want: { columns: string[] }): Promise<FactRow[]> {
    const { platform, account } = this.#owner();
    const columns = this.#columns().filter(({ name }) => want.columns.includes(name));
    const values = columns.map((column) => `, ${cellOf(column)} as ${identifier(column.name)}`).join("");
    const rows = await this.#duck.rows(
      `select lpad(lower(hex(_key::uhugeint)), 32, '0') as _k, ${this.#day}::varchar as _d, _until::varchar as _u,
         ${platform} as _o, ${account} as _a, ${this.#hash()} as _h${values}
       from ${this.#staged.table} where ${this.#day} between $1::date and $2::date`,
      [from, to],
    );
    return rows.map((row) => ({
      k: String(row._k),
      d: String(row._d),
      u: String(row._u),
      o: String(row._o),
      a: String(row._a),
      h: String(row._h),
      v: valuesOf(columns, row),
    }));
  }

  /** What the import calls each id of a name column: of several names, the one of its latest day. */
  async names(id: string, name: string): Promise<[string, string, string, string][]> {
    const { platform, account } = this.#owner();
    const [idCell, nameCell] = [`${identifier(id)}::varchar`, `${identifier(name)}::varchar`];
    const rows = await this.#duck.rows(`
      select platform, account, id, arg_max(label, (day, label)) as label from (
        select ${platform} as platform, ${account} as account, ${idCell} as id, ${nameCell} as label,
          max(${this.#day}) as day
        from ${this.#staged.table} where ${identifier(id)} is not null and ${identifier(name)} is not null group by all
      ) group by platform, account, id order by platform, account, id`);
    return rows.map((row) => [String(row.platform), String(row.account), String(row.id), String(row.label)]);
  }

  #owner(): { platform: string; account: string } {
    return {
      platform: platformExpression(this.#dataset, this.#staged.columns),
      account: accountExpression(this.#dataset, this.#staged.columns),
    };
  }

  /** All that it has but the time column, in an order that no definition changes. */
  #columns(): Column[] {
    return this.#dataset.columns.filter((c) => c.role !== "time" && this.#staged.columns.includes(c.name))
      .sort((a, b) => a.name < b.name ? -1 : 1);
  }

  /**
   * 64 bits over the values that are there and the last day; stored and compared for years, so it depends on no version
   * of the engine. Lengths keep texts apart that hold what stands between them.
   */
  #hash(): string {
    const parts = this.#columns().map((column) => {
      const text = `${identifier(column.name)}::varchar`;
      return `case when ${identifier(column.name)} is null then '' else
        concat('${column.name}=', strlen(${text}), ':', ${text}, ';') end`;
    });
    return `substr(md5(concat(${["_until::varchar", ...parts].join(", ")})), 1, 16)`;
  }
}

/** The same hash of a row that lies elsewhere: its last day, and its values by column without nulls. */
export function contentHash(until: string, values: Record<string, string | bigint>): string {
  const parts = Object.keys(values).sort().map((name) => {
    const text = String(values[name]);
    return `${name}=${Buffer.byteLength(text)}:${text};`;
  });
  return createHash("md5").update(until + parts.join("")).digest("hex").slice(0, 16);
}

/** Platform and account as one text. */
export function ownerKey(platform: string, account: string): string {
  return JSON.stringify([platform, account]);
}

function cellOf(column: Column): string {
  return column.type === "date" ? `${identifier(column.name)}::varchar` : identifier(column.name);
}

/** Numbers are bigint here, and so become int64. */
function valuesOf(columns: Column[], row: DuckRow): Record<string, DuckCell> {
  const values: Record<string, DuckCell> = {};
  for (const { name } of columns) {
    const value = row[name];
    if (value !== null && value !== undefined) values[fieldOf(name)] = value;
  }
  return values;
}
