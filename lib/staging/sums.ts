import { type DuckCell, type DuckSession, identifier } from "@/lib/duckdb/duckdb.ts";
import type { Sums } from "./find_totals.ts";

/** Exact sums of measures. */
export async function sums(session: DuckSession, relation: string, measures: string[]): Promise<Sums> {
  if (measures.length === 0) return {};
  const parts = measures.map((name) => `sum(${identifier(name)}) as ${identifier(name)}`);
  const [row] = await session.rows(`select ${parts.join(", ")} from ${relation}`);
  return Object.fromEntries(measures.map((name) => [name, exact(row![name])]));
}

/** What a table of typed rows holds, in one pass: its rows and different keys, the days it covers, and its sums. */
export async function summarise(
  session: DuckSession,
  relation: string,
  time: string,
  measures: string[],
): Promise<{ rows: number; keys: number; range: { from: string; to: string } | null; rowTotals: Sums }> {
  const parts = measures.map((name, n) => `, sum(${identifier(name)}) as s${n}`).join("");
  const [row] = await session.rows(
    `select count(*) as n, count(distinct _key) as keys, min(${time})::varchar as first, max(_until)::varchar as last
       ${parts} from ${relation}`,
  );
  return {
    rows: Number(row!.n),
    keys: Number(row!.keys),
    range: row!.first === null ? null : { from: String(row!.first), to: String(row!.last) },
    rowTotals: Object.fromEntries(measures.map((name, n) => [name, exact(row![`s${n}`])])),
  };
}

function exact(sum: DuckCell | undefined): bigint | null {
  return typeof sum === "bigint" || typeof sum === "number" ? BigInt(sum) : null;
}
