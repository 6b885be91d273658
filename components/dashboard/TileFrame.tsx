import { useEffect, useMemo, useState } from "preact/hooks";
import type { ComponentType } from "preact";
import type { Tile } from "@/lib/dashboard/load_dashboard.ts";
import type { WidgetEvent, WidgetProps } from "@/lib/widget/mod.ts";
import { ErrorState } from "@/components/tile/ErrorState.tsx";
import { pictureOf } from "./pictures.ts";

type View = ComponentType<WidgetProps<unknown>>;

/** What a tile needs from the page around it. */
export interface TileFrameProps {
  tile: Tile;
  colors: Record<string, number>;
  locale: string;
  narrow: boolean;
  loading: boolean;
  /** Where views come from: handed in, so that components know no widgets. */
  views: { loadedView(kind: string): View | undefined; loadView(kind: string): Promise<View | undefined> };
  onEvent(event: WidgetEvent): void;
  onRetry(): void;
}

/** A tile on the grid: place, states, and the widget's view inside. */
export function TileFrame({ tile, colors, locale, narrow, loading, views, onEvent, onRetry }: TileFrameProps) {
  const { x, y, w, h } = tile.place;
  const place = `x-${x} y-${y} w-${w} h-${h}`;
  return (
    <section
      class={`tile tile--${tile.kind} ${place}${loading ? " tile--loading" : ""}`}
      aria-busy={loading}
      aria-label={tile.title || `${tile.kind} ${tile.id}`}
    >
      {tile.error
        ? (
          <>
            {tile.title && <h3 class="tile__title">{tile.title}</h3>}
            <ErrorState {...tile.error} onRetry={onRetry} />
          </>
        )
        : (
          <TileView
            tile={tile}
            colors={colors}
            locale={locale}
            narrow={narrow}
            loading={loading}
            views={views}
            onEvent={onEvent}
            onRetry={onRetry}
          />
        )}
    </section>
  );
}

function TileView({ tile, colors, locale, narrow, views, onEvent }: TileFrameProps) {
  const [View, setView] = useState<View | undefined>(() => views.loadedView(tile.kind));
  const fromServer = useMemo(() => serverDrawn(tile.id), []);
  useEffect(() => {
    if (!View) void views.loadView(tile.kind).then((view) => setView(() => view));
  }, [tile.kind]);
  // While the view's code is on its way, what the server drew stays as it is.
  if (!View) {
    return <div id={viewId(tile.id)} class="tile__view" dangerouslySetInnerHTML={{ __html: fromServer.html }} />;
  }
  const [result] = Object.values(tile.results);
  return (
    <div id={viewId(tile.id)} class="tile__view">
      <View
        title={tile.title}
        options={tile.options}
        results={tile.results}
        result={result!}
        locale={locale}
        size={{ columns: tile.place.w, rows: tile.place.h, narrow }}
        colors={colors}
        dispatch={onEvent}
        picture={pictureOf(tile) ?? fromServer.picture}
      />
    </div>
  );
}

function viewId(tileId: string): string {
  return `view-${tileId}`;
}

/** What the server's HTML holds for a tile: the view stands on it, and a chart shows its picture until it is drawn. */
function serverDrawn(tileId: string): { html: string; picture: string | undefined } {
  const element = typeof document === "undefined" ? null : document.getElementById(viewId(tileId));
  return { html: element?.innerHTML ?? "", picture: element?.querySelector(".chart__picture")?.innerHTML };
}
