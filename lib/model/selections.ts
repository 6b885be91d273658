/**
 * What a click in a tile does to the page's filters: choosing, adding, opening, going back. Pure, and free of zod:
 * browsers load it. A value that was opened stays chosen, so that the other tiles go on showing only that.
 */
import type { PageFilters, TileValue } from "./dashboard.ts";

/** The field that stands for days; its values are `from..to`. */
export const PERIOD = "period";

/** What was chosen in a tile, by field; empty where nothing was. */
export function selectedIn(filters: Pick<PageFilters, "selections">, tile: string): Record<string, string[]> {
  const selected: Record<string, string[]> = {};
  for (const { tile: owner, field, value } of filters.selections ?? []) {
    if (owner === tile) (selected[field] ??= []).push(value);
  }
  return selected;
}

/**
 * Chooses a value in a tile in place of what was chosen there; `additive` adds it. Choosing what is chosen takes it
 * back. What the tile was opened by stays.
 */
export function select(filters: PageFilters, chosen: TileValue, additive = false): PageFilters {
  const all = filters.selections ?? [];
  const own = all.filter((other) => other.tile === chosen.tile);
  const opened = own.filter((other) => (filters.drills ?? []).some((step) => same(step, other)));
  const loose = own.filter((other) => !opened.includes(other));
  const known = loose.some((other) => same(other, chosen));
  const next = additive
    ? known ? loose.filter((other) => !same(other, chosen)) : [...loose, chosen]
    : known && loose.length === 1
    ? []
    : [chosen];
  return withLists(filters, [...all.filter((other) => other.tile !== chosen.tile), ...opened, ...next], filters.drills);
}

/** Takes one chosen value back. A tile that was opened by it closes again to where it stood. */
export function deselect(filters: PageFilters, chosen: TileValue): PageFilters {
  const steps = (filters.drills ?? []).filter((step) => step.tile === chosen.tile);
  const at = steps.findIndex((step) => same(step, chosen));
  const kept = new Set(at < 0 ? steps : steps.slice(0, at));
  const gone = new Set(steps.filter((step) => !kept.has(step)).map(textOf));
  return withLists(
    filters,
    filters.selections?.filter((other) => !same(other, chosen) && !gone.has(textOf(other))),
    filters.drills?.filter((step) => step.tile !== chosen.tile || kept.has(step)),
  );
}

/** Opens a value in its tile: it is chosen alone, and the tile shows what it consists of. */
export function drillInto(filters: PageFilters, opened: TileValue): PageFilters {
  const steps = new Set((filters.drills ?? []).map(textOf));
  const others = (filters.selections ?? []).filter((other) =>
    other.tile !== opened.tile || steps.has(textOf(other)) && !same(other, opened)
  );
  return withLists(filters, [...others, opened], [...filters.drills ?? [], opened]);
}

/** Goes back to where a tile had `depth` steps. What was chosen on the way down goes, but for the step itself. */
export function drillBack(filters: PageFilters, tile: string, depth: number): PageFilters {
  const steps = (filters.drills ?? []).filter((step) => step.tile === tile);
  const kept = new Set(steps.slice(0, depth + 1).map(textOf));
  return withLists(
    filters,
    filters.selections?.filter((other) => other.tile !== tile || kept.has(textOf(other))),
    filters.drills?.filter((step) => step.tile !== tile || steps.indexOf(step) < depth),
  );
}

/** Takes back everything that was chosen or opened in tiles. */
export function clearSelections(filters: PageFilters): PageFilters {
  return withLists(filters, [], []);
}

/** The days that several spans `from..to` cover together, first to last. */
export function spanOf(values: string[]): { from: string; to: string } | null {
  const days = values.flatMap((value) => value.split("..")).sort();
  const [from, to] = [days[0], days.at(-1)];
  return from && to ? { from, to } : null;
}

function same(a: TileValue, b: TileValue): boolean {
  return textOf(a) === textOf(b);
}

function textOf({ tile, field, value }: TileValue): string {
  return `${tile}*${field}*${value}`;
}

/** Empty lists are left out, so that the address says nothing of them. */
function withLists(filters: PageFilters, selections: TileValue[] = [], drills: TileValue[] = []): PageFilters {
  const { selections: _selections, drills: _drills, ...rest } = filters;
  return { ...rest, ...selections.length ? { selections } : {}, ...drills.length ? { drills } : {} };
}
