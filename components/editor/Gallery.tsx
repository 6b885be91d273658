/** The widgets that can be added, each as it would look with the reader's own data. */
import { useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { TileFrame, type ViewSource } from "@/components/dashboard/TileFrame.tsx";
import type { FormDataset } from "@/components/form/json_schema.ts";
import { whenNear } from "@/components/when_near.ts";
import { newId } from "@/lib/model/new_id.ts";
import { sameJson } from "@/lib/model/same_json.ts";
import type { Dashboard, Placement } from "@/lib/model/mod.ts";
import type { WidgetManifest } from "@/lib/widget/mod.ts";
import { galleryOffers } from "./gallery_offers.ts";
import { GalleryChoice } from "./GalleryChoice.tsx";
import { askPreview, type Shown } from "./preview.ts";
import type { Wanted } from "./rank_widgets.ts";

/** Ids of what the way to the gallery leads to. */
export const GALLERY_TITLE = "gallery-title";
export const GALLERY_SEARCH = "gallery-search";

/** What the gallery needs. */
export interface GalleryProps {
  dashboard: Dashboard;
  manifests: WidgetManifest[];
  datasets: FormDataset[];
  /** The data that is offered at first. */
  dataset: FormDataset;
  views: ViewSource;
  locale: string;
  onAdd(placement: Omit<Placement, "place">, size: { w: number; h: number }): void;
}

/** The gallery. */
export function Gallery({ dashboard, manifests, datasets, dataset: first, views, locale, onAdd }: GalleryProps) {
  const chosen = useSignal(first.id);
  const wanted = useSignal<Wanted>({ metrics: [], dimensions: [] });
  const dataset = datasets.find(({ id }) => id === chosen.value) ?? first;
  const search = useSignal("");
  const shown = useSignal<Shown>({ tiles: new Map(), colors: {}, titles: {}, range: null, filters: { values: {} } });
  const problem = useSignal("");
  const offers = useMemo(() => galleryOffers(manifests, dataset, wanted.value), [manifests, dataset, wanted.value]);
  const root = useRef<HTMLElement>(null);
  const [near, setNear] = useState(false);
  // Below a long dashboard its pictures would only keep the server from what is in sight.
  useEffect(() => whenNear(root.current!, () => setNear(true)), []);
  useEffect(() => {
    if (!near) return;
    const request = new AbortController();
    askPreview(
      { ...dashboard, tabs: undefined, placements: offers.flatMap(({ sample }) => sample ?? []) },
      {},
      request.signal,
    ).then(
      ({ tiles, ...around }) => shown.value = { ...around, tiles: new Map(tiles.map((tile) => [tile.id, tile])) },
      (error: Error) => {
        if (!request.signal.aborted) problem.value = error.message;
      },
    );
    return () => request.abort();
  }, [offers, near]);
  const words = search.value.toLowerCase().split(/\s+/).filter((word) => word !== "");
  const found = offers.filter(({ manifest: { kind, title, description } }) =>
    words.every((word) => `${kind} ${title} ${description}`.toLowerCase().includes(word))
  );
  return (
    <section ref={root} class="gallery" aria-labelledby={GALLERY_TITLE}>
      <header class="gallery__head">
        <h2 id={GALLERY_TITLE}>Add a widget</h2>
        <p class="quiet">drawn from your data</p>
        <input
          id={GALLERY_SEARCH}
          class="input gallery__search"
          type="search"
          aria-label="Search widgets"
          placeholder="Search widgets"
          onInput={(event) => search.value = event.currentTarget.value}
        />
      </header>
      <GalleryChoice
        datasets={datasets}
        dataset={dataset}
        wanted={wanted.value}
        onDataset={(id) => {
          chosen.value = id;
          wanted.value = { metrics: [], dimensions: [] };
        }}
        onWanted={(next) => {
          if (!sameJson(next, wanted.value)) wanted.value = next;
        }}
      />
      {problem.value && <p class="field-error" role="alert">The pictures could not be drawn: {problem.value}</p>}
      {found.length === 0 && <p class="quiet">No widget is called that.</p>}
      <ul class="gallery__list">
        {found.map(({ manifest, sample, lacks, suggested }) => {
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
                        range={shown.value.range}
                        filters={shown.value.filters}
                        onEvent={() => {}}
                        onFilters={() => {}}
                        onRetry={() => {}}
                      />
                    )}
                  </span>
                </span>
                <span class="gallery__title">
                  {manifest.title}
                  {suggested && <span class="chip chip--info">Suits</span>}
                </span>
                <span class="gallery__note">{lacks ?? manifest.description}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
