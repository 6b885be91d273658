/** What is to be shown, chosen before the widget: data, metrics, dimensions. The gallery suggests what suits it. */
import type { FormDataset } from "@/components/form/json_schema.ts";
import { PickField, PickManyField } from "@/components/form/pick_fields.tsx";
import type { Wanted } from "./rank_widgets.ts";

/** What the choice shows and whom it tells. */
export interface GalleryChoiceProps {
  datasets: FormDataset[];
  dataset: FormDataset;
  wanted: Wanted;
  onDataset(id: string): void;
  onWanted(wanted: Wanted): void;
}

/** The choice. */
export function GalleryChoice({ datasets, dataset, wanted, onDataset, onWanted }: GalleryChoiceProps) {
  const dimensions = dataset.columns.filter(({ role }) => role === "dimension");
  const choices = (list: { name: string; title: string }[]) => list.map(({ name, title }) => ({ value: name, title }));
  return (
    <div class="gallery__choice">
      <PickField
        id="gallery-dataset"
        label="Data"
        value={dataset.id}
        choices={datasets.map(({ id, title }) => ({ value: id, title }))}
        onChange={(id) => id && onDataset(id)}
      />
      <PickManyField
        id="gallery-metrics"
        label="Show"
        most={6}
        value={wanted.metrics}
        choices={choices(dataset.metrics)}
        onChange={(metrics) => onWanted({ ...wanted, metrics })}
      />
      <PickManyField
        id="gallery-dimensions"
        label="By"
        most={4}
        value={wanted.dimensions}
        choices={choices(dimensions)}
        onChange={(dimensions) => onWanted({ ...wanted, dimensions })}
      />
    </div>
  );
}
