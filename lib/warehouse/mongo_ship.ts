/** Writing many documents: in batches, a few under way at a time, each safe to repeat. */
import type { Document, Filter, MongoCollection } from "@/lib/mongo/mongo.ts";
import { duplicateKey } from "@/lib/mongo/mongo.ts";
import { type MongoFacts, open } from "./mongo_facts.ts";

const BATCH = 1_000;
/** More gain nothing on one server, and hold memory. */
const UNDER_WAY = 3;
const WITHIN_MS = 60_000;

/** Whose writes they are: `check` throws once they would be useless. */
export interface Holder {
  check(): void;
}

/** Runs work that writes; answers once all of it has arrived, and throws what failed first. */
export async function ship<T>(facts: MongoFacts, writer: Holder, work: (sent: Shipment) => Promise<T>): Promise<T> {
  const sent = new Shipment(facts, writer);
  try {
    const result = await work(sent);
    await sent.done();
    return result;
  } finally {
    await sent.settled();
  }
}

/** Sends what an act writes. */
export class Shipment {
  #facts: MongoFacts;
  #writer: Holder;
  #underWay = new Set<Promise<void>>();
  #failed: { error: unknown } | null = null;

  constructor(facts: MongoFacts, writer: Holder) {
    this.#facts = facts;
    this.#writer = writer;
  }

  /** Inserts documents whose ids are made; one that is there already was written by an earlier try. */
  async insert<T extends Document & { _id: string }>(collection: MongoCollection<T>, documents: T[]): Promise<void> {
    for (let start = 0; start < documents.length; start += BATCH) {
      const batch = documents.slice(start, start + BATCH);
      await this.#send(() => insertOnce(collection, batch));
    }
  }

  /** Ends what is open among documents of one level, at a version. */
  async close<T extends Document>(
    collection: MongoCollection<T>,
    documents: { id: string; day: string }[],
    at: { version: number; aborted: readonly number[]; level: number },
  ): Promise<void> {
    const set = { $set: { t: at.version } } as Document;
    await this.#byPlace(documents, at.level, async (place) => {
      // Only what is open, so that a late repeat never overwrites the end that a successor gave it.
      const where = { ...place, ...open(at.aborted) } as unknown as Filter<T>;
      await this.#send(() => collection.updateMany(where, set));
    });
  }

  /** Drops documents of one level. */
  async drop<T extends Document>(
    collection: MongoCollection<T>,
    documents: { id: string; day: string }[],
    level: number,
  ): Promise<void> {
    await this.#byPlace(documents, level, async (place) => {
      await this.#send(() => collection.deleteMany(place as unknown as Filter<T>));
    });
  }

  /** Sends any other write. */
  async send(write: () => Promise<unknown>): Promise<void> {
    await this.#send(write);
  }

  /** Waits for all of it; throws what the first failure threw. */
  async done(): Promise<void> {
    await this.settled();
    if (this.#failed) throw this.#failed.error;
  }

  /** Waits until nothing is under way any more, whatever became of it. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  /** In batches of neighbouring days: level and day tell a sharded cluster where they lie. */
  async #byPlace(
    documents: { id: string; day: string }[],
    level: number,
    work: (where: Document) => Promise<void>,
  ): Promise<void> {
    const sorted = documents.toSorted((a, b) => a.day < b.day ? -1 : a.day > b.day ? 1 : 0);
    for (let start = 0; start < sorted.length; start += BATCH) {
      const batch = sorted.slice(start, start + BATCH);
      const days = [...new Set(batch.map(({ day }) => day))];
      await work({ w: this.#facts.workspace, l: level, d: { $in: days }, _id: { $in: batch.map(({ id }) => id) } });
    }
  }

  async #send(write: () => Promise<unknown>): Promise<void> {
    while (this.#underWay.size >= UNDER_WAY) await Promise.race(this.#underWay);
    if (this.#failed) throw this.#failed.error;
    this.#writer.check();
    const sent: Promise<void> = this.#facts.mongo.run("write rows", write, { withinMs: WITHIN_MS }).then(
      () => {},
      (error) => {
        this.#failed ??= { error };
      },
    ).finally(() => this.#underWay.delete(sent));
    this.#underWay.add(sent);
  }
}

async function insertOnce<T extends Document>(collection: MongoCollection<T>, batch: T[]): Promise<void> {
  try {
    // deno-lint-ignore no-explicit-any -- the driver's type for documents with ids cannot be met generically
    await collection.insertMany(batch as any, { ordered: false });
  } catch (error) {
    if (!isAllThere(error)) throw error;
  }
}

/** Whether every document that was refused was refused for being there already. */
function isAllThere(error: unknown): boolean {
  if (!duplicateKey(error)) return false;
  const refused = (error as { writeErrors?: { code?: number }[] | { code?: number } }).writeErrors ?? [];
  return [refused].flat().every(({ code }) => code === 11_000);
}
