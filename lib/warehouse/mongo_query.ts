/**
 * Questions to the warehouse in MongoDB. The server matches and groups stored values; which level and which rollup
 * answers, names, units of time, order, limits and totals are worked out here, by the rules that hold for every store.
 * It does not read formulas, currencies or comparisons: `lib/query` takes those apart first.
 */
import type { Document } from "@/lib/mongo/mongo.ts";
import { chooseRollup } from "./choose_rollup.ts";
import { filterColumns, isSingleLevel, type KnownFacts, mayBeProvisional, neededColumns } from "./known_facts.ts";
import type { FactQuery, FactRows } from "./mod.ts";
import { type Head, visibleAt } from "./mongo_layout.ts";
import { type GroupStage, readGroups, serverQuirks } from "./mongo_query_groups.ts";
import { dayRange, matchPicked, readCells } from "./mongo_query_cells.ts";
import { allOf, columnOf, compileMatch, type MatchCondition } from "./mongo_query_filter.ts";
import { foldGroups } from "./mongo_query_fold.ts";
import { idOf, type Labels, matchLabels, readLabels, rollupOwner, ROW_OWNER } from "./mongo_query_labels.ts";
import { atOneMoment, type Moment, type ReadFacts, type ReadSettings } from "./mongo_query_moment.ts";
import {
  type GroupPlan,
  groupStage,
  isByValue,
  keyOf,
  lookedUp,
  numbersStage,
  valuesStage,
} from "./mongo_query_plan.ts";
import { doubtfulSums } from "./mongo_query_sums.ts";
import { type PickedLevels, pickLevels } from "./pick_levels.ts";
import { levelHolds } from "./query_levels.ts";
import {
  type AnsweredBy,
  answeredLevels,
  leftOutNotices,
  notAdditive,
  notBrokenDown,
  provisionalDays,
} from "./query_notices.ts";
import { rollupColumns, rollupDefinitions } from "./rollup_definitions.ts";

/** Asks a question. An answer is of one version, whatever is published meanwhile. */
export async function runMongoFactQuery(facts: ReadFacts, settings: ReadSettings, query: FactQuery): Promise<FactRows> {
  const answer = await atOneMoment(
    facts,
    settings,
    query.version,
    (moment) => answerAt(moment, { ...query, version: moment.version }),
  );
  if (answer) return answer;
  const known: KnownFacts = {
    dataset: facts.ref.dataset,
    levels: [],
    rollups: [],
    currentVersion: 0,
    provisional: null,
  };
  const plan = { known, query, rollup: null, wraps: false, told: false };
  const { rows, totals, count } = foldGroups(plan, {
    groups: [],
    values: new Map(),
    numbers: new Map(),
    labels: new Map(),
  });
  return { rows, totals, count, levels: [], provisional: [], notices: [] };
}

/** What a head tells of a dataset, seen through its definition. */
export function knownFacts(facts: Pick<ReadFacts, "ref">, head: Head): KnownFacts {
  const { dataset } = facts.ref;
  const rollups = rollupDefinitions(dataset).flatMap((definition) => {
    const standing = head.rollups.find(({ name, columns, left }) =>
      name === definition.name && !left && columns === rollupColumns(dataset, definition)
    );
    return standing ? [{ ...definition, version: standing.version }] : [];
  });
  const { levels, version, provisional } = head;
  return { dataset, levels, rollups, currentVersion: version, provisional };
}

/** Where a question is asked, and what has to hold for the documents that answer. */
interface Source {
  known: KnownFacts;
  query: FactQuery;
  rollup: GroupPlan["rollup"];
  picked: PickedLevels | null;
  match: MatchCondition;
  /** The same over the rows themselves; they know which days were provisional. */
  rowsMatch: MatchCondition;
}

async function answerAt(moment: Moment, query: FactQuery): Promise<FactRows> {
  const source = await findSource(moment, query);
  const { known, rollup, picked } = source;
  const told = picked !== null && query.where !== null;
  const plan = await readSums(moment, source, { known, query, rollup, wraps: false, told });
  const values = new Map<string, Document[]>();
  for (const aggregate of query.aggregates.filter((one) => isByValue(plan, one))) {
    const { column = "" } = aggregate;
    if (!values.has(column)) values.set(column, await ask(moment, source, valuesStage(plan, column)));
  }
  const { groups, numbers } = plan;
  const labels = await readShownLabels(moment, source, [...groups, ...[...values.values()].flat()]);
  const { rows, totals, count, heldBack } = foldGroups(plan, { groups, values, numbers, labels });
  const answered = picked === null ? [] : told ? answeredGroups(groups) : answeredPicks(picked);
  const levels = picked === null ? known.levels : answeredLevels(known, answered);
  return {
    rows,
    totals,
    count,
    levels: levels.map(({ name }) => name),
    provisional: provisionalDays(await readProvisional(moment, source), query),
    notices: [
      ...notAdditive(query.aggregates, (i) => heldBack.has(i)),
      ...notBrokenDown(known, query, answered),
      ...leftOutNotices(known, query, picked?.leftOut ?? []),
    ],
    ...rollup ? { rollup: rollup.grain } : {},
  };
}

async function findSource(moment: Moment, query: FactQuery): Promise<Source> {
  const { facts, head, version } = moment;
  const known = knownFacts(facts, head);
  const rollup = moment.allowsRollups ? chooseRollup(known, query) : null;
  const isSingle = isSingleLevel(known);
  const cells = isSingle ? null : await readCells(moment, known, query);
  const picked = cells ? pickLevels(known, query, cells) : null;
  const [level] = known.levels;
  const chosen: MatchCondition = picked && cells
    ? matchPicked(picked, cells)
    : level !== undefined && neededColumns(query).filtered.every((name) => levelHolds(known.dataset, level, name));
  const scope = { w: facts.workspace, ...isSingle && level ? { l: level.level } : {}, ...dayRange(query) };
  const rowsMatch = allOf([
    { ...scope, ...visibleAt(version, head.aborted) },
    chosen,
    chosen && await compileWhere(moment, known, query, null),
  ]);
  if (!rollup) return { known, query, rollup, picked, match: rowsMatch, rowsMatch };
  const { generation } = head.rollups.find(({ name }) => name === rollup.name)!;
  const match = allOf([
    { ...scope, ...visibleAt(generation, head.abortedGenerations) },
    chosen,
    chosen && await compileWhere(moment, known, query, rollup),
  ]);
  return { known, query, rollup, picked, match, rowsMatch };
}

async function compileWhere(
  moment: Moment,
  known: KnownFacts,
  { where }: FactQuery,
  rollup: GroupPlan["rollup"],
): Promise<MatchCondition> {
  if (where === null) return true;
  const { dataset } = known;
  const labels = new Map<string, Labels>();
  for (const name of filterColumns(where)) {
    if (idOf(known, name)) labels.set(name, await readLabels(moment, name));
  }
  const owner = rollup ? rollupOwner(rollup.dimensions) : ROW_OWNER;
  return compileMatch({
    dataset,
    label: (leaf) => {
      const id = idOf(known, leaf.column);
      return id && matchLabels({ name: columnOf(dataset, leaf.column), id }, leaf, labels.get(leaf.column)!, owner);
    },
  }, where);
}

/** The groups with their sums; columns whose sums did not fit also number by number. */
async function readSums(
  moment: Moment,
  source: Source,
  plain: GroupPlan,
): Promise<GroupPlan & { groups: Document[]; numbers: Map<string, Document[]> }> {
  const numbers = new Map<string, Document[]>();
  if (source.match === false) return { ...plain, groups: [], numbers };
  const plan = { ...plain, wraps: (await serverQuirks(moment)).wrapsSums };
  const groups = await ask(moment, source, groupStage(plan));
  for (const column of doubtfulSums(plan, groups)) {
    numbers.set(column, await ask(moment, source, numbersStage(plan, column)));
  }
  return { ...plan, groups, numbers };
}

async function ask(moment: Moment, { rollup, match }: Source, stage: GroupStage): Promise<Document[]> {
  return await readGroups(moment, rollup ? moment.facts.rollup(rollup.name) : moment.facts.rows, match, stage);
}

/** The names of the ids that the groups hold. */
async function readShownLabels(moment: Moment, { known, query }: Source, groups: Document[]) {
  const labels = new Map<string, Labels>();
  for (const name of lookedUp(known, query)) {
    const key = keyOf(known, idOf(known, name)!.name);
    const ids = new Set(groups.map(({ _id }) => _id?.[key]).filter((id) => typeof id === "string"));
    labels.set(name, await readLabels(moment, name, [...ids]));
  }
  return labels;
}

/** Always from the rows: a rollup does not know which days were provisional. */
async function readProvisional(moment: Moment, source: Source): Promise<{ day: string; until: string }[]> {
  const { known, query, picked, rowsMatch } = source;
  // Where they lie is known of daily levels only.
  if (rowsMatch === false || (!mayBeProvisional(known, query) && !picked?.spans.length)) return [];
  const stage = { _id: { d: "$d", u: "$u" } };
  const found = await readGroups(moment, moment.facts.rows, allOf([{ p: true }, rowsMatch]), stage);
  return found.map(({ _id }) => ({ day: String(_id.d), until: String(_id.u) }));
}

function answeredGroups(groups: Document[]): AnsweredBy[] {
  return merge(groups.map(({ _id, first, last }) => ({
    level: Number(_id.l),
    platform: String(_id.o ?? ""),
    first: String(first),
    last: String(last),
  })));
}

/** Every chosen cell has rows, and without a filter all of them answer. */
function answeredPicks({ days, spans }: PickedLevels): AnsweredBy[] {
  return merge(
    [...days, ...spans].map(({ level, platform, day, until }) => ({ level, platform, first: day, last: until })),
  );
}

function merge(found: AnsweredBy[]): AnsweredBy[] {
  const merged = new Map<string, AnsweredBy>();
  for (const one of found) {
    const key = `${one.level} ${one.platform}`;
    const known = merged.get(key) ?? one;
    merged.set(key, {
      ...known,
      first: one.first < known.first ? one.first : known.first,
      last: one.last > known.last ? one.last : known.last,
    });
  }
  return [...merged.values()];
}
