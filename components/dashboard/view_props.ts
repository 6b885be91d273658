import type { Tile } from "@/lib/dashboard/load_dashboard.ts";
import type { PageFilters } from "@/lib/model/mod.ts";
import { selectedIn } from "@/lib/model/selections.ts";
import type { WidgetProps } from "@/lib/widget/mod.ts";

/** What a tile's view gets, but for what only the browser or only the server has. */
export function viewProps(
  tile: Tile,
  { colors, locale, narrow, filters, range }: {
    colors: Record<string, number>;
    locale: string;
    narrow: boolean;
    filters: Pick<PageFilters, "selections" | "range" | "compare">;
    /** The page's days. */
    range: { from: string; to: string } | null;
  },
): WidgetProps<unknown> {
  const [result] = Object.values(tile.results);
  return {
    title: tile.title,
    options: tile.options,
    results: tile.results,
    forecasts: tile.forecasts,
    accuracy: tile.accuracy,
    anomalies: tile.anomalies,
    tiers: tile.tiers,
    result: result!,
    locale,
    size: { columns: tile.place.w, rows: tile.place.h, narrow },
    colors,
    selected: selectedIn(filters, tile.id),
    page: { range: filters.range, compare: filters.compare, days: range },
  };
}
