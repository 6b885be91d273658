import { type DuckSession, identifier } from "@/lib/duckdb/duckdb.ts";
import type { Sums } from "./find_totals.ts";

/** Exact sums of measures. */
export async function sums(session: DuckSession, relation: string, measures: string[]): Promise<Sums> {
  if (measures.length === 0) return {};
  const parts = measures.map((name) => `sum(${identifier(name)}) as ${identifier(name)}`);
  const [row] = await session.rows(`select ${parts.join(", ")} from ${relation}`);
  return Object.fromEntries(
    measures.map((name) => {
      const sum = row![name];
      return [name, typeof sum === "bigint" || typeof sum === "number" ? BigInt(sum) : null];
    }),
  );
}
