import type { Duck, DuckRow } from "@/lib/duckdb/duckdb.ts";
import type { ColumnProfile } from "./mod.ts";
import { cell, stagingTables } from "./names.ts";
import { isMasked, isNothing, trimmed } from "./read_cell.ts";
import { DATE_FORMATS, dateExpression } from "./read_date.ts";
import { currencyMark, isNumber } from "./read_number.ts";

/** Cells that are looked at to see what a column may be; what it is, the whole column says. */
const SAMPLE_ROWS = 4_000;

/** Looks at whole columns. */
export async function profileColumns(
  duck: Duck,
  workspace: string,
  importId: string,
  headers: string[],
  nullTokens: string[],
): Promise<ColumnProfile[]> {
  const { text } = stagingTables(workspace, importId);
  const [size] = await duck.rows(`select count(*) as rows from ${text}`);
  // The first records, and as many again from all over the file.
  const step = Math.max(1, Math.floor(Number(size!.rows) / (SAMPLE_ROWS / 2)));
  const sample = `(select * from ${text} limit ${SAMPLE_ROWS / 2}) union all
    (select * from ${text} where _line % ${step} = 0 limit ${SAMPLE_ROWS / 2})`;
  const profiles: ColumnProfile[] = [];
  for (const header of headers) {
    const guess = await look(duck, sample, header, nullTokens);
    profiles.push(await profileColumn(duck, text, header, nullTokens, guess));
  }
  return profiles;
}

/** What a column may be, by a sample. */
interface Guess {
  samples: string[];
  numbers: boolean;
  dates: boolean;
}

async function look(duck: Duck, sample: string, header: string, nullTokens: string[]): Promise<Guess> {
  const x = cell(header);
  const rows = await duck.rows(
    `select ${trimmed(x)} as value, count(*) as n from (${sample}) where ${x} is not null and not ${
      isNothing(x, nullTokens)
    } group by 1 order by n desc, value limit 200`,
  );
  const values = rows.map((row) => String(row.value));
  // A column whose sample is empty may hold anything further down.
  const empty = values.length === 0;
  return {
    samples: values.slice(0, 8).map((value) => value.slice(0, 200)),
    numbers: empty || values.some((value) => /\d/.test(value) && value.length <= 40),
    dates: empty || values.some((value) => /\d/.test(value) && value.length >= 6 && value.length <= 40),
  };
}

async function profileColumn(
  duck: Duck,
  text: string,
  header: string,
  nullTokens: string[],
  guess: Guess,
): Promise<ColumnProfile> {
  const x = cell(header);
  const something = `${x} is not null and not ${isNothing(x, nullTokens)}`;
  const [row] = await duck.rows(
    `select count(*) filter (${something}) as filled, approx_count_distinct(${x}) as different${
      guess.numbers ? `, ${numberCounts(x, something)}` : ""
    } from ${text}`,
  );
  const profile: ColumnProfile = {
    header,
    filled: Number(row!.filled),
    distinct: Number(row!.different),
    samples: guess.samples,
    dateFormats: {},
    dateOnly: {},
    dates: 0,
    numbers: { dot: 0, comma: 0, either: 0, ambiguousDot: 0, ambiguousComma: 0, ambiguous: [] },
    currencies: [],
    percents: 0,
    masked: 0,
  };
  if (guess.numbers) readNumberCounts(profile, row!);
  if (guess.numbers && Number(row!.decorated) > 0) {
    const marks = await duck.rows(
      `select mark, count(*) as n from (select ${currencyMark(x)} as mark from ${text} where ${something}
         and try_cast(${x} as decimal(18, 6)) is null) where mark <> '' group by 1 order by n desc, mark limit 20`,
    );
    profile.currencies = marks.map((mark) => String(mark.mark));
  }
  const { ambiguousDot, ambiguousComma } = profile.numbers;
  if (ambiguousDot + ambiguousComma > 0) {
    const cells = await duck.rows(
      `select distinct ${trimmed(x)} as value from ${text} where ${something} and ${kind(x)} in ('p', 'q') limit 5`,
    );
    profile.numbers.ambiguous = cells.map((c) => String(c.value));
  }
  // A plain number is a date only as YYYYMMDD.
  if (guess.dates) await countDates(duck, text, something, profile);
  return profile;
}

/**
 * What a cell is as a number: `e` the same either way, `d` with a point, `c` with a comma, `p` like 1.234, `q` like
 * 1,234, `m` masked, null for none.
 */
function kind(x: string): string {
  const both = `(case when contains(${x}, '.') then 'p' when contains(${x}, ',') then 'q' else 'e' end)`;
  return `case
    when try_cast(${x} as decimal(18, 6)) is not null then
      (case when not contains(${x}, '.') then 'e'
        when strlen(${x}) - instr(${x}, '.') = 3 and ${isNumber(x, ",")} then 'p' else 'd' end)
    when strlen(${x}) > 60 then null
    when ${isNumber(x, ".")} then (case when ${isNumber(x, ",")} then ${both} else 'd' end)
    when ${isNumber(x, ",")} then 'c'
    when ${isMasked(x)} then 'm' end`;
}

function numberCounts(x: string, something: string): string {
  return `histogram(case when ${something} then ${kind(x)} end)::json::varchar as kinds,
    count(*) filter (contains(${x}, '%') and ${something}) as percents,
    count(*) filter (${something} and try_cast(${x} as decimal(18, 6)) is null) as decorated`;
}

function readNumberCounts(profile: ColumnProfile, row: DuckRow): void {
  const kinds: Record<string, number> = row.kinds ? JSON.parse(String(row.kinds)) : {};
  const { e = 0, d = 0, c = 0, p = 0, q = 0, m = 0 } = kinds;
  profile.numbers = {
    dot: e + d + p + q,
    comma: e + c + p + q,
    either: e,
    ambiguousDot: p,
    ambiguousComma: q,
    ambiguous: [],
  };
  profile.percents = Number(row.percents);
  profile.masked = m;
}

/** Dates repeat, so each different text is tried once. */
async function countDates(duck: Duck, text: string, something: string, profile: ColumnProfile): Promise<void> {
  const x = cell(profile.header);
  const fits = DATE_FORMATS.map((format, n) => `${dateExpression("v", format)} is not null as f${n}`);
  const total = DATE_FORMATS.map((_, n) => `f${n}::int`).join(" + ");
  const counts = DATE_FORMATS.map((_, n) =>
    `sum(case when f${n} then n end) as n${n}, sum(case when f${n} and fits = 1 then n end) as o${n}`
  );
  const [row] = await duck.rows(
    `with different as (select ${x} as v, count(*) as n from ${text} where ${something} group by 1),
       tried as (select n, ${
      fits.join(", ")
    } from different where strlen(v) between 6 and 60 and regexp_matches(v, '[0-9]')),
       counted as (select *, ${total} as fits from tried)
     select sum(case when fits > 0 then n end) as dates, ${counts.join(", ")} from counted`,
  );
  profile.dates = Number(row!.dates ?? 0);
  DATE_FORMATS.forEach((format, n) => {
    if (row![`n${n}`] !== null) profile.dateFormats[format] = Number(row![`n${n}`]);
    if (row![`o${n}`] !== null) profile.dateOnly[format] = Number(row![`o${n}`]);
  });
}
