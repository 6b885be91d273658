/** Which level has rows where, as the choice of levels needs it; and the choice as a condition. */
import { isDaily } from "./query_levels.ts";
import { type KnownFacts, neededAttributes } from "./known_facts.ts";
import type { FactQuery } from "./mod.ts";
import { visibleAt } from "./mongo_layout.ts";
import { allOf, anyOf, columnOf, type MatchCondition, pathOf } from "./mongo_query_filter.ts";
import { readGroups } from "./mongo_query_groups.ts";
import type { Moment } from "./mongo_query_moment.ts";
import type { LevelCell, LevelCells, PickedLevels } from "./pick_levels.ts";

/** The cells of a question: from the coverage of the version or, where attributes matter, from the rows. */
export async function readCells(moment: Moment, known: KnownFacts, query: FactQuery): Promise<LevelCells> {
  const attributes = neededAttributes(known, query);
  const daily = known.levels.filter(isDaily).map(({ level }) => level);
  const other = known.levels.filter((level) => !isDaily(level)).map(({ level }) => level);
  const inRange = ({ day, until }: LevelCell) =>
    (query.from === null || until >= query.from) && (query.to === null || day <= query.to);
  // Periods are few: one reading serves every range.
  const spans = other.length === 0
    ? []
    : await moment.recall(`spans ${attributes}`, () => readRowCells(moment, attributes, { l: { $in: other } }));
  const days = attributes.length === 0
    ? await moment.recall("coverage", () => readCoverage(moment))
    : await moment.recall(
      `cells ${attributes} ${query.from} ${query.to}`,
      () => readRowCells(moment, attributes, { l: { $in: daily }, ...dayRange(query) }),
    );
  return {
    daily: days.filter((cell) => daily.includes(cell.level) && inRange(cell)),
    spans: spans.filter(inRange),
  };
}

/** The days of a question, as a part of a `$match`. */
export function dayRange({ from, to }: Pick<FactQuery, "from" | "to">): Record<string, unknown> {
  if (from === null && to === null) return {};
  return { d: { ...from === null ? {} : { $gte: from }, ...to === null ? {} : { $lte: to } } };
}

async function readCoverage(moment: Moment): Promise<LevelCell[]> {
  const { facts, head, version } = moment;
  const stored = await moment.read(facts.coverage, [
    { $match: { w: facts.workspace, ...visibleAt(version, head.aborted) } },
    { $project: { _id: 0, o: 1, a: 1, d: 1, l: 1, i: 1 } },
  ]);
  return stored.map(({ o, a, d, l, i }) => ({
    platform: String(o),
    account: String(a),
    day: String(d),
    until: String(d),
    level: Number(l),
    import: Number(i),
    attributes: 0,
  }));
}

async function readRowCells(
  moment: Moment,
  attributes: string[],
  where: Record<string, unknown>,
): Promise<LevelCell[]> {
  const { facts, head, version } = moment;
  const paths = attributes.map((name) => pathOf(columnOf(facts.ref.dataset, name)));
  // The largest of values and nothing is a value, so it tells whether any row carries one.
  const carried = Object.fromEntries(paths.map((path, i) => [`x${i}`, { $max: `$${path}` }]));
  const match = { w: facts.workspace, ...where, ...visibleAt(version, head.aborted) };
  const stage = { _id: { l: "$l", o: "$o", a: "$a", d: "$d", u: "$u" }, i: { $max: "$i" }, ...carried };
  const found = await readGroups(moment, facts.rows, match, stage);
  return found.map(({ _id, i, ...rest }) => ({
    platform: String(_id.o),
    account: String(_id.a),
    day: String(_id.d),
    until: String(_id.u),
    level: Number(_id.l),
    import: Number(i),
    attributes: paths.filter((_, n) => rest[`x${n}`] !== null && rest[`x${n}`] !== undefined).length,
  }));
}

/** The rows of the chosen levels as a condition, with as few ranges of days as there can be. */
export function matchPicked(picked: PickedLevels, cells: LevelCells): MatchCondition {
  const chosen = new Set(picked.days);
  const whole: number[] = [];
  const parts: MatchCondition[] = [];
  for (const [level, ofLevel] of Map.groupBy(cells.daily, (cell) => cell.level)) {
    if (ofLevel.every((cell) => chosen.has(cell))) {
      whole.push(level);
      continue;
    }
    for (const own of Map.groupBy(ofLevel, ({ platform, account }) => JSON.stringify([platform, account])).values()) {
      parts.push(...matchOwner(level, own, chosen));
    }
  }
  for (const { level, platform, account, day, until } of picked.spans) {
    parts.push({ l: level, o: platform, a: account, d: day, u: until });
  }
  const levels = whole.length === 1 ? whole[0] : { $in: whole };
  return anyOf([whole.length > 0 ? { l: levels } : false, ...parts]);
}

/** Days that lie one after the other, of those that the level has, are one range. */
function matchOwner(level: number, own: LevelCell[], chosen: ReadonlySet<LevelCell>): MatchCondition[] {
  const [{ platform, account }] = own as [LevelCell];
  const scope = { l: level, o: platform, a: account };
  if (own.every((cell) => chosen.has(cell))) return [scope];
  const ranges: { from: string; to: string }[] = [];
  let isOpen = false;
  for (const cell of own.toSorted((a, b) => a.day < b.day ? -1 : 1)) {
    const last = ranges.at(-1);
    if (chosen.has(cell) && isOpen && last) last.to = cell.day;
    else if (chosen.has(cell)) ranges.push({ from: cell.day, to: cell.day });
    isOpen = chosen.has(cell);
  }
  return ranges.map(({ from, to }) => allOf([{ ...scope, ...dayRange({ from, to }) }]));
}
