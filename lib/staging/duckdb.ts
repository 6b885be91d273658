import { type Duck, type DuckRow, identifier, quoted } from "@/lib/duckdb/duckdb.ts";
import type { RejectedRow } from "@/lib/model/mod.ts";
import { cleanRows } from "./clean.ts";
import { completeRows } from "./complete_rows.ts";
import { readDayTotals, setDaysAside } from "./day_totals.ts";
import { checkPattern } from "./judge_rows.ts";
import type { Staging } from "./mod.ts";
import { cell, STAGING_CATALOG, stagingTables } from "./names.ts";
import { profileColumns } from "./profile.ts";
import { trimmed } from "./read_cell.ts";
import { readText } from "./read_text.ts";

/**
 * Staging inside DuckDB. Text and typed rows lie in an in-memory catalog beside the warehouse's file: three times as fast
 * as tables in the file, and nothing of it is left behind. Rejected rows are kept in the file.
 */
export function openDuckStaging(options: { duck: Duck; stagingDirectory: string }): Staging {
  const { duck, stagingDirectory } = options;
  const prepared = new Map<string, Promise<void>>();

  function prepare(workspace: string): Promise<void> {
    const running = prepared.get(workspace) ?? makeSchemas(duck, workspace);
    prepared.set(workspace, running);
    running.catch(() => prepared.delete(workspace)); // the caller gets the error; the next one tries again
    return running;
  }

  async function forget(workspace: string, importId: string): Promise<void> {
    const { rejected, flagged } = stagingTables(workspace, importId);
    for (const table of [rejected, flagged]) await duck.run(`delete from ${table} where import = $1`, [importId]);
  }

  /** The columns of a text table as the insides of a list: an object with a header such as "2026" puts that one first. */
  async function cellsOf(text: string): Promise<string> {
    const columns = await duck.rows(`select column_name from (describe select * exclude (_line) from ${text})`);
    return columns.map(({ column_name }) => cell(String(column_name))).join(", ");
  }

  async function look(
    workspace: string,
    importId: string,
    list: "rejected" | "flagged",
    { offset, limit }: { offset: number; limit: number },
  ): Promise<{ total: number; rows: DuckRow[] }> {
    await prepare(workspace);
    const table = stagingTables(workspace, importId)[list];
    const [size] = await duck.rows(`select count(*) as n from ${table} where import = $1`, [importId]);
    const rows = await duck.rows(
      `select * from ${table} where import = $1 order by line, "column", code limit $2 offset $3`,
      [importId, limit, offset],
    );
    return { total: Number(size!.n), rows };
  }

  return {
    async read(workspace, importId, dialect, { signal } = {}) {
      if (!dialect.path.startsWith(stagingDirectory)) {
        throw new RangeError(`Cannot read "${dialect.path}": it is not under "${stagingDirectory}"`);
      }
      await prepare(workspace);
      await forget(workspace, importId);
      return await readText(duck, workspace, importId, dialect, signal);
    },
    profile: (workspace, importId, headers, options) => profileColumns(duck, workspace, importId, headers, options),
    async countDistinct(workspace, importId, headers) {
      const { text } = stagingTables(workspace, importId);
      if (headers.length === 0) return 1;
      const [row] = await duck.rows(
        `select count(*) as n from (select distinct ${headers.map(cell).join(", ")} from ${text})`,
      );
      return Number(row!.n);
    },
    async texts(workspace, importId, header, limit) {
      const { text } = stagingTables(workspace, importId);
      const rows = await duck.rows(
        `select ${trimmed(cell(header))} as text, sum(n)::bigint as n
         from (select ${cell(header)}, count(*) as n from ${text} where ${cell(header)} is not null group by 1)
         group by 1 order by n desc, text limit $1`,
        [limit],
      );
      return rows.map((row) => ({ text: String(row.text), rows: Number(row.n) }));
    },
    async countUnequal(workspace, importId, a, b) {
      const { text } = stagingTables(workspace, importId);
      const [row] = await duck.rows(
        `select count(*) as n from ${text} where ${cell(a)} is distinct from ${cell(b)} and not ${sameDay(a, b)}`,
      );
      return Number(row!.n);
    },
    async wordsAmong(workspace, importId, header) {
      const { text, rejected } = stagingTables(workspace, importId);
      const list = await cellsOf(text);
      // Numbers begin with signs and digits, so nearly every cell is told apart by its first letter.
      const records = await duck.rows(
        `select _line, [${list}] as cells from ${text}
         where ${cell(header)} >= 'A' and not regexp_matches(${cell(header)}, '[0-9]') order by _line limit 200`,
      );
      const uncut = await duck.rows(
        `select line, value from ${rejected} where import = $1 and "column" = '' order by line limit 200`,
        [importId],
      );
      return [
        ...records.map(({ _line, cells }) => ({ line: Number(_line), cells: textsOf(cells), uncut: false })),
        ...uncut.map(({ line, value }) => ({ line: Number(line), cells: [String(value ?? "")], uncut: true })),
      ];
    },
    async head(workspace, importId, limit, { after } = {}) {
      const { text } = stagingTables(workspace, importId);
      const list = await cellsOf(text);
      const where = after === undefined ? "" : "where _line > $2 order by _line";
      const values = after === undefined ? [limit] : [limit, after];
      const rows = await duck.rows(`select _line, [${list}] as cells from ${text} ${where} limit $1`, values);
      return rows.map(({ _line, cells }) => ({
        line: Number(_line),
        cells: textsOf(cells),
      }));
    },
    complete: (dataset, rows, others) => duck.write((session) => completeRows(session, dataset, rows, others)),
    async sample(workspace, importId, { columns, limit }) {
      const { rows: table } = stagingTables(workspace, importId);
      const cells = columns.map((name, i) => `${identifier(name)} as c${i}`);
      const rows = await duck.rows(`select ${["_line", ...cells].join(", ")} from ${table} order by _line limit $1`, [
        limit,
      ]);
      return rows.map((row) => ({
        line: Number(row._line),
        cells: columns.map((_, i) => {
          const value = row[`c${i}`] ?? null;
          if (value instanceof Date) return value.toISOString().slice(0, 10);
          return value === null || typeof value === "bigint" ? value : String(value);
        }),
      }));
    },
    clean: (workspace, plan) => cleanRows(duck, workspace, plan),
    async rejected(workspace, importId, slice) {
      const { total, rows } = await look(workspace, importId, "rejected", slice);
      return { total, rows: rows.map(rejectedRow) };
    },
    async flagged(workspace, importId, slice) {
      const { total, rows } = await look(workspace, importId, "flagged", slice);
      return { total, rows: rows.map((row) => ({ ...rejectedRow(row), rule: String(row.rule) })) };
    },
    dayTotals: (...question) => readDayTotals(duck, ...question),
    setDaysAside: (...question) => setDaysAside(duck, ...question),
    checkPattern: (pattern) => checkPattern(duck, pattern),
    async discard(workspace, importId, { only } = {}) {
      await prepare(workspace);
      const { text, cells, rows } = stagingTables(workspace, importId);
      await duck.run(`drop view if exists ${text}`);
      await duck.run(`drop table if exists ${cells}`);
      if (only !== "text") await duck.run(`drop table if exists ${rows}`);
    },
    async listAside(workspace) {
      await prepare(workspace);
      const { rejected, flagged } = stagingTables(workspace, "any");
      const rows = await duck.rows(`select import from ${rejected} union select import from ${flagged}`);
      return rows.map((row) => String(row.import));
    },
    async bringAside(workspace, importId, { list, place, rows }) {
      await prepare(workspace);
      await bringRows(duck, { table: stagingTables(workspace, importId)[list], importId, place, rows });
    },
    async forget(workspace, importId) {
      await prepare(workspace);
      await forget(workspace, importId);
    },
  };
}

async function makeSchemas(duck: Duck, workspace: string): Promise<void> {
  const { schema, rejected, flagged, rejectedSchema } = stagingTables(workspace, "any");
  await duck.run(`attach if not exists ':memory:' as ${STAGING_CATALOG}`);
  await duck.run(`create schema if not exists ${schema}`);
  await duck.run(`create schema if not exists ${rejectedSchema}`);
  const columns = `import VARCHAR not null, line BIGINT not null, "column" VARCHAR not null, value VARCHAR,
    reason VARCHAR not null, code VARCHAR not null`;
  await duck.run(`create table if not exists ${rejected} (${columns})`);
  await duck.run(`create table if not exists ${flagged} (${columns}, rule VARCHAR not null)`);
}

async function bringRows(
  duck: Duck,
  { table, importId, place, rows }: { table: string; importId: string; place: number; rows: RejectedRow[] },
): Promise<void> {
  const columns = ["line", "column", "value", "reason", "code", ...(table.endsWith("flagged") ? ["rule"] : [])];
  const types = Object.fromEntries(columns.map((name) => [name, name === "line" ? "BIGINT" : "VARCHAR"]));
  const names = columns.map(quoted).join(", ");
  await duck.transaction(async (session) => {
    if (place === 0) await session.run(`delete from ${table} where import = $1`, [importId]);
    await session.run(
      `insert into ${table} (import, ${names})
       select $1, ${names} from (select unnest(from_json($2, '[${JSON.stringify(types)}]'), recursive := true))`,
      [importId, JSON.stringify(rows)],
    );
  });
}

function rejectedRow(row: DuckRow): RejectedRow {
  return {
    line: Number(row.line),
    column: String(row.column),
    value: row.value === null ? null : String(row.value),
    reason: String(row.reason),
    code: String(row.code),
  };
}

function textsOf(cells: DuckRow[string] | undefined): (string | null)[] {
  return (cells as (string | null)[]).map((value) => value === null ? null : String(value));
}

/** Whether two cells name one day: whatever the time of day, and where the second one is the midnight that ends it. */
function sameDay(a: string, b: string): string {
  const day = (header: string) => `regexp_replace(trim(${cell(header)}), '[T ][0-9]{1,2}:[0-9]{2}.*$', '')`;
  const midnight = (header: string) => `regexp_matches(${cell(header)}, '[T ]0?0:00')`;
  const next = `try_cast(${day(b)} as date) = try_cast(${day(a)} as date) + 1`;
  return `coalesce(${day(a)} = ${day(b)} or (${midnight(a)} and ${midnight(b)} and ${next}), false)`;
}
