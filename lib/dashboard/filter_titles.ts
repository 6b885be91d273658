import { type Dataset, fieldsOf, type KeptFilter, type LaidTile, type PageFilters } from "@/lib/model/mod.ts";

/** What the columns are called that a page and its tiles filter by: as the first dataset that has them calls them. */
export function filterTitles(
  datasets: Pick<Dataset, "columns">[],
  { layout, kept, filters }: { layout: LaidTile[]; kept: KeptFilter[]; filters: PageFilters },
): Record<string, string> {
  const fields = new Set([
    ...kept.flatMap(({ filter }) => fieldsOf(filter)),
    ...layout.flatMap(({ own }) => fieldsOf(own?.filters)),
    ...Object.keys(filters.values),
    ...(filters.selections ?? []).map(({ field }) => field),
  ]);
  const columns = datasets.flatMap(({ columns }) => columns);
  return Object.fromEntries([...fields].flatMap((field) => {
    const title = columns.find(({ name }) => name === field)?.title;
    return title ? [[field, title]] : [];
  }));
}
