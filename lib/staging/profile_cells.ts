import type { Duck, DuckRow } from "@/lib/duckdb/duckdb.ts";
import type { ColumnProfile } from "./mod.ts";
import { among, type ProfiledColumn, type ProfileOptions } from "./profile.ts";
import { isMasked, isNothing, isPadded, isTotalLabel, trimmed } from "./read_cell.ts";
import { dateExpression, lacksYear } from "./read_date.ts";
import { currencyMark, isNumber, isShortened } from "./read_number.ts";

/** Profiles columns out of a relation of cells: `c` the column's number, `v` the cell, `n` how often it stands there. */
export async function profileCells(
  duck: Duck,
  relation: string,
  columns: ProfiledColumn[],
  options: ProfileOptions & { grouped: boolean },
): Promise<ColumnProfile[]> {
  const { nullTokens, totalLabels = [], grouped } = options;
  const numeric = columns.filter(({ guess }) => guess.numbers);
  const named = columns.filter(({ want }) => want !== "number");
  const kinds = [
    ...(numeric.length ? [`when c in ${among(numeric)} then ${kind("v", nullTokens)}`] : []),
    `when ${isNothing("v", nullTokens)} then ${KINDS.n} when ${isPadded("v")} then ${KINDS.padded} else ${KINDS.t}`,
  ];
  const total = totalLabels.length && named.length
    ? `(c in ${among(named)} and ${isTotalLabel("v", totalLabels)})`
    : "false";
  // A text is of one kind only, so the counts of different texts add up over the kinds.
  const rows = await duck.rows(
    `select c, k, sum(n)::bigint as cells, ${grouped ? "count(*)" : "approx_count_distinct(v)"} as different,
       coalesce(sum(n) filter (total), 0)::bigint as totals
     from (select c, v, n, ${total} as total, (case when v is null then null ${kinds.join(" ")} end)::utinyint as k
       from ${relation})
     group by c, k`,
  );
  const profiles: ColumnProfile[] = [];
  for (const column of columns) {
    const cells = `(select v, n from ${relation} where c = ${column.n} and v is not null)`;
    const profile = readCounts(column, rows.filter((row) => Number(row.c) === column.n));
    if (profile.decorated) await readMarks(duck, cells, profile);
    if (profile.numbers.ambiguousDot + profile.numbers.ambiguousComma > 0) {
      const found = await duck.rows(
        `select distinct ${trimmed("v")} as value from ${cells} where ${kind("v", nullTokens)} in
           (${KINDS.p}, ${KINDS.P}, ${KINDS.Q}) order by value limit 5`,
      );
      profile.numbers.ambiguous = found.map((row) => String(row.value));
    }
    if (column.guess.dateFormats.length > 0) {
      await countDates(duck, cells, nullTokens, profile, { formats: column.guess.dateFormats, grouped });
    }
    const { decorated: _, ...rest } = profile;
    profiles.push(rest);
  }
  return profiles;
}

/**
 * What a cell is as a number: `i` digits only, `e` the same either way, `d` with a point, `c` with a comma, `p` like
 * 1.234, `q` like 1,234; in capitals where marks or grouping stand around it. `m` masked, `n` nothing, `t` something else.
 */
const KINDS = { e: 1, d: 2, p: 3, E: 4, D: 5, C: 6, P: 7, Q: 8, m: 9, n: 10, t: 11, padded: 12, i: 13 } as const;

function kind(x: string, nullTokens: string[]): string {
  return `(case
    when try_cast(${x} as decimal(18, 6)) is not null then
      (case when not contains(${x}, '.') then (case when regexp_full_match(${x}, '-?[0-9]+') then ${KINDS.i} else ${KINDS.e} end)
        when strlen(${x}) - instr(${x}, '.') <> 3 then ${KINDS.d}
        when ${isNumber(x, ",", 1)} then ${KINDS.p} else ${KINDS.d} end)
    when ${isNothing(x, nullTokens)} then ${KINDS.n}
    when strlen(${x}) > 60 then ${KINDS.t}
    when ${isNumber(x, ".", 2)} then
      (case when not ${isNumber(x, ",", 3)} then ${KINDS.D} when contains(${x}, '.') then ${KINDS.P}
        when contains(${x}, ',') then ${KINDS.Q} else ${KINDS.E} end)
    when ${isNumber(x, ",", 4)} then ${KINDS.C}
    when ${isMasked(x)} then ${KINDS.m} when ${isPadded(x)} then ${KINDS.padded} else ${KINDS.t} end)`;
}

/** `decorated`: some number has marks around it. */
function readCounts({ header, guess }: ProfiledColumn, rows: DuckRow[]): ColumnProfile & { decorated: boolean } {
  const cells = (name: keyof typeof KINDS) => Number(rows.find((row) => Number(row.k) === KINDS[name])?.cells ?? 0);
  const [i, e, d, p] = (["i", "e", "d", "p"] as const).map(cells) as [number, number, number, number];
  const [E, D, C, P, Q] = (["E", "D", "C", "P", "Q"] as const).map(cells) as [number, number, number, number, number];
  const known = rows.filter((row) => row.k !== null && Number(row.k) !== KINDS.n);
  const sum = (of: DuckRow[], name: string) => of.reduce((total, row) => total + Number(row[name]), 0);
  return {
    header,
    filled: sum(known, "cells"),
    empty: Number(rows.find((row) => row.k === null)?.cells ?? 0),
    distinct: sum(known, "different"),
    samples: guess.samples,
    dateFormats: {},
    dateOnly: {},
    dates: 0,
    dateStats: {},
    numbers: {
      dot: i + e + d + p + E + D + P + Q,
      comma: i + e + p + E + C + P + Q,
      either: i + e + E,
      ambiguousDot: p + P,
      ambiguousComma: Q,
      ambiguous: [],
      plain: i + e + d + p,
      digits: i,
    },
    currencies: [],
    percents: 0,
    shortened: 0,
    masked: cells("m"),
    nothing: cells("n"),
    padded: cells("padded"),
    totals: sum(rows, "totals"),
    wide: guess.wide,
    decorated: E + D + C + P + Q + cells("m") > 0,
  };
}

async function readMarks(duck: Duck, cells: string, profile: ColumnProfile): Promise<void> {
  const marks = await duck.rows(
    `select ${currencyMark("v")} as mark, sum(n) as n from ${cells}
     where try_cast(v as decimal(18, 6)) is null and strlen(v) <= 60
     group by 1 order by n desc, mark limit 20`,
  );
  profile.currencies = marks.map((row) => String(row.mark)).filter((mark) => mark !== "");
  const [ends] = await duck.rows(
    `select coalesce(sum(n) filter (suffix(${trimmed("v")}, '%')), 0)::bigint as percents,
       coalesce(sum(n) filter (${isShortened("v")}), 0)::bigint as shortened from ${cells}`,
  );
  profile.percents = Number(ends!.percents);
  profile.shortened = Number(ends!.shortened);
}

/** Dates repeat, so each different text is tried once. */
async function countDates(
  duck: Duck,
  cells: string,
  nullTokens: string[],
  profile: ColumnProfile,
  options: { formats: readonly string[]; grouped: boolean },
): Promise<void> {
  const { formats, grouped } = options;
  const days = formats.map((format, n) =>
    `${dateExpression("v", lacksYear(format) ? `${format}@2024` : format)} as d${n}`
  );
  const total = formats.map((_, n) => `(d${n} is not null)::int`).join(" + ");
  const counts = formats.map((format, n) =>
    `sum(case when d${n} is not null then n end) as n${n}, sum(case when d${n} is not null and fits = 1 then n end) as o${n},
     min(d${n})::varchar as from${n}, max(d${n})::varchar as to${n}, count(distinct d${n}) as days${n},
     min(isodow(d${n})) as low${n}, max(isodow(d${n})) as high${n}, max(day(d${n})) as last${n}, ${
      format.startsWith("<") ? `bool_and(d${n} = e${n})` : "true"
    } as single${n}`
  );
  const ends = formats.flatMap((format, n) =>
    format.startsWith("<") ? [`, ${dateExpression("v", format.replace("<", ">"))} as e${n}`] : []
  );
  const different = grouped ? cells : `(select v, sum(n) as n from ${cells} group by v)`;
  const [row] = await duck.rows(
    `with tried as (select n, ${days.join(", ")}${
      ends.join("")
    } from ${different} where strlen(v) between 3 and 80 and not ${isNothing("v", nullTokens)}),
       counted as (select *, ${total} as fits from tried)
     select sum(case when fits > 0 then n end) as dates, ${counts.join(", ")} from counted`,
  );
  profile.dates = Number(row!.dates ?? 0);
  formats.forEach((format, n) => {
    if (row![`n${n}`] !== null) {
      profile.dateFormats[format] = Number(row![`n${n}`]);
      profile.dateStats[format] = {
        from: String(row![`from${n}`]),
        to: String(row![`to${n}`]),
        days: Number(row![`days${n}`]),
        weekday: row![`low${n}`] === row![`high${n}`] ? Number(row![`low${n}`]) : null,
        firsts: Number(row![`last${n}`]) === 1,
        single: row![`single${n}`] === true,
      };
    }
    if (row![`o${n}`] !== null) profile.dateOnly[format] = Number(row![`o${n}`]);
  });
}
