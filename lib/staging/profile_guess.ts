/** What columns may be, by a sample. What they are, the whole columns say. */
import type { Duck } from "@/lib/duckdb/duckdb.ts";
import { cell } from "./names.ts";
import type { ProfileOptions } from "./profile.ts";
import { isNothing, trimmed } from "./read_cell.ts";
import { DATE_FORMATS, LOOSE_DATE_FORMATS, mayBeDate, swappedFormat } from "./read_date.ts";
import { partsOfRange } from "./two_days.ts";

/** What one column may be. */
export interface Guess {
  /** A few of its texts, most frequent first. */
  samples: string[];
  numbers: boolean;
  dateFormats: readonly string[];
  /** Digits of full width stand in some of them. */
  wide: boolean;
  /** Its cells hardly repeat. */
  varied: boolean;
}

const SAMPLE_ROWS = 4_000;
/** The half of the sample that is from all over the file comes in so many pieces. */
const PIECES = 8;
const VALUES = 200;
/** More different cells than this share of a sample: not worth grouping. */
const VARIED = 0.7;
/** Columns with at most so many different cells in the sample may be grouped together. */
const ALIKE = 400;
/** Combinations of columns that are grouped together may be this share of the sample, or one by one is faster. */
const JOINT = 0.25;
/** What a number can look like at most; what it is, the engine's patterns say. */
const NUMBER_LIKE =
  /^[^\p{L}\d]*(?:\p{L}{1,3}[.$]?)?[^\p{L}\d]*\d[\d.,\s'’]*[^\p{L}\d]*(?:\p{L}{1,3}\.?)?[^\p{L}\d]*$/u;

/** Looks at the first records, and as many from all over the file. `alike`: columns with few combinations of cells. */
export async function guessColumns(
  duck: Duck,
  input: { cells: string; sample: string; headers: string[]; options: ProfileOptions },
): Promise<{ guesses: Guess[]; alike: number[] }> {
  const { sample, headers, options: { nullTokens, wants } } = input;
  const [size] = await duck.rows(`select count(*) as rows from ${input.cells}`);
  const rows = Number(size!.rows);
  await duck.run(
    `create or replace table ${sample} as (select * from ${input.cells} limit ${SAMPLE_ROWS / 2}) ${
      rows > SAMPLE_ROWS / 2 ? pieces(input.cells, rows) : ""
    }`,
  );
  const cells = headers.map((header, n) => {
    const x = cell(header);
    return `select ${n} as c, ${x} as v, count(*) as n from ${sample} where ${x} is not null group by ${x}`;
  });
  const found = await duck.rows(
    `select c, ${trimmed("v")} as value, different, sampled from (
       select c, v, n, sum(n) over (partition by c) as sampled, count(*) over (partition by c) as different,
         row_number() over (partition by c order by n desc, v) as place
       from (${cells.join(" union all ")}) where not ${isNothing("v", nullTokens)}
     ) where place <= ${VALUES} order by c, place`,
  );
  const different: number[] = [];
  const guesses = headers.map((header, n): Guess => {
    const here = found.filter((row) => Number(row.c) === n);
    const values = here.map((row) => String(row.value));
    const want = wants?.[header] ?? "any";
    // A column whose sample is empty may hold anything further down.
    const empty = values.length === 0;
    const short = values.filter((value) => value.length <= 60 && /[\d０-９]/.test(value));
    const dated = values.filter((value) => value.length <= 60);
    different[n] = Number(here[0]?.different ?? 0);
    return {
      wide: short.some((value) => /[０-９]/.test(value)),
      samples: [...new Set(values)].slice(0, 8).map((value) => value.slice(0, 200)),
      numbers: (want === "number" || want === "any") &&
        (empty || short.some((value) => NUMBER_LIKE.test(value.normalize("NFKC")))),
      dateFormats: want === "date" || want === "any" ? possibleFormats(dated, want, empty) : [],
      varied: different[n] > Number(here[0]?.sampled ?? 0) * VARIED && rows > SAMPLE_ROWS,
    };
  });
  const candidates = headers.map((_, n) => n).filter((n) => different[n]! <= ALIKE && !guesses[n]!.varied);
  return { guesses, alike: rows > SAMPLE_ROWS ? await alikeOf(duck, sample, headers, candidates, different) : [] };
}

/** By row ids, which the engine finds without looking at other rows. */
function pieces(cells: string, rows: number): string {
  const size = SAMPLE_ROWS / 2 / PIECES;
  return Array.from({ length: PIECES }, (_, n) => {
    const end = Math.floor(rows * (n + 1) / PIECES);
    return `union all (select * from ${cells} where rowid between ${end - size} and ${end - 1})`;
  }).join(" ");
}

/** Formats that some value may have, and those that differ from them in the order of day and month only. */
function possibleFormats(values: string[], want: "date" | "any", empty: boolean): readonly string[] {
  const formats: readonly string[] = want === "date" ? [...DATE_FORMATS, ...LOOSE_DATE_FORMATS] : DATE_FORMATS;
  if (empty) return DATE_FORMATS;
  if (values.length > 0 && values.every((value) => partsOfRange(value) || !/\d/.test(value))) {
    return possibleFormats(values.flatMap((value) => partsOfRange(value)?.[0] ?? []), want, false).map((f) => `<${f}`);
  }
  const fitting = formats.filter((format) => values.some((value) => mayBeDate(value, format)));
  return formats.filter((format) =>
    fitting.includes(format) || fitting.some((other) => swappedFormat(other) === format)
  );
}

/** Takes columns, those with the fewest different cells first, as long as their combinations stay few. */
async function alikeOf(
  duck: Duck,
  sample: string,
  headers: string[],
  candidates: number[],
  different: number[],
): Promise<number[]> {
  const sorted = candidates.toSorted((a, b) => different[a]! - different[b]!);
  if (sorted.length < 2) return [];
  const upTo = sorted.map((_, n) => {
    const names = sorted.slice(0, n + 1).map((at) => cell(headers[at]!)).join(", ");
    return `count(distinct hash(${names})) as n${n}`;
  });
  const [counts] = await duck.rows(`select ${upTo.join(", ")} from ${sample}`);
  const many = sorted.findIndex((_, n) => Number(counts![`n${n}`]) > SAMPLE_ROWS * JOINT);
  const alike = many < 0 ? sorted : sorted.slice(0, many);
  return alike.length < 2 ? [] : alike;
}
