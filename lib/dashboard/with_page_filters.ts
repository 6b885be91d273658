/** A widget's question with what the page adds to it: range, comparison, filters, what was chosen in other tiles. Pure. */
import {
  type Dashboard,
  type Dataset,
  fieldsOf,
  type Filter,
  filterOfValues,
  fittingFilter,
  keptFilters,
  type MetricQueryInput,
  type PageFilters,
  type Placement,
  type TileValue,
  withFormulas,
} from "@/lib/model/mod.ts";
import { PERIOD, spanOf } from "@/lib/model/selections.ts";

/** Who asks. */
export interface AskingTile {
  dataset: Dataset;
  /** The tile's id: what was chosen in itself does not filter it. */
  tile: string;
  /** What the tile was opened by. */
  trail: readonly { field: string; value: string }[];
  /** What its placement says of it alone. */
  own?: Pick<Placement, "filters" | "range" | "formulas">;
}

/**
 * A widget's own range and comparison win, but not over a period that was opened; filters of page, dashboard, open tab
 * and tile all hold, and so does what was chosen in other tiles. All but the tile's own hold as far as the dataset has
 * those columns: `unfiltered` names the others.
 */
export function withPageFilters(
  query: MetricQueryInput,
  dashboard: Pick<Dashboard, "filters" | "tabs">,
  filters: PageFilters,
  { dataset, tile, trail, own = {} }: AskingTile,
): MetricQueryInput {
  const columns = new Set(dataset.columns.map((column) => column.name));
  const chosen = (filters.selections ?? []).filter((selection) => selection.tile !== tile);
  const all = [
    query.filters as Filter | undefined,
    own.filters,
    ...keptFilters(dashboard, filters.tab).map(({ filter }) => fittingFilter(filter, columns)),
    filterOfValues(filters.values, columns),
    ...filtersOfSelections(chosen, columns),
    ...trail.flatMap(({ field, value }) => columns.has(field) ? [filterOf(field, [value])] : []),
  ].filter((filter) => filter !== undefined && filter !== null);
  const merged: MetricQueryInput = { ...query, metrics: withFormulas(query.metrics, own.formulas) };
  const opened = spanOf(trail.filter(({ field }) => field === PERIOD).slice(-1).map(({ value }) => value));
  const range = own.range ?? chosenRange(chosen) ?? filters.range;
  if (opened) merged.range = opened;
  else if (!merged.range && range) merged.range = range;
  if (!merged.compare && filters.compare && filters.compare !== "none") merged.compare = filters.compare;
  if (merged.asOf === undefined && filters.asOf !== undefined) merged.asOf = filters.asOf;
  if (all.length > 0) merged.filters = all.length === 1 ? all[0] : { and: all };
  return merged;
}

/** Fields that the page filters by and that a tile's data lacks: it is not filtered by them. */
export function unfiltered(
  dashboard: Pick<Dashboard, "filters" | "tabs">,
  filters: PageFilters,
  { dataset, tile }: Pick<AskingTile, "dataset" | "tile">,
): string[] {
  const columns = new Set(dataset.columns.map((column) => column.name));
  const fields = [
    ...keptFilters(dashboard, filters.tab).flatMap(({ filter }) => fieldsOf(filter)),
    ...Object.entries(filters.values).flatMap(([field, values]) => values.length > 0 ? [field] : []),
    ...(filters.selections ?? []).filter((one) => one.tile !== tile && one.field !== PERIOD).map(({ field }) => field),
  ];
  return [...new Set(fields)].filter((field) => !columns.has(field));
}

/** Values chosen in one tile in one field stand beside one another; those of several tiles and fields all hold. */
function filtersOfSelections(selections: TileValue[], columns: ReadonlySet<string>): Filter[] {
  const values = Map.groupBy(
    selections.filter(({ field }) => columns.has(field)),
    ({ tile, field }) => `${tile}*${field}`,
  );
  return [...values.values()].map((group) => filterOf(group[0]!.field, group.map(({ value }) => value)));
}

function filterOf(field: string, values: string[]): Filter {
  const named = values.filter((value) => value !== "");
  const parts: Filter[] = [];
  if (named.length > 0) parts.push({ field, op: "in", value: named });
  if (named.length < values.length) parts.push({ field, op: "is-empty" });
  return parts.length === 1 ? parts[0]! : { or: parts };
}

/** The days chosen in other tiles: from the first to the last of each tile, where several chose those that they share. */
function chosenRange(selections: TileValue[]): DaySpan | null {
  const tiles = Map.groupBy(selections.filter(({ field }) => field === PERIOD), ({ tile }) => tile);
  const spans = [...tiles.values()].flatMap((group) => spanOf(group.map(({ value }) => value)) ?? []);
  return spans.reduce<DaySpan | null>((range, span) => {
    if (!range) return span;
    const from = range.from > span.from ? range.from : span.from;
    const to = range.to < span.to ? range.to : span.to;
    return from <= to ? { from, to } : span;
  }, null);
}

type DaySpan = { from: string; to: string };
