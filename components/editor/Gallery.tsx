/** The widgets that can be added, each as it would look with the reader's own data. */
import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { TileFrame, type ViewSource } from "@/components/dashboard/TileFrame.tsx";
import type { FormDataset } from "@/components/form/json_schema.ts";
import { newId } from "@/lib/model/new_id.ts";
import type { Dashboard, Placement } from "@/lib/model/mod.ts";
import type { WidgetManifest } from "@/lib/widget/mod.ts";
import { askPreview, type Shown } from "./preview.ts";
import { startingOptions } from "./starting_options.ts";

/** What the gallery needs. */
export interface GalleryProps {
  dashboard: Dashboard;
  manifests: WidgetManifest[];
  dataset: FormDataset;
  views: ViewSource;
  locale: string;
  onAdd(placement: Omit<Placement, "place">, size: { w: number; h: number }): void;
}

/** The gallery. */
export function Gallery({ dashboard, manifests, dataset, views, locale, onAdd }: GalleryProps) {
  const search = useSignal("");
  const shown = useSignal<Shown>({ tiles: new Map(), colors: {}, filters: { values: {} } });
  const problem = useSignal("");
  const offers = useMemo(() => offersOf(manifests, dataset), [manifests, dataset]);
  useEffect(() => {
    const request = new AbortController();
    askPreview(
      { ...dashboard, tabs: undefined, placements: offers.flatMap(({ sample }) => sample ?? []) },
      {},
      request.signal,
    ).then(
      ({ tiles, colors, filters }) =>
        shown.value = { tiles: new Map(tiles.map((tile) => [tile.id, tile])), colors, filters },
      (error: Error) => {
        if (!request.signal.aborted) problem.value = error.message;
      },
    );
    return () => request.abort();
  }, [offers]);
  const words = search.value.toLowerCase().split(/\s+/).filter((word) => word !== "");
  const found = offers.filter(({ manifest: { kind, title, description } }) =>
    words.every((word) => `${kind} ${title} ${description}`.toLowerCase().includes(word))
  );
  return (
    <section class="gallery" aria-labelledby="gallery-title">
      <header class="gallery__head">
        <h2 id="gallery-title">Add a widget</h2>
        <p class="quiet">drawn from your data: {dataset.title}</p>
        <input
          class="input gallery__search"
          type="search"
          aria-label="Search widgets"
          placeholder="Search widgets"
          onInput={(event) => search.value = event.currentTarget.value}
        />
      </header>
      {problem.value && <p class="field-error" role="alert">The pictures could not be drawn: {problem.value}</p>}
      {found.length === 0 && <p class="quiet">No widget is called that.</p>}
      <ul class="gallery__list">
        {found.map(({ manifest, sample, lacks }) => {
          const tile = sample && shown.value.tiles.get(sample.id);
          return (
            <li key={manifest.kind}>
              <button
                type="button"
                class="gallery__card"
                aria-disabled={!sample}
                onClick={() => {
                  if (!sample) return;
                  const { place: _place, ...rest } = sample;
                  onAdd({ ...rest, id: newId() }, { w: manifest.size.columns, h: manifest.size.rows });
                }}
              >
                <span class="gallery__picture" aria-hidden="true">
                  <span class="gallery__scale" inert>
                    {tile && (
                      <TileFrame
                        tile={tile}
                        colors={shown.value.colors}
                        locale={locale}
                        narrow={false}
                        loading={false}
                        views={views}
                        filters={shown.value.filters}
                        onEvent={() => {}}
                        onFilters={() => {}}
                        onRetry={() => {}}
                      />
                    )}
                  </span>
                </span>
                <span class="gallery__title">{manifest.title}</span>
                <span class="gallery__note">{lacks ?? manifest.description}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

interface Offer {
  manifest: WidgetManifest;
  sample: Placement | null;
  lacks: string | null;
}

/** What the data has everything for comes first. */
function offersOf(manifests: WidgetManifest[], dataset: FormDataset): Offer[] {
  return manifests.map((manifest): Offer => {
    const { kind, version, options, size } = manifest;
    const start = startingOptions(options, dataset);
    if ("lacks" in start) return { manifest, sample: null, lacks: start.lacks };
    const sample: Placement = {
      id: `sample-${kind}`,
      widget: kind,
      widgetVersion: version,
      title: "", // the widget names itself after what it shows, also when that changes
      options: start.options,
      place: { x: 0, y: 0, w: Math.min(size.columns, 6), h: Math.min(size.rows, 4) },
    };
    return { manifest, sample, lacks: null };
  }).toSorted((a, b) => Number(a.sample === null) - Number(b.sample === null));
}
