/** Which numbers platforms may still correct: known from the state of the data alone, without asking the store. */
import { PLATFORM_NAMES } from "@/lib/format/mod.ts";
import { addDays, type DaySpan } from "@/lib/model/calendar.ts";
import type { MetricResult, Notice } from "@/lib/model/mod.ts";
import { maturityOf, type SourceRegistry } from "@/lib/source/mod.ts";
import type { DatasetState } from "@/lib/warehouse/mod.ts";
import type { QueryPlan } from "./plan_query.ts";
import { platformsNamed } from "./platforms_named.ts";
import { tellSpan } from "./tell_days.ts";

/** Metrics that may still change, and from which day on. */
export type NotFinal = NonNullable<MetricResult["meta"]["notFinal"]>;

/**
 * The metrics of a question that platforms may still correct, from their first such day in the span on. `reported`: the
 * day on which the data last changed; null where that is not known, and nothing is said.
 */
export function notFinal(
  { dataset, metrics, query }: Pick<QueryPlan, "dataset" | "metrics" | "query">,
  { state, span, reported, sources }: {
    state: Pick<DatasetState, "accounts">;
    span: DaySpan | null;
    reported: string | null;
    sources: SourceRegistry;
  },
): NotFinal {
  if (!span || reported === null) return [];
  // Budgets and rates are in no platform's report: nobody corrects them later.
  if (
    !sources.list().some(({ reports }) => reports.some((report) => report.dataset === dataset.id && !report.fallback))
  ) return [];
  const named = platformsNamed(query.filters);
  const present = [...new Set(state.accounts.map(({ platform }) => platform))].sort();
  const platforms = present.filter((platform) => platform !== "" && (named === null || named.has(platform)));
  const measures = new Set(dataset.columns.filter(({ role }) => role === "measure").map(({ name }) => name));
  return metrics.flatMap(({ name, aggregates }) => {
    const columns = aggregates.flatMap(({ column }) => column !== undefined && measures.has(column) ? [column] : []);
    const young = platforms.map((platform) => ({
      platform,
      from: addDays(reported, 1 - Math.max(0, ...columns.map((column) => maturityOf(sources.get(platform), column)))),
    })).filter(({ from }) => columns.length > 0 && from <= span.to);
    const first = young.map(({ from }) => from).sort()[0];
    if (first === undefined) return [];
    const from = first < span.from ? span.from : first;
    return [{ metric: name, from, platforms: young.map(({ platform }) => platform) }];
  });
}

/** The same in words: metrics that may change from the same day on are told together. */
export function notFinalNotices(found: NotFinal, span: DaySpan | null, plan: Pick<QueryPlan, "metrics">): Notice[] {
  if (!span) return [];
  const titles = new Map(plan.metrics.map(({ name, title }) => [name, title]));
  const alike = Map.groupBy(found, ({ from, platforms }) => JSON.stringify([from, platforms]));
  return [...alike.values()].map((group) => {
    const { from, platforms } = group[0]!;
    const names = group.map(({ metric }) => titles.get(metric) ?? metric).join(", ");
    const who = platforms.map((platform) => PLATFORM_NAMES[platform] ?? platform).join(", ");
    return {
      code: "not-final",
      message: `${names} of ${tellSpan({ from, to: span.to })} may still change: ${who} correct them later`,
      ...group.length === 1 ? { metric: group[0]!.metric } : {},
    };
  });
}
