import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { ComponentType } from "preact";
import type { Tile } from "@/lib/dashboard/load_dashboard.ts";
import type { LaidTile, PageFilters } from "@/lib/model/mod.ts";
import { selectedIn } from "@/lib/model/selections.ts";
import type { WidgetEvent, WidgetProps } from "@/lib/widget/mod.ts";
import { ErrorState } from "@/components/tile/ErrorState.tsx";
import { drawnOf } from "./drawn.ts";
import { NearestDays } from "./NearestDays.tsx";
import { TileSign } from "./TileSign.tsx";
import { TileTrail } from "./TileTrail.tsx";
import { viewProps } from "./view_props.ts";

type View = ComponentType<WidgetProps<unknown>>;

/** Where views come from: handed in, so that components know no widgets. */
export interface ViewSource {
  loadedView(kind: string): View | undefined;
  loadView(kind: string): Promise<View | undefined>;
}

/** What a tile needs from the page around it. */
export interface TileFrameProps {
  tile: Tile;
  /** Where it stands and what it is called, where that is not as its answer says: a title needs no new answer. */
  laid?: Pick<LaidTile, "title" | "place" | "phone" | "own">;
  colors: Record<string, number>;
  /** What the columns are called that filters name. */
  titles?: Record<string, string>;
  /** The page's days. */
  range?: { from: string; to: string } | null;
  filters: PageFilters;
  locale: string;
  narrow: boolean;
  loading: boolean;
  views: ViewSource;
  onEvent(event: WidgetEvent): void;
  /** Other filters were chosen: the way back out of a tile that was opened. */
  onFilters(filters: PageFilters): void;
  onRetry(): void;
}

/** A tile on the grid: place, states, and the widget's view inside. */
export function TileFrame(props: TileFrameProps) {
  const { tile, titles = {}, locale, loading, onRetry } = props;
  const laid: NonNullable<TileFrameProps["laid"]> = props.laid ?? tile;
  return (
    <section
      class={`tile tile--${tile.kind} ${placeClass(laid)}${loading ? " tile--loading" : ""}`}
      aria-busy={loading}
      aria-label={laid.title || `${tile.kind} ${tile.id}`}
    >
      {tile.error
        ? (
          <>
            {laid.title && <h3 class="tile__title">{laid.title}</h3>}
            <ErrorState {...tile.error} onRetry={onRetry} />
          </>
        )
        : (
          <>
            {tile.trail.length > 0 && <TileTrail {...props} />}
            <TileView {...props} />
            {tile.nearest && <NearestDays {...props} nearest={tile.nearest} />}
            <TileSign own={laid.own} unfiltered={tile.unfiltered} titles={titles} locale={locale} />
          </>
        )}
    </section>
  );
}

/** The classes that put a tile to its place; a dashboard page allows no styles of single elements. */
export function placeClass({ place: { x, y, w, h } }: Pick<LaidTile, "place">): string {
  return `x-${x} y-${y} w-${w} h-${h}`;
}

function TileView(
  { tile, laid = tile, views, range = null, onEvent, colors, filters, locale, narrow }: TileFrameProps,
) {
  const onServer = drawnOf(tile);
  const [View, setView] = useState<View | undefined>(() =>
    onServer === undefined ? views.loadedView(tile.kind) : undefined
  );
  const fromServer = useMemo(() => onServer === undefined ? readOff(tile, View === undefined) : { html: onServer }, []);
  useEffect(() => {
    if (!View) void views.loadView(tile.kind).then((view) => setView(() => view));
  }, [tile.kind]);
  const tell = useRef(onEvent);
  tell.current = onEvent;
  const dispatch = useCallback((event: WidgetEvent) => tell.current(event), []);
  // A view is drawn again only where what it shows is another: the page around it changes with every click.
  const page = [range, filters.range, filters.compare];
  const around = JSON.stringify([laid.title, laid.place.w, laid.place.h, colors, selectedIn(filters, tile.id), page]);
  const view = useMemo(() =>
    View && (
      <View
        {...viewProps({ ...tile, title: laid.title, place: laid.place }, { colors, filters, range, locale, narrow })}
        dispatch={dispatch}
        picture={fromServer.picture}
      />
    ), [View, tile, around, locale, narrow]);
  // While the view's code is on its way, what the server drew stays as it is.
  if (!view) {
    return <div id={viewId(tile.id)} class="tile__view" dangerouslySetInnerHTML={{ __html: fromServer.html }} />;
  }
  return <div id={viewId(tile.id)} class="tile__view">{view}</div>;
}

function viewId(tileId: string): string {
  return `view-${tileId}`;
}

/** What the server drew of a tile, as it stands on the page: there the view takes over from it. */
function readOff(tile: Tile, whole: boolean): { html: string; picture?: string } {
  const element = typeof document === "undefined" ? null : document.getElementById(viewId(tile.id));
  if (!element) return { html: "" };
  return { html: whole ? element.innerHTML : "", picture: element.querySelector(".chart__picture")?.innerHTML };
}
