import { type Duck, type DuckSession, identifier } from "@/lib/duckdb/duckdb.ts";
import { type Column, timeColumn } from "@/lib/model/mod.ts";
import { keyExpression, levelColumns, levelName, sqlType } from "@/lib/duckdb/row_keys.ts";
import { type Check, checksOf, rawCell } from "./checks.ts";
import { brokenBits, judge, keepFlagged, refuseBadPatterns, setAside, verdictQuery } from "./judge_rows.ts";
import type { CleanedRows, ColumnReading, StagingPlan } from "./mod.ts";
import { cell, literal, type StagingTables, stagingTables } from "./names.ts";
import { isMasked, isNothing, isTotalLabel, trimmed } from "./read_cell.ts";
import { dateExpression, hourExpression } from "./read_date.ts";
import { clockExpression, narrow, numberExpression } from "./read_number.ts";
import { findTotals } from "./find_totals.ts";
import { mergeEqualKeys, NOT_MERGED } from "./merge_equal_keys.ts";
import { summarise } from "./sums.ts";

/** `_verdict` of a row that goes on, and of a total line; above 0 stands the rule that it breaks. */
const GOOD = 0;
const TOTAL = -1;

/** Makes typed rows of the text in one pass, then sets aside what cannot stay. */
export async function cleanRows(duck: Duck, workspace: string, plan: StagingPlan): Promise<CleanedRows> {
  const tables = stagingTables(workspace, plan.importId);
  const columns = plan.dataset.columns.filter((column) => plan.columns[column.name]);
  const names = columns.map((column) => column.name);
  const level = levelName(plan.grain, levelColumns(plan.dataset, names));
  const { checks: all, unchecked } = checksOf(plan, columns);
  const checks = all.filter((check) => check.atOnce);
  const shares = all.filter((check) => !check.atOnce);
  const masked = maskable(plan, columns);
  await refuseBadPatterns(duck, plan);
  return await duck.write(async (session) => {
    await session.run(typedRows(plan, columns, { checks, shares, masked, level, tables }));
    const verdictsOf = () => session.rows(verdictQuery(tables.rows, { masked: masked.length > 0, shares }));
    let verdicts = await verdictsOf();
    const judged = judge({ plan, checks, shares, unchecked, verdicts });
    if (await setAside(session, tables.rows, { ...judged, first: checks.length })) verdicts = await verdictsOf();
    const broken = verdicts.some((row) => Number(row._verdict) > GOOD);
    if (broken) await keepRejected(session, plan.importId, [...checks, ...judged.rejecting], tables);
    await keepFlagged(session, plan, { shares, tables });
    const measures = columns.filter((column) => column.role === "measure");
    const totalLines = verdicts.some((row) => Number(row._verdict) === TOTAL)
      ? await session.rows(
        `select ${
          measures.map((m) => identifier(m.name)).join(", ") || "_line"
        } from ${tables.rows} where _verdict = ${TOTAL}
           order by _line limit 200`,
      )
      : [];
    if (verdicts.some((row) => Number(row._verdict) !== GOOD)) {
      await session.run(`delete from ${tables.rows} where _verdict <> ${GOOD}`);
    }
    await session.run(`alter table ${tables.rows} drop column _verdict`);
    if (masked.length) await session.run(`alter table ${tables.rows} drop column _masked`);
    if (shares.length) await session.run(`alter table ${tables.rows} drop column _broken`);

    const additive = measures.filter((measure) => measure.additive).map((measure) => measure.name);
    const time = identifier(timeColumn(plan.dataset).name);
    const summary = () => summarise(session, tables.rows, time, additive);
    let stand = await summary();
    const equal = stand.keys !== stand.rows;
    const merged = equal ? await mergeEqualKeys(session, { plan, columns, tables, additive, totalLines }) : NOT_MERGED;
    if (equal) stand = await summary();
    const totals = Number(verdicts.find((row) => Number(row._verdict) === TOTAL)?.n ?? 0);
    const rejected = Number(
      (await session.rows(
        `select count(*) as n from ${tables.rejected} where import = $1`,
        [plan.importId],
      ))[0]!.n,
    );
    const { rows, rowTotals, range } = stand;
    const counts = {
      read: rows + merged.collapsed + merged.duplicates + rejected + totals,
      rows,
      collapsed: merged.collapsed,
      duplicates: merged.duplicates,
      rejected,
      totals,
    };
    return {
      importId: plan.importId,
      columns: names,
      level,
      range,
      counts,
      duplicateLines: merged.duplicateLines,
      collapsedLines: merged.collapsedLines,
      duplicatesSummed: merged.duplicatesSummed,
      rules: judged.outcomes,
      masked: verdicts.reduce((sum, row) => sum + Number(row.masked ?? 0), 0),
      fileTotals: findTotals(totalLines, rowTotals),
      rowTotals,
      relation: tables.rows,
    };
  });
}

/** Number columns whose cells may hide their number. */
function maskable(plan: StagingPlan, columns: Column[]): Column[] {
  return columns.filter((column) => {
    const from = plan.columns[column.name];
    return column.role === "measure" && from?.from === "header" && !(from.as === "number" && from.cells);
  });
}

function typedRows(
  plan: StagingPlan,
  columns: Column[],
  { checks, shares, masked, level, tables }: {
    checks: Check[];
    shares: Check[];
    masked: Column[];
    level: string;
    tables: StagingTables;
  },
): string {
  const typed = columns.map((column) => `${reading(plan, column)} as ${identifier(column.name)}`);
  const isTotal = plan.totals ? totalLine(plan) : "false";
  const verdict = checks.map((check, n) => `when ${check.broken} then ${n + 1}`).join(" ");
  const hidden = masked.map((column) => {
    const from = plan.columns[column.name]!;
    const header = from.from === "header" ? masks(from.header) : "false";
    return `(case when ${identifier(column.name)} is null and ${header} then 1 else 0 end)`;
  });
  const names = columns.map((column) => identifier(column.name)).join(", ");
  const raw = [...new Set(columns.map((c) => headerOf(plan, c.name)).filter((h) => h !== null))];
  const text = raw.map((header, n) => `${cell(header)} as _raw${n}`);
  // Checks see the cells as they stood under names of their own: a header may be called as a column is.
  const rename = (sql: string) =>
    raw.reduce((done, header, n) => done.replaceAll(`⟦${cell(header)}⟧`, `_raw${n}`), sql);
  return `create or replace table ${tables.rows} as
    select _line, _until, ${names}, ${keyExpression(plan.dataset, level, columns.map((c) => c.name))} as _key,
      ${hidden.length ? `${rename(hidden.join(" + "))} as _masked,` : ""}
      ${shares.length ? `${rename(brokenBits(shares))} as _broken,` : ""}
      (case when _total then ${TOTAL} ${rename(verdict)} else ${GOOD} end)::smallint as _verdict
    from (select *, ${until(plan)} as _until from (
      select _line, ${isTotal} as _total, ${[...typed, ...text].join(", ")}${
    plan.until ? `, ${readingExpression(plan, plan.until, "date")} as _last` : ""
  } from ${tables.text}))`;
}

function reading(plan: StagingPlan, column: Column): string {
  const made = readingExpression(plan, plan.columns[column.name]!, column.type);
  if (column.role !== "time") return made;
  return plan.grain === "day" || plan.grain === "range" ? made : `cast(date_trunc('${plan.grain}', ${made}) as date)`;
}

/** One column out of the text. */
function readingExpression(plan: StagingPlan, from: ColumnReading, type: Column["type"]): string {
  if (from.from === "constant") return `${literal(from.value)}::${sqlType(type)}`;
  if (from.from === "lookup") return lookupExpression(plan, from);
  if (from.from === "unless") {
    const keys = from.keys.map((key) => key.map(literal).join(` || ${BETWEEN} || `));
    const read = readingExpression(plan, { from: "header", header: from.header, as: "text" }, type);
    return `case when ${keyOf(plan, from.by)} in (${keys.join(", ")}) then null else ${read} end`;
  }
  if (from.from === "part") return partExpression(plan, from);
  const x = (from.as === "text" || from.as === "date") && from.fill ? cellAbove(plan, from.header) : cell(from.header);
  if (from.as === "text") {
    if (type !== "text") throw new TypeError(`Cannot read "${from.header}" as text into a column of type ${type}`);
    return textExpression(plan, from, x);
  }
  if (from.as === "hour") return hourExpression(x);
  if (from.as === "date") {
    const whole = from.and
      ? `concat_ws(${literal(from.between ?? " ")}, ${
        [from.header, ...from.and].map((h) => `trim(${cell(h)})`).join(", ")
      })`
      : x;
    const days = from.formats.map((format) => dateExpression(whole, format));
    const day = days.length === 1 ? days[0]! : `coalesce(${days.join(", ")})`;
    return from.plusDays ? `(${day} + ${from.plusDays})` : day;
  }
  if (from.clock) return clockExpression(x);
  const number = numberExpression(from.wide ? narrow(x) : x, { ...from, scale: type === "decimal" ? 6 : 0 });
  if (!from.when) return number;
  const value = `lower(${trimmed(cell(from.when.header))})`;
  const [starts, whole] = [true, false].map((star) => from.when!.oneOf.filter((text) => text.endsWith("*") === star));
  const texts = whole!.map((text) => literal(text.toLowerCase())).join(", ");
  const is = starts!.map((text) => `starts_with(${value}, ${literal(text.slice(0, -1).toLowerCase())})`);
  return `case when ${[`${value} in (${texts || "null"})`, ...is].join(" or ")} then ${number} end`;
}

/** A header's cell, or the last one above it that holds something. */
function cellAbove(plan: StagingPlan, header: string): string {
  const own = `case when ${isNothing(cell(header), plan.nullTokens, 3)} then null else ${cell(header)} end`;
  return `last_value(${own} ignore nulls) over (order by _line rows unbounded preceding)`;
}

function textExpression(
  plan: StagingPlan,
  from: ColumnReading & { from: "header"; as: "text" },
  x: string,
): string {
  const bare = from.keepBlanks ? x : trimmed(x);
  const text = from.withoutSigns ? `regexp_replace(${bare}, '^(?:="(.*)"|''([0-9]+))$', '\\1\\2')` : bare;
  const nothing = isNothing(x, from.keepTokens ? [] : plan.nullTokens);
  const read = from.asItStands ? x : `case when ${nothing} then null else ${text} end`;
  const spellings = Object.entries(from.spellings ?? {});
  if (spellings.length === 0) return read;
  const [wrong, right] = [0, 1].map((at) => spellings.map((pair) => literal(pair[at]!)).join(", "));
  return `coalesce(map([${wrong}], [${right}])[${read}], ${read})`;
}

function partExpression(plan: StagingPlan, { of, patterns, encoded }: ColumnReading & { from: "part" }): string {
  const whole = readingExpression(plan, plan.columns[of]!, "text");
  const choices = patterns.map(({ pattern, group }) => {
    const expression = literal(`(?i)${pattern}`);
    const fits = `regexp_matches(${whole}, ${expression})`;
    return { fits, part: group === null ? "null::varchar" : `regexp_extract(${whole}, ${expression}, ${group})` };
  });
  const part = choices.length === 1
    ? choices[0]!.part
    : `case ${choices.map(({ fits, part }) => `when ${fits} then ${part}`).join(" ")} end`;
  // A plus stands for a blank, as in any form's answer.
  return `nullif(trim(${encoded ? `url_decode(replace(${part}, '+', ' '))` : part}), '')`;
}

/** Parts of a lookup's key are joined by a sign that no cell holds on purpose. */
const BETWEEN = "chr(31)";

/** The made text of several columns as one. */
function keyOf(plan: StagingPlan, by: string[]): string {
  return by.map((name) => `coalesce(${readingExpression(plan, plan.columns[name]!, "text")}, '')`)
    .join(` || ${BETWEEN} || `);
}

function lookupExpression(plan: StagingPlan, { by, rows, otherwise }: ColumnReading & { from: "lookup" }): string {
  const last = otherwise === null ? "null::varchar" : literal(otherwise);
  if (rows.length === 0) return last;
  const keys = rows.map(({ when }) => when.map(literal).join(` || ${BETWEEN} || `));
  const values = rows.map(({ value }) => literal(value));
  const found = `map([${keys.join(", ")}], [${values.join(", ")}])[${keyOf(plan, by)}]`;
  return `coalesce(${found}, ${last})`;
}

function until(plan: StagingPlan): string {
  const time = identifier(timeColumn(plan.dataset).name);
  switch (plan.grain) {
    case "day":
      return time;
    case "range":
      return "_last";
    case "week":
      return `(${time} + 6)`;
    default:
      return `cast(${time} + interval 1 ${plan.grain} - interval 1 day as date)`;
  }
}

/** The texts that mean nothing and hold no letters. */
function dashes({ nullTokens }: StagingPlan): string[] {
  return nullTokens.filter((token) => !/\p{L}/u.test(token));
}

function totalLine(plan: StagingPlan): string {
  const { labels, headers, blankHeaders, dates } = plan.totals!;
  const labelled = [
    ...headers.map((header) => isTotalLabel(cell(header), labels)),
    ...(dates?.headers ?? []).map((header) => isTotalLabel(cell(header), dates!.labels)),
  ];
  const blank = blankHeaders.map((header) =>
    // Words such as "(not set)" name a group of their own; a total line's cells hold nothing, or a dash.
    `(${cell(header)} is null or ${isNothing(cell(header), dashes(plan), 1)})`
  );
  const groups = plan.totals!.groups;
  for (const header of groups?.headers ?? []) {
    const others = groups!.headers.filter((other) => other !== header);
    const empty = others.map((other) => `${cell(other)} is null or ${isNothing(cell(other), dashes(plan), 2)}`);
    // Whether a cell is empty is told much faster than what it is called.
    labelled.push(
      `(case when ${empty.join(" or ") || "false"} then ${isTotalLabel(cell(header), groups!.labels)} else false end)`,
    );
  }
  const conditions = [...labelled, ...(blank.length ? [`(${blank.join(" and ")})`] : [])];
  return conditions.length ? `case when ${conditions.join(" or ")} then true else false end` : "false";
}

function headerOf(plan: StagingPlan, column: string): string | null {
  const from = plan.columns[column];
  return from?.from === "header" ? from.header : null;
}

function masks(header: string): string {
  const x = rawCell(header);
  return `${x} is not null and ${isMasked(x, 1)}`;
}

/** Copies broken rows, with the cell that breaks them, to where they are kept. */
async function keepRejected(
  session: DuckSession,
  importId: string,
  checks: Check[],
  tables: StagingTables,
): Promise<void> {
  const pick = (of: (check: Check) => string) =>
    `case _verdict ${checks.map((check, n) => `when ${n + 1} then ${of(check)}`).join(" ")} end`;
  await session.run(
    `insert into ${tables.rejected}
     select $1, bad._line, ${pick((c) => literal(c.header ?? c.column))},
       left(${pick((c) => (c.header ? `text.${cell(c.header)}` : "null"))}, 500),
       ${pick((c) => literal(c.reason))}, ${pick((c) => literal(c.code))}
     from ${tables.rows} bad join ${tables.text} text on text._line = bad._line
     where bad._verdict > ${GOOD} order by bad._line`,
    [importId],
  );
}
