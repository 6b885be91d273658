import type { Tile } from "@/lib/dashboard/load_dashboard.ts";
import type { PageFilters } from "@/lib/model/mod.ts";
import { writePageFilters } from "@/lib/model/page_filters_text.ts";
import { drillBack } from "@/lib/model/selections.ts";
import { selectionText } from "./selection_text.ts";

/** The way back out of a tile that was opened. */
export interface TileTrailProps {
  tile: Tile;
  filters: PageFilters;
  locale: string;
  onFilters(filters: PageFilters): void;
}

/** What a tile was opened by, each step a link to where it stood: "All › Google Ads › Brand by ad". */
export function TileTrail({ tile, filters, locale, onFilters }: TileTrailProps) {
  const { trail, title } = tile;
  const names = ["All", ...trail.map((step) => selectionText(step, locale))];
  const into = trail.at(-1)?.into.title ?? "";
  return (
    <nav class="trail" aria-label={`The way back in ${title || tile.kind}`}>
      <ol>
        {names.map((name, depth) => {
          if (depth === trail.length) {
            return (
              <li key={depth} aria-current="step">
                {name} <span class="trail__into">by {into.toLocaleLowerCase(locale)}</span>
              </li>
            );
          }
          const back = drillBack(filters, tile.id, depth);
          return (
            <li key={depth}>
              <a
                href={`?${writePageFilters(back)}`}
                onClick={(event) => {
                  event.preventDefault();
                  onFilters(back);
                }}
              >
                {name}
              </a>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
