/** What has to be known of a dataset before a question can be asked of any store, and what follows from the question. */
import type { Dataset } from "@/lib/model/mod.ts";
import type { FactFilter, FactQuery } from "./mod.ts";
import { isAttribute, isDaily, type LevelInfo } from "./query_levels.ts";

/** A table of pre-added rows and the version it stands at. */
export interface RollupInfo {
  name: string;
  grain: "day" | "month";
  dimensions: string[];
  version: number;
}

/** What is known of a dataset's facts as they stand. */
export interface KnownFacts {
  dataset: Dataset;
  levels: LevelInfo[];
  rollups: RollupInfo[];
  currentVersion: number;
  /** Where provisional days of daily levels lie at the current version; null where there is none. */
  provisional: { from: string; to: string } | null;
}

/** The dimensions a level must have: those asked for (also counted ones) and those filtered by. */
export function neededColumns(query: FactQuery): { asked: string[]; filtered: string[] } {
  const asked = [...query.groups.map((g) => g.column), ...query.aggregates.flatMap((a) => a.column ?? [])];
  return { asked: [...new Set(asked)], filtered: filterColumns(query.where) };
}

/** The columns that a filter looks at, each once. */
export function filterColumns(filter: FactFilter | null): string[] {
  const found = new Set<string>();
  const visit = (part: FactFilter) => {
    if ("all" in part) part.all.forEach(visit);
    else if ("any" in part) part.any.forEach(visit);
    else if ("not" in part) visit(part.not);
    else found.add(part.column);
  };
  if (filter) visit(filter);
  return [...found];
}

/** The attributes among the needed columns: any level may carry them, so levels that do are preferred. */
export function neededAttributes({ dataset }: Pick<KnownFacts, "dataset">, query: FactQuery): string[] {
  const { asked, filtered } = neededColumns(query);
  return [...new Set([...asked, ...filtered])].filter((name) => {
    const definition = dataset.columns.find((c) => c.name === name);
    return definition !== undefined && isAttribute(definition);
  });
}

/** Whether a provisional row may stand behind an answer; if not, nobody has to look for one. */
export function mayBeProvisional({ currentVersion, provisional }: KnownFacts, query: FactQuery): boolean {
  if (query.version < currentVersion) return true;
  return provisional !== null && (query.from === null || query.from <= provisional.to) &&
    (query.to === null || query.to >= provisional.from);
}

/** Whether one daily level is all there is, so that no level has to be chosen. */
export function isSingleLevel({ levels }: Pick<KnownFacts, "levels">): boolean {
  return levels.length <= 1 && levels.every(isDaily);
}
