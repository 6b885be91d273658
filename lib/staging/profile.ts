import { type Duck, identifier } from "@/lib/duckdb/duckdb.ts";
import type { ColumnProfile, ProfileWant } from "./mod.ts";
import { cell, literal, stagingTables } from "./names.ts";
import { profileCells } from "./profile_cells.ts";
import { type Guess, guessColumns } from "./profile_guess.ts";
import { narrow } from "./read_number.ts";

/** How to look. */
export interface ProfileOptions {
  nullTokens: string[];
  /** Regular expressions of what a total line is called. @default [] */
  totalLabels?: string[];
  /** @default "any" for every header */
  wants?: Record<string, ProfileWant>;
}

/** A column to look at. */
export interface ProfiledColumn {
  /** Which one it is. */
  n: number;
  header: string;
  want: ProfileWant;
  guess: Guess;
}

/**
 * Looks at whole columns. Cells repeat: those of most columns are grouped first, and each different text is looked at
 * once. A column whose cells hardly repeat is looked at cell by cell. Which way is taken a sample decides; what comes
 * out is the same.
 */
export async function profileColumns(
  duck: Duck,
  workspace: string,
  importId: string,
  headers: string[],
  options: ProfileOptions,
): Promise<ColumnProfile[]> {
  const { cells, text, schema } = stagingTables(workspace, importId);
  const own = importId.replaceAll(/[^A-Za-z0-9]/g, "_");
  const table = (name: string) => `${schema}.${identifier(`${name}_${own}`)}`;
  const [sample, together, different] = [table("sample"), table("together"), table("different")] as const;
  try {
    const { guesses, alike } = await guessColumns(duck, { cells, sample, headers, options });
    const columns = headers.map((header, n): ProfiledColumn => ({
      n,
      header,
      want: options.wants?.[header] ?? "any",
      guess: guesses[n]!,
    }));
    const few = columns.filter(({ guess }) => !guess.varied);
    const profiles: ColumnProfile[] = [];
    if (few.length > 0) {
      const joint = few.filter(({ n }) => alike.includes(n));
      if (joint.length > 0) {
        const names = joint.map(({ header }) => cell(header)).join(", ");
        await duck.run(
          `create or replace table ${together} as select ${names}, count(*) as n from ${text} group by all`,
        );
      }
      await duck.run(
        `create or replace table ${different} as ${few.map((column) => group(column, joint)).join(" union all ")}`,
      );
      profiles.push(...await profileCells(duck, different, few, { ...options, grouped: true }));
    }
    for (const column of columns.filter(({ guess }) => guess.varied)) {
      const each = `(select ${column.n} as c, ${cellOf(column)} as v, 1 as n from ${text})`;
      profiles.push(...await profileCells(duck, each, [column], { ...options, grouped: false }));
    }
    const byHeader = new Map(profiles.map((profile) => [profile.header, profile]));
    return headers.map((header) => byHeader.get(header)!);
  } finally {
    for (const made of [sample, together, different]) await duck.run(`drop table if exists ${made}`);
  }

  /** Columns that are alike come out of their combinations, which are few. */
  function group(column: ProfiledColumn, joint: ProfiledColumn[]): string {
    const { n, header } = column;
    const [from, count] = joint.some((column) => column.n === n) ? [together, "sum(n)::bigint"] : [text, "count(*)"];
    return `select ${n} as c, ${cellOf(column)} as v, ${count} as n from ${from} group by ${cell(header)}`;
  }
}

function cellOf({ header, guess }: ProfiledColumn): string {
  return guess.wide ? narrow(cell(header)) : cell(header);
}

/** A list of numbers as the right side of `in`; an empty one holds nothing. */
export function among(columns: ProfiledColumn[]): string {
  return columns.length ? `(${columns.map(({ n }) => n).join(", ")})` : `(${literal("")}::integer)`;
}
