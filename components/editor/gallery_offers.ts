/** What the gallery offers: every widget filled with what is wanted of the data, what suits it best first. Pure. */
import type { FormDataset, JsonSchema } from "@/components/form/json_schema.ts";
import type { Placement } from "@/lib/model/mod.ts";
import type { WidgetManifest } from "@/lib/widget/mod.ts";
import { suits, takesOf, type Wanted } from "./rank_widgets.ts";
import { startingOptions } from "./starting_options.ts";

/** A widget that can be added. */
export interface Offer {
  manifest: WidgetManifest;
  /** The tile it would be; null where the data lacks what it needs. */
  sample: Placement | null;
  lacks: string | null;
  /** It shows all that is wanted, and nothing else. */
  suggested: boolean;
}

/** The offers in their order: what suits best first, then by the list, what lacks something last. */
export function galleryOffers(manifests: WidgetManifest[], dataset: FormDataset, wanted: Wanted): Offer[] {
  const chosen = wanted.metrics.length + wanted.dimensions.length > 0;
  return manifests.map((manifest): { offer: Offer; distance: number } => {
    const { kind, version, options, size } = manifest;
    const start = startingOptions(options as JsonSchema, dataset, wanted);
    const { fits, distance } = suits(takesOf(options as JsonSchema, wanted.dimensions.length), wanted);
    if ("lacks" in start) {
      return { offer: { manifest, sample: null, lacks: start.lacks, suggested: false }, distance: Infinity };
    }
    const sample: Placement = {
      id: `sample-${kind}`,
      widget: kind,
      widgetVersion: version,
      title: "", // the widget names itself after what it shows, also when that changes
      options: start.options,
      place: { x: 0, y: 0, w: Math.min(size.columns, 6), h: Math.min(size.rows, 4) },
    };
    return { offer: { manifest, sample, lacks: null, suggested: chosen && fits }, distance: chosen ? distance : 0 };
  }).toSorted((a, b) => a.distance === b.distance ? 0 : a.distance - b.distance).map(({ offer }) => offer);
}
