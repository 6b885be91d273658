/**
 * Which level answers for which platform × account × day: the fewest columns that hold every dimension asked for or
 * filtered by, ties to the latest import; where none holds them the coarsest that can be filtered. Rows that span a
 * period come last: only where the question's unit holds the whole period and no chosen day lies in it.
 *
 * The same rules as in `duckdb_query_pick.ts`, for stores that list their coverage instead of joining it.
 */
import { addDays, daysBetween, startOf } from "@/lib/model/calendar.ts";
import { timeColumn } from "@/lib/model/mod.ts";
import { mayMatchPlatform } from "./filter_match.ts";
import { type KnownFacts, neededColumns } from "./known_facts.ts";
import type { FactQuery } from "./mod.ts";
import { isDaily, levelHolds, type LevelInfo } from "./query_levels.ts";
import type { LeftOut } from "./query_notices.ts";

/** The rows of one level, platform and account on one day, or over one period. */
export interface LevelCell {
  platform: string;
  account: string;
  day: string;
  /** The day itself for daily levels. */
  until: string;
  level: number;
  /** The latest import that has a row there. */
  import: number;
  /** How many of the needed attributes any of the rows carries. */
  attributes: number;
}

/** The cells of a version: of daily levels those in range, of others all that touch it. */
export interface LevelCells {
  daily: LevelCell[];
  spans: LevelCell[];
}

/** What answers, and what is left out. */
export interface PickedLevels {
  days: LevelCell[];
  spans: LevelCell[];
  leftOut: LeftOut[];
}

/** Chooses. */
export function pickLevels(known: KnownFacts, query: FactQuery, cells: LevelCells): PickedLevels {
  const ranks = rankLevels(known, query);
  const isUsable = ({ level }: LevelCell) => ranks.get(level)?.filterable === true;
  const days = pickDays(cells.daily.filter(isUsable), ranks);
  const daysByOwner = Map.groupBy(days, ownerOf);
  const hasDay = (cell: LevelCell) =>
    daysByOwner.get(ownerOf(cell))?.some(({ day }) => day >= cell.day && day <= cell.until) ?? false;
  const fitting = cells.spans.filter((cell) =>
    isUsable(cell) && isInside(cell, query) && fitsUnits(known, query, cell) && !hasDay(cell)
  );
  const spans = pickSpans(fitting, ranks);
  return { days, spans, leftOut: findLeftOut(known, query, { cells, days: daysByOwner, spans, isUsable }) };
}

interface LevelRank {
  level: LevelInfo;
  holds: boolean;
  filterable: boolean;
}

type Ranks = ReadonlyMap<number, LevelRank>;

function rankLevels({ dataset, levels }: KnownFacts, query: FactQuery): Ranks {
  const { asked, filtered } = neededColumns(query);
  return new Map(levels.map((level) => {
    const filterable = filtered.every((name) => levelHolds(dataset, level, name));
    return [level.level, {
      level,
      filterable,
      holds: filterable && asked.every((name) => levelHolds(dataset, level, name)),
    }];
  }));
}

/** Smaller is better: holding everything, attributes, the longer period, fewer columns, the later import. */
function rank(cell: LevelCell, ranks: Ranks): number[] {
  const { level, holds } = ranks.get(cell.level)!;
  return [
    holds ? 0 : 1,
    -cell.attributes,
    -daysBetween(cell.day, cell.until),
    level.columns.length,
    -cell.import,
    cell.level,
  ];
}

function compareRanks(a: number[], b: number[]): number {
  for (const [i, place] of a.entries()) {
    const difference = place - b[i]!;
    if (difference !== 0) return difference;
  }
  return 0;
}

function pickDays(cells: LevelCell[], ranks: Ranks): LevelCell[] {
  const best = new Map<string, { cell: LevelCell; rank: number[] }>();
  for (const cell of cells) {
    const key = `${cell.day}\0${ownerOf(cell)}`;
    const known = best.get(key);
    const own = rank(cell, ranks);
    if (!known || compareRanks(own, known.rank) < 0) best.set(key, { cell, rank: own });
  }
  return [...best.values()].map(({ cell }) => cell);
}

/** Two periods that overlap would count days twice: the better placed one stays. */
function pickSpans(cells: LevelCell[], ranks: Ranks): LevelCell[] {
  const placed = cells.map((cell) => ({ cell, rank: rank(cell, ranks) }))
    .sort((a, b) => compareRanks(a.rank, b.rank) || (a.cell.day < b.cell.day ? -1 : a.cell.day > b.cell.day ? 1 : 0));
  const betterOf = new Map<string, LevelCell[]>();
  return placed.flatMap(({ cell }) => {
    const better = betterOf.get(ownerOf(cell)) ?? [];
    betterOf.set(ownerOf(cell), [...better, cell]);
    return better.some(({ day, until }) => day <= cell.until && until >= cell.day) ? [] : [cell];
  });
}

function isInside({ day, until }: LevelCell, { from, to }: FactQuery): boolean {
  return (from === null || day >= from) && (to === null || until <= to);
}

/** Whether a period lies in one unit of every time group. */
function fitsUnits({ dataset }: KnownFacts, query: FactQuery, { day, until }: LevelCell): boolean {
  const time = timeColumn(dataset).name;
  return query.groups.filter(({ column }) => column === time)
    .every(({ grain = "day" }) => startOf(day, grain) === startOf(until, grain));
}

function findLeftOut(
  { levels }: KnownFacts,
  query: FactQuery,
  { cells, days, spans, isUsable }: {
    cells: LevelCells;
    days: ReadonlyMap<string, LevelCell[]>;
    spans: LevelCell[];
    isUsable: (cell: LevelCell) => boolean;
  },
): LeftOut[] {
  const mayMatch = ({ platform }: LevelCell) => mayMatchPlatform(query.where, platform);
  const daily = new Set(levels.filter(isDaily).map(({ level }) => level));
  const dayKeys = new Map([...days].map(([owner, picked]) => [owner, new Set(picked.map(({ day }) => day))]));
  const isAnswered = (owner: string, day: string) =>
    dayKeys.get(owner)?.has(day) ||
    spans.some((span) => ownerOf(span) === owner && span.day <= day && span.until >= day);
  const missing = (cell: LevelCell) => {
    for (let day = cell.day; day <= cell.until; day = addDays(day, 1)) if (!isAnswered(ownerOf(cell), day)) return true;
    return false;
  };
  const blocked = cells.daily.filter((cell) => daily.has(cell.level) && !isUsable(cell));
  const left = (kind: LeftOut["kind"], cells: LevelCell[]) =>
    cells.filter((cell) => mayMatch(cell) && missing(cell))
      .map(({ platform, day, until }): LeftOut => ({ kind, platform, first: day, last: until }));
  return [...left("filter", blocked), ...left("span", cells.spans)];
}

function ownerOf({ platform, account }: LevelCell): string {
  return `${platform}\0${account}`;
}
