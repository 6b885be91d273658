/** Reads the filter bar's state from the URL; the counterpart of `page_filters_text.ts`. Pure. */
import { type PageFilters, pageFiltersSchema, type TileValue } from "./dashboard.ts";

const RESERVED = new Set(["range", "compare", "asOf", "select", "drill", "tab", "fold", "unfold"]);

/** Reads filters from a query string. What cannot be read is left out and named in `ignored`. */
export function readPageFilters(params: URLSearchParams): { filters: PageFilters; ignored: string[] } {
  const ignored: string[] = [];
  const filters: PageFilters = { values: {} };
  const rangeText = params.get("range");
  if (rangeText) {
    const range = readRange(rangeText);
    const parsed = pageFiltersSchema.safeParse({ range });
    if (range && parsed.success) filters.range = parsed.data.range;
    else ignored.push("range");
  }
  const compare = pageFiltersSchema.shape.compare.safeParse(params.get("compare") ?? undefined);
  if (compare.success) {
    if (compare.data) filters.compare = compare.data;
  } else ignored.push("compare");
  const asOf = pageFiltersSchema.shape.asOf.safeParse(params.get("asOf") || undefined);
  if (asOf.success) {
    if (asOf.data) filters.asOf = asOf.data;
  } else ignored.push("asOf");
  for (const [name, field] of [["select", "selections"], ["drill", "drills"]] as const) {
    if (!params.has(name)) continue;
    const parsed = pageFiltersSchema.shape[field].safeParse(params.getAll(name).map(readTileValue));
    if (parsed.success) filters[field] = parsed.data;
    else ignored.push(name);
  }
  const tab = pageFiltersSchema.shape.tab.safeParse(params.get("tab") || undefined);
  if (tab.success) {
    if (tab.data) filters.tab = tab.data;
  } else ignored.push("tab");
  for (const [name, closed] of [["fold", true], ["unfold", false]] as const) {
    if (!params.has(name)) continue;
    const parsed = pageFiltersSchema.shape.folds.safeParse(
      Object.fromEntries(params.getAll(name).map((id) => [id, closed])),
    );
    if (parsed.success) filters.folds = { ...filters.folds, ...parsed.data };
    else ignored.push(name);
  }
  for (const name of new Set(params.keys())) {
    if (RESERVED.has(name)) continue;
    // `country=` says "none chosen", over a default that chooses some.
    const chosen = params.getAll(name).filter((value) => value !== "");
    const parsed = pageFiltersSchema.safeParse({ values: { [name]: chosen } });
    if (parsed.success) Object.assign(filters.values, parsed.data.values);
    else ignored.push(name);
  }
  return { filters, ignored };
}

/** Reads what `writeTileValue` wrote; undefined for anything else. The caller checks it against the schema. */
function readTileValue(text: string): TileValue | undefined {
  const [, tile = "", field = "", value = ""] = /^([^*]*)\*([^*]*)\*(.*)$/s.exec(text) ?? [];
  return tile && field ? { tile, field, value } : undefined;
}

/** Reads what `writeRange` wrote; undefined for anything else. The caller checks it against the schema. */
export function readRange(text: string): unknown {
  const absolute = /^(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)$/.exec(text);
  if (absolute) return { from: absolute[1], to: absolute[2] };
  const last = /^last-(\d{1,4})-([a-z]+)(-today)?$/.exec(text);
  if (last) return { last: Number(last[1]), unit: last[2], ...(last[3] ? { includeToday: true } : {}) };
  const unit = /^this-([a-z]+)(-today)?$/.exec(text);
  if (unit) return { this: unit[1], ...(unit[2] ? { includeToday: true } : {}) };
  const previous = /^previous-([a-z]+)$/.exec(text);
  if (previous) return { previous: previous[1] };
  return text === "all" ? { all: true } : undefined;
}
