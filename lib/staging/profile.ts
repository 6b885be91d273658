import { type Duck, type DuckRow, identifier } from "@/lib/duckdb/duckdb.ts";
import type { ColumnProfile, ProfileWant } from "./mod.ts";
import { cell, literal, stagingTables } from "./names.ts";
import { isMasked, isNothing, isPadded, trimmed } from "./read_cell.ts";
import { DATE_FORMATS, dateExpression, swappedFormat } from "./read_date.ts";
import { currencyMark, isNumber } from "./read_number.ts";

/** Cells that are looked at to see what a column may be; what it is, the whole column says. */
const SAMPLE_ROWS = 4_000;
/** What a number can look like at most; what it is, the engine's patterns say. */
const NUMBER_LIKE =
  /^[^\p{L}\d]*(?:\p{L}{1,3}[.$]?)?[^\p{L}\d]*\d[\d.,\s'’]*[^\p{L}\d]*(?:\p{L}{1,3}\.?)?[^\p{L}\d]*$/u;

/** Looks at whole columns. */
export async function profileColumns(
  duck: Duck,
  workspace: string,
  importId: string,
  headers: string[],
  options: { nullTokens: string[]; wants?: Record<string, ProfileWant> },
): Promise<ColumnProfile[]> {
  const { nullTokens, wants = {} } = options;
  const { text, schema } = stagingTables(workspace, importId);
  const [size] = await duck.rows(`select count(*) as rows from ${text}`);
  // The first records, and as many again from all over the file.
  const step = Math.max(1, Math.floor(Number(size!.rows) / (SAMPLE_ROWS / 2)));
  const sample = `${schema}.${identifier(`sample_${importId.replaceAll(/[^A-Za-z0-9]/g, "_")}`)}`;
  await duck.run(
    `create or replace table ${sample} as (select * from ${text} limit ${SAMPLE_ROWS / 2})
     union all (select * from ${text} where _line % ${step} = 0 limit ${SAMPLE_ROWS / 2})`,
  );
  try {
    const profiles: ColumnProfile[] = [];
    for (const header of headers) {
      const want = wants[header] ?? "any";
      const guess = await look(duck, sample, header, nullTokens);
      profiles.push(
        await profileColumn(duck, text, header, nullTokens, {
          samples: guess.samples,
          numbers: guess.numbers && (want === "number" || want === "any"),
          dateFormats: want === "date" || want === "any" ? guess.dateFormats : [],
        }),
      );
    }
    return profiles;
  } finally {
    await duck.run(`drop table if exists ${sample}`);
  }
}

/** What a column may be, by a sample. */
interface Guess {
  samples: string[];
  numbers: boolean;
  dateFormats: readonly string[];
}

async function look(duck: Duck, sample: string, header: string, nullTokens: string[]): Promise<Guess> {
  const x = cell(header);
  const rows = await duck.rows(
    `select ${trimmed(x)} as value, count(*) as n from ${sample} where ${x} is not null and not ${
      isNothing(x, nullTokens)
    } group by 1 order by n desc, value limit 200`,
  );
  const values = rows.map((row) => String(row.value));
  // A column whose sample is empty may hold anything further down.
  const empty = values.length === 0;
  const short = values.filter((value) => value.length <= 60 && /\d/.test(value));
  return {
    samples: values.slice(0, 8).map((value) => value.slice(0, 200)),
    numbers: empty || short.some((value) => NUMBER_LIKE.test(value)),
    dateFormats: empty ? DATE_FORMATS : await fittingFormats(duck, short.filter((value) => value.length >= 6)),
  };
}

/** Formats that some value fits, and those that differ from them in the order of day and month only. */
async function fittingFormats(duck: Duck, values: string[]): Promise<readonly string[]> {
  if (values.length === 0) return [];
  const counts = DATE_FORMATS.map((format, n) => `count(${dateExpression("v", format)}) as f${n}`);
  const [row] = await duck.rows(
    `select ${counts.join(", ")} from (select unnest([${values.map(literal).join(", ")}]) as v)`,
  );
  const fitting = DATE_FORMATS.filter((_, n) => Number(row![`f${n}`]) > 0);
  return DATE_FORMATS.filter((format) =>
    fitting.includes(format) || fitting.some((other) => swappedFormat(other) === format)
  );
}

async function profileColumn(
  duck: Duck,
  text: string,
  header: string,
  nullTokens: string[],
  guess: Guess,
): Promise<ColumnProfile> {
  const x = cell(header);
  const profile: ColumnProfile = {
    header,
    filled: 0,
    distinct: 0,
    samples: guess.samples,
    dateFormats: {},
    dateOnly: {},
    dates: 0,
    numbers: { dot: 0, comma: 0, either: 0, ambiguousDot: 0, ambiguousComma: 0, ambiguous: [] },
    currencies: [],
    percents: 0,
    masked: 0,
    nothing: 0,
    padded: 0,
  };
  const kinds = guess.numbers
    ? kind(x, nullTokens)
    : `case when ${isNothing(x, nullTokens)} then ${KINDS.n} when ${
      isPadded(x)
    } then ${KINDS.padded} else ${KINDS.t} end`;
  // A text is of one kind only, so the counts of different texts add up over the kinds.
  const rows = await duck.rows(
    `select k, count(*) as cells, approx_count_distinct(x) as different
     from (select ${x} as x, case when ${x} is not null then (${kinds})::utinyint end as k from ${text}) group by k`,
  );
  const decorated = readCounts(profile, rows);
  if (decorated) {
    const marks = await duck.rows(
      `select ${currencyMark(x)} as mark, count(*) as n from ${text}
       where ${x} is not null and try_cast(${x} as decimal(18, 6)) is null and strlen(${x}) <= 60
       group by 1 order by n desc, mark limit 20`,
    );
    profile.currencies = marks.map((mark) => String(mark.mark)).filter((mark) => mark !== "");
    const [percents] = await duck.rows(`select count(*) as n from ${text} where suffix(${trimmed(x)}, '%')`);
    profile.percents = Number(percents!.n);
  }
  if (profile.numbers.ambiguousDot + profile.numbers.ambiguousComma > 0) {
    const cells = await duck.rows(
      `select distinct ${trimmed(x)} as value from ${text} where ${
        kind(x, nullTokens)
      } in (${KINDS.p}, ${KINDS.P}, ${KINDS.Q}) limit 5`,
    );
    profile.numbers.ambiguous = cells.map((c) => String(c.value));
  }
  if (guess.dateFormats.length > 0) await countDates(duck, text, nullTokens, profile, guess.dateFormats);
  return profile;
}

/**
 * What a cell is as a number: `e` the same either way, `d` with a point, `c` with a comma, `p` like 1.234, `q` like
 * 1,234; in capitals where marks or grouping stand around it. `m` masked, `n` nothing, `t` something else.
 */
const KINDS = { e: 1, d: 2, p: 3, E: 4, D: 5, C: 6, P: 7, Q: 8, m: 9, n: 10, t: 11, padded: 12 } as const;

function kind(x: string, nullTokens: string[]): string {
  return `case
    when try_cast(${x} as decimal(18, 6)) is not null then
      (case when not contains(${x}, '.') then ${KINDS.e}
        when strlen(${x}) - instr(${x}, '.') <> 3 then ${KINDS.d}
        when ${isNumber(x, ",", 1)} then ${KINDS.p} else ${KINDS.d} end)
    when ${isNothing(x, nullTokens)} then ${KINDS.n}
    when strlen(${x}) > 60 then ${KINDS.t}
    when ${isNumber(x, ".", 2)} then
      (case when not ${isNumber(x, ",", 3)} then ${KINDS.D} when contains(${x}, '.') then ${KINDS.P}
        when contains(${x}, ',') then ${KINDS.Q} else ${KINDS.E} end)
    when ${isNumber(x, ",", 4)} then ${KINDS.C}
    when ${isMasked(x)} then ${KINDS.m} when ${isPadded(x)} then ${KINDS.padded} else ${KINDS.t} end`;
}

/** Answers whether some number has marks around it. */
function readCounts(profile: ColumnProfile, rows: DuckRow[]): boolean {
  const cells = (name: keyof typeof KINDS) => Number(rows.find((row) => Number(row.k) === KINDS[name])?.cells ?? 0);
  const [e, d, p, E, D, C, P, Q] = (["e", "d", "p", "E", "D", "C", "P", "Q"] as const).map(cells) as [
    ...[number, number, number, number],
    ...[number, number, number, number],
  ];
  const known = rows.filter((row) => row.k !== null && Number(row.k) !== KINDS.n);
  profile.filled = known.reduce((sum, row) => sum + Number(row.cells), 0);
  profile.distinct = known.reduce((sum, row) => sum + Number(row.different), 0);
  profile.nothing = cells("n");
  profile.padded = cells("padded");
  profile.masked = cells("m");
  profile.numbers = {
    dot: e + d + p + E + D + P + Q,
    comma: e + p + E + C + P + Q,
    either: e + E,
    ambiguousDot: p + P,
    ambiguousComma: Q,
    ambiguous: [],
  };
  return E + D + C + P + Q + profile.masked > 0;
}

/** Dates repeat, so each different text is tried once. */
async function countDates(
  duck: Duck,
  text: string,
  nullTokens: string[],
  profile: ColumnProfile,
  formats: readonly string[],
): Promise<void> {
  const x = cell(profile.header);
  const fits = formats.map((format, n) => `${dateExpression("v", format)} is not null as f${n}`);
  const total = formats.map((_, n) => `f${n}::int`).join(" + ");
  const counts = formats.map((_, n) =>
    `sum(case when f${n} then n end) as n${n}, sum(case when f${n} and fits = 1 then n end) as o${n}`
  );
  const [row] = await duck.rows(
    `with different as (select ${x} as v, count(*) as n from ${text} where ${x} is not null group by 1),
       tried as (select n, ${fits.join(", ")} from different where strlen(v) between 6 and 60 and not ${
      isNothing("v", nullTokens)
    }),
       counted as (select *, ${total} as fits from tried)
     select sum(case when fits > 0 then n end) as dates, ${counts.join(", ")} from counted`,
  );
  profile.dates = Number(row!.dates ?? 0);
  formats.forEach((format, n) => {
    if (row![`n${n}`] !== null) profile.dateFormats[format] = Number(row![`n${n}`]);
    if (row![`o${n}`] !== null) profile.dateOnly[format] = Number(row![`o${n}`]);
  });
}
