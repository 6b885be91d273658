/** An account that stands above the first table of a text only. Pure. */
import type { ReadTable } from "./stage_tables.ts";

/**
 * Tables below one another in one text are of one account: the one that is named above any of them, where it is one. Without
 * it the same rows would stand under two accounts.
 */
export function shareAccount(tables: ReadTable[]): ReadTable[] {
  return tables.map((table) => {
    const { facts, source, entry } = table.recognition;
    if (facts.account !== null || !source) return table;
    const beside = tables.map(({ recognition }) => recognition)
      .filter((other) => other.entry === entry && other.source?.platform === source.platform)
      .flatMap((other) => other.facts.account ?? []);
    const [account, another] = new Set(beside);
    if (account === undefined || another !== undefined) return table;
    return { ...table, recognition: { ...table.recognition, facts: { ...facts, account } } };
  });
}
