/** What an answer has to say beside its numbers, from what stood behind it; the same for every store. */
import { timeColumn } from "@/lib/model/mod.ts";
import { isSingleLevel, type KnownFacts, neededColumns } from "./known_facts.ts";
import { isDaily, levelHolds, type LevelInfo } from "./query_levels.ts";
import type { FactAggregate, FactNotice, FactQuery } from "./mod.ts";

/** A level that has rows behind an answer: of which platform, and between which days. */
export interface AnsweredBy {
  level: number;
  platform: string;
  first: string;
  last: string;
}

/** What the choice of levels left out: days that cannot be filtered, or periods that do not fit the question. */
export interface LeftOut {
  kind: "filter" | "span";
  platform: string;
  first: string;
  last: string;
}

/** The days in range that a provisional row stands behind; each row covers `day` to `until`. */
export function provisionalDays(rows: { day: string; until: string }[], query: FactQuery): string[] {
  const days = new Set<string>();
  for (const { day, until } of rows) {
    const last = Date.parse(`${query.to !== null && query.to < until ? query.to : until}T00:00:00Z`);
    for (let time = Date.parse(`${day}T00:00:00Z`); time <= last; time += 86_400_000) {
      days.add(new Date(time).toISOString().slice(0, 10));
    }
  }
  return [...days].sort();
}

/** Values that were held back because several rows stand behind them. */
export function notAdditive(aggregates: FactAggregate[], isHeldBack: (index: number) => boolean): FactNotice[] {
  return aggregates.flatMap(({ fn, column = "" }, i): FactNotice[] =>
    fn === "only" && isHeldBack(i) ? [{ code: "not-additive", column, places: [] }] : []
  );
}

/** Dimensions asked for that a level which answered does not have. */
export function notBrokenDown(known: KnownFacts, query: FactQuery, answered: AnsweredBy[]): FactNotice[] {
  const { asked } = neededColumns(query);
  const levels = isSingleLevel(known) ? known.levels : answeredLevels(known, answered);
  return asked.flatMap((column): FactNotice[] => {
    const lacking = levels.filter((level) => !levelHolds(known.dataset, level, column)).map(({ level }) => level);
    if (lacking.length === 0) return [];
    return [{
      code: "not-broken-down",
      column,
      places: placesOf(answered.filter(({ level }) => lacking.includes(level))),
    }];
  });
}

/** The levels whose rows answered. */
export function answeredLevels(known: KnownFacts, answered: AnsweredBy[]): LevelInfo[] {
  return known.levels.filter(({ level }) => answered.some((row) => row.level === level));
}

/** Days and periods that no level could answer for as asked. */
export function leftOutNotices(known: KnownFacts, query: FactQuery, leftOut: LeftOut[]): FactNotice[] {
  const { filtered } = neededColumns(query);
  if (isSingleLevel(known)) {
    const [level] = known.levels;
    const lacking = filtered.filter((name) => level && !levelHolds(known.dataset, level, name));
    return lacking.map((column) => ({ code: "filter-left-out", column, places: [] }));
  }
  const notices: FactNotice[] = [];
  const places = (kind: LeftOut["kind"]) => placesOf(leftOut.filter((row) => row.kind === kind));
  const days = places("filter");
  if (days.length > 0) {
    const column = filtered.find((name) =>
      known.levels.some((level) => isDaily(level) && !levelHolds(known.dataset, level, name))
    );
    notices.push({ code: "filter-left-out", column: column ?? "", places: days });
  }
  const spans = places("span");
  if (spans.length > 0) {
    notices.push({ code: "period-left-out", column: timeColumn(known.dataset).name, places: spans });
  }
  return notices;
}

/** First and last day by platform. */
function placesOf(rows: Omit<AnsweredBy, "level">[]): FactNotice["places"] {
  const places = new Map<string, FactNotice["places"][number]>();
  for (const { platform, first: from, last: to } of rows) {
    const known = places.get(platform) ?? { platform, from, to };
    places.set(platform, {
      platform,
      from: from < known.from ? from : known.from,
      to: to > known.to ? to : known.to,
    });
  }
  return [...places.values()].sort((a, b) => a.platform < b.platform ? -1 : a.platform > b.platform ? 1 : 0);
}
