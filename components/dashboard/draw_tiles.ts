/**
 * Tiles as HTML, drawn once for as long as they show the same: a view is a pure function of its tile's key and of what
 * surrounds it. Server only. What was drawn is kept beside the tile, not among an island's props: it stands in the page
 * once, and is not sent again as data.
 */
import { LRUCache } from "lru-cache";
import { h } from "preact";
import { renderToString } from "preact-render-to-string";
import type { LoadedDashboard, Tile } from "@/lib/dashboard/load_dashboard.ts";
import type { PageFilters } from "@/lib/model/mod.ts";
import { selectedIn } from "@/lib/model/selections.ts";
import { phoneLayout } from "@/lib/model/phone_layout.ts";
import type { ChartSpec } from "@/lib/widget/chart_spec.ts";
import type { ViewSource } from "./TileFrame.tsx";
import { pictureSize } from "./picture_size.ts";
import { keepDrawn } from "./drawn.ts";
import { viewProps } from "./view_props.ts";

/** What surrounds the tiles. */
export interface DrawOptions {
  locale: string;
  narrow: boolean;
  /** The filters in effect: what is chosen in a tile stands out in it. */
  filters: Pick<PageFilters, "selections" | "range" | "compare">;
  views: ViewSource;
  /** The chart of a tile as data, where it has one. */
  chartOf(tile: Tile): Promise<ChartSpec | null>;
  /** Draws a chart as SVG, or answers null where that takes too long. */
  draw(spec: ChartSpec, size: { width: number; height: number }, locale: string): Promise<string | null>;
}

const drawnByKey = new LRUCache<string, string>({ maxSize: 32 * 2 ** 20, sizeCalculation: (html) => html.length + 1 });

/** Draws every tile that can be drawn, charts included, side by side. */
export async function drawTiles(loaded: LoadedDashboard, options: DrawOptions): Promise<void> {
  const { tiles, layout, colors, range } = loaded;
  const { filters } = options;
  const around = JSON.stringify([options.locale, options.narrow, colors, filters.range, filters.compare, range]);
  const places = new Map((options.narrow ? phoneLayout(layout) : layout).map(({ id, place }) => [id, place]));
  await Promise.all(tiles.map(async (tile) => {
    const place = places.get(tile.id);
    if (tile.error || !place) return; // a phone may leave it out
    const selected = selectedIn(filters, tile.id);
    const key = JSON.stringify([tile.key, tile.id, tile.title, place.w, place.h, selected, around]);
    const known = drawnByKey.get(key);
    if (known !== undefined) return keepDrawn(tile, known);
    const View = await options.views.loadView(tile.kind);
    if (!View) return;
    const laid = { ...tile, place };
    const plain = await options.chartOf(laid);
    const spec = plain && { ...plain, selected };
    const size = spec && pictureSize(spec, place, options.narrow);
    const picture = spec && size ? await options.draw(spec, size, options.locale) : null;
    const html = renderToString(
      h(View, { ...viewProps(laid, { colors, range, ...options }), picture: picture ?? undefined }),
    );
    keepDrawn(tile, html);
    // A chart that missed its deadline is drawn for the next visitor.
    if (!spec || picture) drawnByKey.set(key, html);
  }));
}
