import type { DatasetState } from "@/lib/warehouse/mod.ts";
import { askByCurrency, type Asking, type ResolvedSpans } from "./ask_facts.ts";

/**
 * The currencies in which the amounts of a question stand; none for a question without amounts. Asks the store only
 * where the dataset has several: a filter may leave one.
 */
export async function findCurrencies(
  asking: Omit<Asking, "groups" | "totals">,
  state: DatasetState,
  spans: ResolvedSpans,
): Promise<(string | null)[]> {
  if (!asking.plan.monetary) return [];
  if (asking.version === state.version && state.currencies.length <= 1) return state.currencies;
  const spanned = [spans.asked, ...(spans.compared ? [spans.compared] : [])];
  const answers = await Promise.all(spanned.map((span) => askByCurrency(asking, span)));
  const found = answers.flatMap(({ rows }) => rows.map(({ currency }) => currency === undefined ? null : currency));
  return [...new Set(found.map((currency) => currency === null ? null : String(currency)))].sort();
}
