/** Labels: the latest name of each id. A name belongs to the import that brought it last, whatever its rows became. */
import type { Document } from "@/lib/mongo/mongo.ts";
import { labelPairs } from "./label_pairs.ts";
import { type MongoFacts, open } from "./mongo_facts.ts";
import { type Head, type LabelDocument, type NameDocument, OPEN, visibleAt } from "./mongo_layout.ts";
import type { Shipment } from "./mongo_ship.ts";
import type { StagedReader } from "./mongo_staged.ts";
import type { ImportRecord } from "./mongo_versions.ts";

const BUCKET_NAMES = 2_000;
const IDS = 1_000;
const READ_MS = 30_000;

/** What one id of a name column is called, and by which import. */
interface Label {
  o: string;
  a: string;
  id: string;
  label: string;
  i: number;
}

/** Takes over the names that a newly published import brings, and notes which they are. */
export async function publishLabels(
  facts: MongoFacts,
  head: Head,
  sent: Shipment,
  published: { version: number; columns: string[]; reader: StagedReader },
): Promise<void> {
  const { version } = published;
  for (const { id, name } of labelPairs(facts.ref.dataset, published.columns)) {
    const names = await published.reader.names(id, name);
    await sent.insert(facts.names, nameBuckets(facts, { version, column: name, names }));
    const labels = names.map(([o, a, id, label]): Label => ({ o, a, id, label, i: version }));
    await replaceLabels(facts, head, sent, { version, column: name, labels, concerned: labels });
  }
}

/** Works out anew the names of the ids that a turned import has, from the imports that count now. */
export async function turnLabels(
  facts: MongoFacts,
  head: Head,
  sent: Shipment,
  turned: { version: number; seq: number; imports: Map<number, ImportRecord> },
): Promise<void> {
  for (const { name } of labelPairs(facts.ref.dataset, head.columns)) {
    const own = await facts.mongo.run(
      "read the names",
      () => facts.names.find({ w: facts.workspace, column: name, f: turned.seq }).toArray(),
      { withinMs: READ_MS },
    );
    const concerned = own.flatMap(({ names }) => names.map(([o, a, id]) => ({ o, a, id })));
    if (concerned.length === 0) continue;
    const counting = [...turned.imports.values()].filter(({ state }) => state === "published").map(({ seq }) => seq);
    const labels = await findNames(facts, name, concerned, counting);
    await replaceLabels(facts, head, sent, { version: turned.version, column: name, labels, concerned });
  }
}

/** What the newest of some imports call some ids; nothing for an id that none of them names. */
async function findNames(
  facts: MongoFacts,
  column: string,
  ids: Pick<Label, "o" | "a" | "id">[],
  counting: number[],
): Promise<Label[]> {
  const wanted = new Set(ids.map(idKey));
  const found: Label[] = [];
  const imports = counting.sort((a, b) => b - a);
  // Newest first, and mostly the first few know them all.
  for (let start = 0, size = 8; start < imports.length && wanted.size > 0; start += size, size *= 2) {
    const part = imports.slice(start, start + size);
    const buckets = await facts.mongo.run(
      "read the names",
      () => facts.names.find({ w: facts.workspace, column, f: { $in: part } }).sort({ f: -1 }).toArray(),
      { withinMs: READ_MS },
    );
    for (const { f, names } of buckets) {
      for (const [o, a, id, label] of names) {
        if (wanted.delete(idKey({ o, a, id }))) found.push({ o, a, id, label, i: f });
      }
    }
  }
  return found;
}

/** Makes the labels of some ids these; ids without one lose theirs. */
async function replaceLabels(
  facts: MongoFacts,
  head: Head,
  sent: Shipment,
  change: { version: number; column: string; labels: Label[]; concerned: Pick<Label, "o" | "a" | "id">[] },
): Promise<void> {
  const { version, column } = change;
  const wanted = new Map(change.labels.map((label) => [idKey(label), label]));
  const ids = [...new Set(change.concerned.map(({ id }) => id))];
  const concerned = new Set(change.concerned.map(idKey));
  for (let start = 0; start < ids.length; start += IDS) {
    const where: Document = {
      w: facts.workspace,
      column,
      id: { $in: ids.slice(start, start + IDS) },
      ...visibleAt(head.version, head.aborted),
    };
    const standing = await facts.mongo.run("read the names", () => facts.labels.find(where).toArray(), {
      withinMs: READ_MS,
    });
    const gone: string[] = [];
    for (const label of standing.filter((label) => concerned.has(idKey(label)))) {
      // The same name by another import needs no new version: the name is what is asked for.
      if (wanted.get(idKey(label))?.label === label.label) wanted.delete(idKey(label));
      else gone.push(label._id);
    }
    if (gone.length === 0) continue;
    const ended = { w: facts.workspace, column, ...open(head.aborted), _id: { $in: gone } };
    await sent.send(() => facts.labels.updateMany(ended, { $set: { t: version } }));
  }
  await sent.insert(
    facts.labels,
    [...wanted.values()].map((label): LabelDocument => ({
      ...label,
      _id: `${facts.workspace}/${version}/${column}/${idKey(label)}`,
      w: facts.workspace,
      f: version,
      t: OPEN,
      column,
    })),
  );
}

/** The names that an import gives, in a few documents. */
export function nameBuckets(
  facts: MongoFacts,
  from: { version: number; column: string; names: NameDocument["names"] },
): NameDocument[] {
  const buckets: NameDocument[] = [];
  for (let start = 0; start < from.names.length; start += BUCKET_NAMES) {
    buckets.push({
      _id: `${facts.workspace}/${from.version}/${from.column}/${buckets.length}`,
      w: facts.workspace,
      f: from.version,
      column: from.column,
      names: from.names.slice(start, start + BUCKET_NAMES),
    });
  }
  return buckets;
}

/** The key of an entity in ids of labels. */
export function idKey({ o, a, id }: Pick<Label, "o" | "a" | "id">): string {
  return JSON.stringify([o, a, id]);
}
