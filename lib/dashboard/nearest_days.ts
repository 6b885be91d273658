/** Where a tile shows nothing, the days nearest to the page's that have something: so that nobody searches for them. */
import { addDays, daysBetween, type DaySpan } from "@/lib/model/calendar.ts";
import type { MetricQueryInput, Viewer } from "@/lib/model/mod.ts";
import { runMetricQuery } from "@/lib/query/run_metric_query.ts";
import type { Services } from "@/lib/services.ts";

type Outside = Pick<Services, "documents" | "warehouse" | "cache" | "clock" | "sources">;

/**
 * As many days as were asked for, ending on the last day before them that answers the question, or beginning on the first
 * one after, whichever is nearer. Null where no day does. `data`: from when to when there is any data at all.
 */
export async function nearestDays(
  services: Outside,
  viewer: Viewer,
  query: MetricQueryInput,
  { asked, data }: { asked: DaySpan; data: DaySpan },
): Promise<DaySpan | null> {
  const find = async (range: DaySpan, direction: "asc" | "desc"): Promise<string | null> => {
    if (range.from > range.to) return null;
    const { compare: _compare, totals: _totals, other: _other, offset: _offset, ...rest } = query;
    const order = [{ by: "period", direction }];
    const one = { ...rest, metrics: query.metrics.slice(0, 1), dimensions: [], grain: "day" as const };
    const { rows } = await runMetricQuery(services, viewer, { ...one, range, order, limit: 1 });
    return rows.length > 0 ? String(rows[0]!.period) : null;
  };
  const before = addDays(asked.from, -1);
  const after = addDays(asked.to, 1);
  const [last, first] = await Promise.all([
    find({ from: data.from, to: before < data.to ? before : data.to }, "desc"),
    find({ from: after > data.from ? after : data.from, to: data.to }, "asc"),
  ]);
  const length = daysBetween(asked.from, asked.to);
  const earlier = last && { from: addDays(last, -length), to: last };
  const later = first && { from: first, to: addDays(first, length) };
  if (!earlier || !later) return earlier || later || null;
  return daysBetween(last!, asked.from) <= daysBetween(asked.to, first!) ? earlier : later;
}
