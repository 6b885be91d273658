/** What the head tells of levels and columns. */
import { parseLevel } from "@/lib/duckdb/row_keys.ts";
import type { Column } from "@/lib/model/mod.ts";
import type { StagedImport } from "./duckdb_stage.ts";
import type { MongoFacts } from "./mongo_facts.ts";
import type { Head } from "./mongo_layout.ts";
import { columnChanged } from "./refusals.ts";

/** The number of a level, or the one that it gets. */
export function levelNumber(head: Head, name: string): number {
  return head.levels.find((level) => level.name === name)?.level ??
    Math.max(0, ...head.levels.map(({ level }) => level)) + 1;
}

/** Throws `InputError` for a column that holds data of another type. */
export function checkColumns(facts: MongoFacts, head: Head): void {
  for (const { name, type } of facts.ref.dataset.columns) {
    const present = head.types[head.columns.indexOf(name)];
    if (present !== undefined && present !== storedType(type)) {
      throw columnChanged(facts.ref, name, storedType(type), present);
    }
  }
}

/** The head's levels and columns with those of an import. */
export function withColumns(
  facts: MongoFacts,
  head: Head,
  staged: StagedImport,
): Pick<Head, "levels" | "columns" | "types"> {
  checkColumns(facts, head);
  const { grain, columns } = parseLevel(staged.level);
  const levels = head.levels.some(({ name }) => name === staged.level)
    ? head.levels
    : [...head.levels, { level: levelNumber(head, staged.level), name: staged.level, grain, columns }];
  const added = facts.ref.dataset.columns.filter(({ name }) =>
    staged.columns.includes(name) && !head.columns.includes(name)
  );
  return {
    levels,
    columns: [...head.columns, ...added.map(({ name }) => name)],
    types: [...head.types, ...added.map(({ type }) => storedType(type))],
  };
}

function storedType(type: Column["type"]): Head["types"][number] {
  return type === "date" || type === "text" ? type : "int64";
}
