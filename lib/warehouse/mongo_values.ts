/** The values of a dimension in MongoDB: those of the current rows, an entity by its latest name. */
import type { Column } from "@/lib/model/mod.ts";
import type { Document } from "@/lib/mongo/mongo.ts";
import { checkDimension } from "./check_dimension.ts";
import { compareText } from "./compare_parts.ts";
import { visibleAt } from "./mongo_layout.ts";
import { columnOf, pathOf } from "./mongo_query_filter.ts";
import { entityKey, readLabels } from "./mongo_query_labels.ts";
import { readGroups } from "./mongo_query_groups.ts";
import { atOneMoment, type Moment, type ReadFacts, type ReadSettings } from "./mongo_query_moment.ts";
import { integer } from "./mongo_query_sums.ts";
import type { ValueCount } from "./mod.ts";
import { textMatches } from "./text_match.ts";

/** Distinct values, most rows first; all of them are worked out once per version, so that searching costs little. */
export async function readMongoValues(
  facts: ReadFacts,
  settings: ReadSettings,
  column: string,
  options: { search?: string; limit: number },
): Promise<ValueCount[]> {
  const definition = checkDimension(facts.ref.dataset, column);
  const values = await atOneMoment(
    facts,
    settings,
    null,
    (moment) => moment.recall(`values ${column}`, () => readAll(moment, definition)),
  ) ?? [];
  const { search, limit } = options;
  const found = search === undefined ? values : values.filter(({ value }) => textMatches("contains", value, search));
  return found.slice(0, limit);
}

async function readAll(moment: Moment, definition: Column): Promise<ValueCount[]> {
  const { facts, head, version } = moment;
  const idPath = definition.labels === undefined ? null : pathOf(columnOf(facts.ref.dataset, definition.labels));
  const entity: Record<string, string> = idPath === null ? {} : { id: `$${idPath}`, o: "$o", a: "$a" };
  const match = { w: facts.workspace, ...visibleAt(version, head.aborted) };
  const stage = { _id: { value: `$${pathOf(definition)}`, ...entity }, n: { $sum: 1n } };
  const groups = await readGroups(moment, facts.rows, match, stage);
  const name = await namer(moment, definition, groups);
  const counts = new Map<string, bigint>();
  for (const { _id, n } of groups) {
    const value = name(_id);
    if (value !== null) counts.set(value, (counts.get(value) ?? 0n) + (integer(n) ?? 0n));
  }
  const sorted = [...counts].sort(([a, n], [b, m]) => n > m ? -1 : n < m ? 1 : compareText(a, b));
  return sorted.map(([value, rows]) => ({ value, rows: Number(rows) }));
}

async function namer(
  moment: Moment,
  definition: Column,
  groups: Document[],
): Promise<(id: Document) => string | null> {
  const own = ({ value }: Document) => value === undefined || value === null ? null : String(value);
  if (definition.labels === undefined) return own;
  const ids = new Set(groups.map(({ _id }) => _id.id).filter((id) => typeof id === "string"));
  const labels = await readLabels(moment, definition.name, [...ids]);
  return (entity) => {
    const { id, o, a } = entity;
    const label = typeof id === "string" ? labels.get(entityKey(String(o), String(a), id))?.label : undefined;
    return label ?? own(entity);
  };
}
