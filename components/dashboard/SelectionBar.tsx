import type { Tile } from "@/lib/dashboard/load_dashboard.ts";
import type { PageFilters, TileValue } from "@/lib/model/mod.ts";
import { writePageFilters } from "@/lib/model/page_filters_text.ts";
import { clearSelections, deselect, drillInto, PERIOD } from "@/lib/model/selections.ts";
import { selectionText } from "./selection_text.ts";

/** What the bar shows and whom it tells. Every choice is a link, so the bar works before its code arrives. */
export interface SelectionBarProps {
  filters: PageFilters;
  tiles: Tile[];
  /** Columns whose titles are known, besides those that the tiles show. */
  columns: { name: string; title: string }[];
  locale: string;
  onChange(filters: PageFilters): void;
}

/**
 * What was chosen in tiles, a chip each: taken back one by one or all together, or opened where something finer is
 * known. It floats at the page's lower edge, so that nothing moves under the pointer when the first chip appears.
 */
export function SelectionBar({ filters, tiles, columns, locale, onChange }: SelectionBarProps) {
  const { selections = [] } = filters;
  if (selections.length === 0) return null;
  const link = (next: PageFilters) => ({
    href: `?${writePageFilters(next)}`,
    onClick: (event: Event) => {
      event.preventDefault();
      onChange(next);
    },
  });
  return (
    <section class="selection" aria-label="Chosen in tiles">
      <ul class="selection__chips">
        {selections.map((selection) => {
          const tile = tiles.find(({ id }) => id === selection.tile);
          const title = fieldTitle(selection, tiles, columns);
          const text = selectionText(selection, locale);
          const opens = tile?.opens[selection.field]?.toLocaleLowerCase(locale);
          return (
            <li class="selection__chip" key={`${selection.tile} ${selection.field} ${selection.value}`}>
              <span class="selection__words" title={tile?.title ? `Chosen in ${tile.title}` : undefined}>
                {title} <strong>{text}</strong>
              </span>
              {opens && (
                <a class="selection__open" {...link(drillInto(filters, selection))}>
                  Open by {opens}
                </a>
              )}
              <a
                class="selection__remove"
                {...link(deselect(filters, selection))}
                aria-label={`Remove ${title} ${text}`}
              >
                <span aria-hidden="true">×</span>
              </a>
            </li>
          );
        })}
      </ul>
      {selections.length > 1 && <a class="selection__clear" {...link(clearSelections(filters))}>Clear all</a>}
    </section>
  );
}

/** What a field is called: as its tile calls it, as another one does, or by its name. */
function fieldTitle({ tile, field }: TileValue, tiles: Tile[], columns: SelectionBarProps["columns"]): string {
  if (field === PERIOD) return "Days";
  const own = [...tiles].sort((a, b) => Number(b.id === tile) - Number(a.id === tile));
  const shown = own.flatMap(({ results }) => Object.values(results).flatMap(({ columns }) => columns));
  const known = [...shown, ...columns].find(({ name }) => name === field)?.title;
  return known ?? (field.slice(0, 1).toUpperCase() + field.slice(1)).replaceAll("_", " ");
}
