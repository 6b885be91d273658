/** Joins two changes of one list, as two people made them from the same beginning. Pure. */
import { sameJson } from "@/lib/model/same_json.ts";

/** Two changes of one list, joined. */
export interface JoinedList<One> {
  list: One[];
  /** What both changed, and not alike: here `mine` stands. */
  both: One[];
  /** What they did: added, changed, taken away. */
  theirs: { added: One[]; changed: One[]; removed: One[] };
}

/** What I did not touch is as they have it; what I changed, added or took away is as I have it. */
export function joinLists<One extends { id: string }>(base: One[], mine: One[], theirs: One[]): JoinedList<One> {
  const [before, ours, others] = [base, mine, theirs].map((list) => new Map(list.map((one) => [one.id, one])));
  const touched = (id: string) => !sameJson(before!.get(id), ours!.get(id));
  const changedByThem = (id: string) => !sameJson(before!.get(id), others!.get(id));
  const order = sameJson(ids(base), ids(mine))
    ? [...theirs, ...mine.filter(({ id }) => !others!.has(id))]
    : [...mine, ...theirs.filter(({ id }) => !ours!.has(id))];
  const list = order.flatMap(({ id }) => (touched(id) ? ours! : others!).get(id) ?? []);
  const both = mine.filter(({ id }) => touched(id) && changedByThem(id) && !sameJson(ours!.get(id), others!.get(id)));
  return {
    list,
    both,
    theirs: {
      added: theirs.filter(({ id }) => !before!.has(id)),
      changed: theirs.filter(({ id }) => before!.has(id) && changedByThem(id)),
      removed: base.filter(({ id }) => !others!.has(id)),
    },
  };
}

function ids(list: { id: string }[]): string[] {
  return list.map(({ id }) => id);
}
