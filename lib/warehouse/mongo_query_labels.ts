/** The latest names of ids: looked up for the groups of an answer, or for a condition on a name. */
import type { Column } from "@/lib/model/mod.ts";
import { compareText } from "./compare_parts.ts";
import { type FilterLeaf, textFulfils } from "./filter_match.ts";
import type { KnownFacts } from "./known_facts.ts";
import { fieldOf, visibleAt } from "./mongo_layout.ts";
import { allOf, anyOf, columnOf, type MatchCondition, matchLeaf, noneOf, pathOf } from "./mongo_query_filter.ts";
import { readGroups } from "./mongo_query_groups.ts";
import type { Moment } from "./mongo_query_moment.ts";
import { levelIsById } from "./query_levels.ts";

/** Names by platform, account and id. */
export type Labels = ReadonlyMap<string, Label>;

/** One entity and its latest name. */
export interface Label {
  platform: string;
  account: string;
  id: string;
  label: string;
}

/** Ids that are asked for in one go. */
const BATCH = 2_000;
/** From so many ids on all names are read: an answer of that size holds most of them. */
const MANY = 20_000;

/** The id column that a name is looked up by; null where rows show the name that they carry. */
export function idOf({ dataset, levels }: Pick<KnownFacts, "dataset" | "levels">, name: string): Column | null {
  const { labels } = columnOf(dataset, name);
  if (labels === undefined || !levels.some((level) => levelIsById(level, labels))) return null;
  return columnOf(dataset, labels);
}

/** The key of an entity in `Labels`. */
export function entityKey(platform: string, account: string, id: string): string {
  return JSON.stringify([platform, account, id]);
}

/** The names of some ids at the moment's version, or of all. */
export async function readLabels(moment: Moment, name: string, ids?: readonly string[]): Promise<Labels> {
  if (ids === undefined || ids.length > MANY) return await moment.recall(`labels ${name}`, () => readAll(moment, name));
  const found: Label[] = [];
  for (let start = 0; start < ids.length; start += BATCH) {
    found.push(...await find(moment, name, { $in: ids.slice(start, start + BATCH) }));
  }
  return byEntity(found);
}

async function readAll(moment: Moment, name: string): Promise<Labels> {
  return byEntity(await find(moment, name, { $ne: null }));
}

function byEntity(labels: Label[]): Labels {
  return new Map(labels.map((label) => [entityKey(label.platform, label.account, label.id), label]));
}

/** Kept at the current version, worked out from the rows for an older one. */
async function find(moment: Moment, name: string, id: Record<string, unknown>): Promise<Label[]> {
  const { facts, head, version } = moment;
  const visible = visibleAt(version, head.aborted);
  if (version === head.version) {
    const stored = await moment.read(facts.labels, [
      { $match: { w: facts.workspace, column: name, id, ...visible } },
      { $project: { _id: 0, o: 1, a: 1, id: 1, label: 1, i: 1 } },
    ]);
    return latest(stored.map(({ o, a, id, label, i }) => ({
      platform: String(o),
      account: String(a),
      id: String(id),
      label: String(label),
      rank: [Number(i), ""],
    })));
  }
  const { dataset } = facts.ref;
  const labelled = columnOf(dataset, name);
  const [idPath, namePath] = [pathOf(columnOf(dataset, labelled.labels ?? "")), pathOf(labelled)];
  const match = { w: facts.workspace, [idPath]: id, [namePath]: { $ne: null }, ...visible };
  const stage = { _id: { o: "$o", a: "$a", id: `$${idPath}`, s: `$${namePath}`, i: "$i" }, d: { $max: "$d" } };
  const found = await readGroups(moment, facts.rows, match, stage);
  return latest(found.map(({ _id, d }) => ({
    platform: String(_id.o),
    account: String(_id.a),
    id: String(_id.id),
    label: String(_id.s),
    rank: [Number(_id.i), String(d)],
  })));
}

/** Of several names of an id that of the latest import, its latest day, and the last by text. */
function latest(found: (Label & { rank: [number, string] })[]): Label[] {
  const best = new Map<string, Label & { rank: [number, string] }>();
  for (const one of found) {
    const key = entityKey(one.platform, one.account, one.id);
    const known = best.get(key);
    const order = known &&
      (one.rank[0] - known.rank[0] || compareText(one.rank[1], known.rank[1]) || compareText(one.label, known.label));
    if (order === undefined || order > 0) best.set(key, one);
  }
  return [...best.values()].map(({ rank: _rank, ...label }) => label);
}

/** Where platform and account of a document stand. */
export type OwnerMatch = (platform: string, account: string) => MatchCondition;

/**
 * A condition on names that are looked up, as one on ids: those whose latest name fulfils it; rows without an id, by the
 * name they carry; and ids without any name, which are shown themselves.
 */
export function matchLabels(
  columns: { name: Column; id: Column },
  leaf: FilterLeaf,
  labels: Labels,
  owner: OwnerMatch,
) {
  const [namePath, idPath] = [pathOf(columns.name), pathOf(columns.id)];
  const all = [...labels.values()];
  const named = all.filter(({ label }) => textFulfils(leaf, label));
  // An id that has a name is not shown itself, though it would fulfil the condition.
  const shadowed = all.filter(({ id }) => textFulfils(leaf, id));
  return anyOf([
    ...byOwner(named, idPath, owner),
    allOf([{ [idPath]: null }, matchLeaf(columns.name, leaf)]),
    allOf([
      { [idPath]: { $ne: null } },
      { [namePath]: null },
      matchLeaf(columns.name, leaf, idPath),
      noneOf(byOwner(shadowed, idPath, owner)),
    ]),
  ]);
}

function byOwner(labels: Label[], idPath: string, owner: OwnerMatch): MatchCondition[] {
  return [...Map.groupBy(labels, ({ platform, account }) => entityKey(platform, account, "")).values()].map((own) =>
    allOf([owner(own[0]!.platform, own[0]!.account), { [idPath]: { $in: own.map(({ id }) => id) } }])
  );
}

/** Platform and account of stored rows. */
export const ROW_OWNER: OwnerMatch = (platform, account) => ({ o: platform, a: account });

/** Platform and account of a rollup's documents, which keep only their own dimensions. */
export function rollupOwner(dimensions: readonly string[]): OwnerMatch {
  const path = (name: string) => `v.${fieldOf(name)}`;
  const has = (name: string) => dimensions.includes(name);
  const first = (names: string[], value: string): MatchCondition => {
    const [name, ...others] = names.filter(has);
    if (name === undefined) return value === "";
    // The first that is there counts; '' also where none is.
    return anyOf([{ [path(name)]: value }, allOf([{ [path(name)]: null }, first(others, value)])]);
  };
  return (platform, account) => allOf([first(["platform"], platform), first(["account_id", "account"], account)]);
}
