import type { Tile } from "@/lib/dashboard/load_dashboard.ts";
import type { LaidTile, PageFilters } from "@/lib/model/mod.ts";
import { phoneLayout } from "@/lib/model/phone_layout.ts";
import { isClosed, isSection, unfolded } from "@/lib/model/sections.ts";
import type { WidgetEvent } from "@/lib/widget/mod.ts";
import { SectionBand } from "./SectionBand.tsx";
import { placeClass, TileFrame, type ViewSource } from "./TileFrame.tsx";

/** What the grid shows and whom it tells. */
export interface DashboardGridProps {
  /** Every tile of the open tab. */
  layout: LaidTile[];
  tiles: Tile[];
  colors: Record<string, number>;
  titles: Record<string, string>;
  /** The page's days. */
  range: { from: string; to: string } | null;
  filters: PageFilters;
  locale: string;
  narrow: boolean;
  /** Tiles whose answer is on its way. */
  loading: ReadonlySet<string>;
  views: ViewSource;
  onEvent(tile: string, event: WidgetEvent): void;
  onFilters(filters: PageFilters): void;
  onFold(section: string, closed: boolean): void;
  onRetry(tile: string): void;
}

/** The tiles of a tab, its sections folded as the visitor has them. */
export function DashboardGrid(props: DashboardGridProps) {
  const { filters, locale, colors, titles, range, narrow, loading, views, onFilters, onFold } = props;
  const layout = narrow ? phoneLayout(props.layout) : props.layout;
  const tiles = new Map(props.tiles.map((tile) => [tile.id, tile]));
  return (
    <div class="grid">
      {unfolded(layout, filters.folds).map((laid) => {
        const { id, title, place } = laid;
        if (isSection(laid)) {
          const closed = isClosed(laid, filters.folds);
          return (
            <SectionBand
              key={id}
              title={title}
              place={place}
              closed={closed}
              filters={{ ...filters, folds: { ...filters.folds, [id]: !closed } }}
              onToggle={() => onFold(id, !closed)}
            />
          );
        }
        const tile = tiles.get(id);
        if (!tile) return <section key={id} class={`tile tile--loading ${placeClass(laid)}`} aria-busy="true" />;
        return (
          <TileFrame
            key={id}
            tile={tile}
            laid={laid}
            colors={colors}
            titles={titles}
            range={range}
            locale={locale}
            narrow={narrow}
            loading={loading.has(id)}
            views={views}
            filters={filters}
            onEvent={(event) => props.onEvent(id, event)}
            onFilters={onFilters}
            onRetry={() => props.onRetry(id)}
          />
        );
      })}
    </div>
  );
}
