/** What stands in a dataset at a head, told from its coverage. */
import type { MongoFacts } from "./mongo_facts.ts";
import { compare } from "./mongo_coverage.ts";
import { type Head, visibleAt } from "./mongo_layout.ts";
import { plainReader, readGroups } from "./mongo_query_groups.ts";
import type { DatasetState } from "./mod.ts";

const READ_MS = 30_000;

interface Covered {
  _id: { l: number; o: string; a: string };
  rows: number;
  from: string;
  to: string;
  until: string;
  currencies: string[][];
}

/** Reads the state. */
export async function readState(facts: MongoFacts, head: Head): Promise<DatasetState> {
  const reader = plainReader(facts, "read the coverage", READ_MS);
  const match = { w: facts.workspace, ...visibleAt(head.version, head.aborted) };
  const covered = await readGroups(reader, facts.coverage, match, {
    _id: { l: "$l", o: "$o", a: "$a" },
    rows: { $sum: "$rows" },
    from: { $min: "$d" },
    to: { $max: "$d" },
    until: { $max: "$u" },
    currencies: { $addToSet: "$cu" },
  }) as Covered[];
  const levels = head.levels.flatMap(({ level, name, grain, columns }) => {
    const rows = covered.filter(({ _id }) => _id.l === level).reduce((sum, { rows }) => sum + Number(rows), 0);
    return rows > 0 ? [{ level: name, grain, columns, rows }] : [];
  });
  const range = covered.length === 0 ? null : {
    from: covered.map(({ from }) => from).sort()[0]!,
    to: covered.map(({ to, until }) => until > to ? until : to).sort().at(-1)!,
  };
  return {
    version: head.version,
    asOf: head.at,
    rows: levels.reduce((sum, level) => sum + level.rows, 0),
    range,
    levels,
    accounts: await readAccounts(facts, head, covered),
    currencies: [...new Set(covered.flatMap(({ currencies }) => currencies.flat()))].sort(compare),
  };
}

async function readAccounts(facts: MongoFacts, head: Head, covered: Covered[]): Promise<DatasetState["accounts"]> {
  const accounts = new Map(covered.map(({ _id: { o, a } }) => [JSON.stringify([o, a]), { platform: o, account: a }]));
  if (accounts.size === 0) return [];
  const labels = await facts.mongo.run("read the names", () =>
    facts.labels.find({
      w: facts.workspace,
      column: "account",
      id: { $in: [...accounts.values()].map(({ account }) => account) },
      ...visibleAt(head.version, head.aborted),
    }).toArray(), { withinMs: READ_MS });
  const names = new Map(labels.map(({ o, id, label }) => [JSON.stringify([o, id]), label]));
  return [...accounts].map(([key, account]) => {
    const name = names.get(key);
    return name === undefined ? account : { ...account, name };
  }).sort((x, y) => compare(x.platform, y.platform) || compare(x.account, y.account));
}
