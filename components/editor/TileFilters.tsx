/** The part of a tile's form that holds whatever its widget is: filters and days of its own. */
import { FilterField } from "@/components/form/FilterField.tsx";
import type { FormDataset } from "@/components/form/json_schema.ts";
import { RangeField } from "@/components/form/RangeField.tsx";
import type { Placement } from "@/lib/model/mod.ts";
import type { EditorSession } from "./editor_session.ts";
import { isTypingNow } from "./editor_keys.ts";

/** What the fields need. */
export interface TileFiltersProps {
  session: EditorSession;
  placement: Placement;
  /** The data that the tile asks. */
  dataset: FormDataset | undefined;
  locale: string;
}

/** The fields. */
export function TileFilters({ session, placement: { id, filters, range }, dataset, locale }: TileFiltersProps) {
  const change = (name: "filters" | "range", value: unknown) => {
    const set = value === undefined ? {} : { [name]: value };
    const unset = value === undefined ? [name] : [];
    session.do({ type: "change", id, part: "placement", set, unset }, { typed: isTypingNow() });
  };
  return (
    <>
      <FilterField
        id="tile-filters"
        label="Filter of this tile"
        help="On top of what the page filters by"
        value={filters}
        dataset={dataset}
        locale={locale}
        onChange={(next) => change("filters", next)}
      />
      <RangeField
        id="tile-range"
        label="Days of this tile"
        none="Those of the page"
        value={range}
        onChange={(next) => change("range", next)}
      />
    </>
  );
}
