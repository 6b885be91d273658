/** Takes a history over into DuckDB's tables: part by part, each in one transaction together with the count of parts. */
import { type DuckSession, identifier } from "@/lib/duckdb/duckdb.ts";
import { sqlType } from "@/lib/duckdb/row_keys.ts";
import { addColumns, type Tables } from "./duckdb_tables.ts";
import { currentVersion } from "./duckdb_versions.ts";
import { historyMark, type HistoryOutline, type HistoryPart } from "./history.ts";

/** How many parts of the history are there; what was taken of another one is dropped. Must run in a transaction. */
export async function beginTaking(session: DuckSession, tables: Tables, outline: HistoryOutline): Promise<number> {
  const mark = historyMark(outline);
  await session.run(
    `create table if not exists ${takenTable(tables)} (history varchar not null, parts integer not null)`,
  );
  const [taken] = await session.rows(`select history, parts from ${takenTable(tables)}`);
  if (taken?.history === mark) return Number(taken.parts);
  const { rows, claims, levels, imports, versions, coverage, coverageHistory, labels, touched, rollups } = tables;
  for (const table of [rows, claims, levels, imports, versions, coverage, coverageHistory, labels, touched, rollups]) {
    await session.run(`delete from ${table}`);
  }
  await addColumns(session, tables, outline.columns.map(({ name }) => name));
  await session.run(`delete from ${takenTable(tables)}`);
  await session.run(`insert into ${takenTable(tables)} values ($1, 0)`, [mark]);
  return 0;
}

/** Takes the next part over, unless it is there. Must run in a transaction. */
export async function takePart(session: DuckSession, tables: Tables, part: HistoryPart): Promise<void> {
  const [taken] = await session.rows(`select parts from ${takenTable(tables)}`);
  const parts = Number(taken?.parts ?? -1);
  if (part.index < parts) return;
  if (part.index !== parts) {
    throw new RangeError(`Cannot take part ${part.index} of the history over: the next one is ${parts}`);
  }
  const columns = tables.ref.dataset.columns.filter((c) => tables.stored.includes(c.name) && c.role !== "time");
  const cells = columns.map(({ name, type }, i) => ({ name: identifier(name), cell: `c${i}::${sqlType(type)}` }));
  await insert(session, tables.rows, {
    into: [
      ...["_key", "_content", "_level", "_import", "_from", "_to", "_until", "_provisional", tables.time],
      ...cells.map(({ name }) => name),
    ],
    select: [
      `k::uhugeint, content, ${part.level}, import, start, stop, until::date, provisional, day::date`,
      ...cells.map(({ cell }) => cell),
    ],
    types: {
      k: "VARCHAR",
      content: "INTEGER",
      import: "INTEGER",
      start: "INTEGER",
      stop: "INTEGER",
      until: "VARCHAR",
      provisional: "BOOLEAN",
      day: "VARCHAR",
      ...Object.fromEntries(columns.map((_, i) => [`c${i}`, "VARCHAR"])),
    },
    rows: part.rows.map((row) => ({
      k: decimalOf(row.key),
      content: row.content,
      import: row.import,
      start: row.from,
      stop: row.to,
      until: row.until,
      provisional: row.provisional,
      day: row.day,
      ...cellsOf(columns.map((c) => c.name), row.values),
    })),
  });
  await insert(session, tables.claims, {
    into: ["_key", "_import", "_content"],
    select: ["k::uhugeint, import, content"],
    types: { k: "VARCHAR", import: "INTEGER", content: "INTEGER" },
    rows: part.claims.map(({ key, import: by, content }) => ({ k: decimalOf(key), import: by, content })),
  });
  await takeCoverage(session, tables, part);
  await insert(session, tables.labels, {
    into: ["name_column", "platform", "account", "id", "label", "import"],
    select: ["name_column, platform, account, id, label, import"],
    types: {
      name_column: "VARCHAR",
      platform: "VARCHAR",
      account: "VARCHAR",
      id: "VARCHAR",
      label: "VARCHAR",
      import: "INTEGER",
    },
    rows: part.labels.map(({ column, name, ...label }) => ({ ...label, name_column: column, label: name })),
  });
  // Names of imports are read from the rows here.
  await session.run(`update ${takenTable(tables)} set parts = ${part.index + 1}`);
}

/** Makes it count. Must run in a transaction. */
export async function endTaking(session: DuckSession, tables: Tables, outline: HistoryOutline): Promise<void> {
  if (await currentVersion(session, tables) === outline.version) return;
  for (const { level, name, grain, columns } of outline.levels) {
    await session.run(
      `insert into ${tables.levels} select $1, $2, $3, coalesce(string_split(nullif($4, ''), '+'), []::varchar[])`,
      [level, name, grain, columns.join("+")],
    );
  }
  const last = new Map(outline.acts.map((act) => [act.first, act]));
  for (const act of outline.acts.filter(({ version, first }) => version === first)) {
    const { action, version } = last.get(act.first)!;
    await session.run(
      `insert into ${tables.imports} values ($1, $2, $3, $4, 'merge', $5::date, null, null, $1, $6, $7)`,
      [
        ...[act.first, act.import, action === "rollback" ? "rolled-back" : "published", act.level],
        ...[act.provisionalFrom, version, act.sealed],
      ],
    );
  }
  await insert(session, tables.versions, {
    into: ["version", '"at"', "import", "action", "result", "compacted", "whole"],
    select: [`version, moment, import, action, result, version < ${outline.kept}, whole`],
    types: {
      ...{ version: "INTEGER", moment: "VARCHAR", import: "VARCHAR", action: "VARCHAR", result: "VARCHAR" },
      whole: "INTEGER",
    },
    rows: outline.acts.map(({ version, at, import: by, action, result, whole = null }) => ({
      version,
      moment: at,
      import: by,
      action,
      result,
      whole,
    })),
  });
  await insert(session, tables.touched, {
    into: ["version", "level", "day"],
    select: ["version, level, day::date"],
    types: { version: "INTEGER", level: "INTEGER", day: "VARCHAR" },
    rows: outline.acts.flatMap(({ version, level, touched }) => touched.map((day) => ({ version, level, day }))),
  });
  await session.run(`drop table if exists ${takenTable(tables)}`);
}

async function takeCoverage(session: DuckSession, tables: Tables, { level, coverage }: HistoryPart): Promise<void> {
  const columns = ["platform", "account", "import", "rows", "provisional"];
  const types = {
    platform: "VARCHAR",
    account: "VARCHAR",
    day: "VARCHAR",
    import: "INTEGER",
    rows: "BIGINT",
    provisional: "BOOLEAN",
    start: "INTEGER",
    stop: "INTEGER",
  };
  const rows = coverage.map(({ from, to, ...day }) => ({ ...day, start: from, stop: to }));
  await insert(session, tables.coverage, {
    into: [...columns, "day", "level", "_from"],
    select: [...columns, "day::date", String(level), "start"],
    types,
    rows: rows.filter(({ stop }) => stop === null),
  });
  await insert(session, tables.coverageHistory, {
    into: [...columns, "day", "level", "_from", "_to"],
    select: [...columns, "day::date", String(level), "start", "stop"],
    types,
    rows: rows.filter(({ stop }) => stop !== null),
  });
}

/** All rows in one statement: as one text, which the engine takes apart. */
async function insert(
  session: DuckSession,
  table: string,
  { into, select, types, rows }: {
    into: string[];
    select: string[];
    types: Record<string, string>;
    rows: Record<string, string | number | bigint | boolean | null>[];
  },
): Promise<void> {
  if (rows.length === 0) return;
  await session.run(
    `insert into ${table} (${into.join(", ")}) select ${select.join(", ")}
     from (select unnest(from_json($1, '[${JSON.stringify(types)}]'), recursive := true))`,
    [JSON.stringify(rows, (_, value) => typeof value === "bigint" ? String(value) : value)],
  );
}

function cellsOf(columns: string[], values: Record<string, string | bigint>): Record<string, string | bigint> {
  const cells: Record<string, string | bigint> = {};
  for (const [i, name] of columns.entries()) if (values[name] !== undefined) cells[`c${i}`] = values[name];
  return cells;
}

function decimalOf(key: string): string {
  return BigInt(`0x${key}`).toString();
}

function takenTable(tables: Tables): string {
  return `${tables.schema}.${identifier(`${tables.ref.dataset.id}_taken`)}`;
}
