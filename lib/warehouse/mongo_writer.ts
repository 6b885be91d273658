/**
 * The one publisher of a dataset at a time: a lease in its head, by the server's clock. What the holder writes counts
 * only after its switch, one compare-and-set on the head; a successor puts what was left unfinished among the aborted
 * before it does anything else, so that a holder that froze and thaws can still write, but nothing of it is ever seen.
 */
import { UnavailableError } from "@/lib/errors.ts";
import type { Document } from "@/lib/mongo/mongo.ts";
import { emptyHead, type MongoFacts, readStoredHead } from "./mongo_facts.ts";
import type { Head } from "./mongo_layout.ts";
import { dropSwitch } from "./mongo_switch.ts";

/** How long a publisher may be silent, and how long others wait for it. Milliseconds. */
export interface WriterTimes {
  /** @default 30,000 */
  leaseMs?: number;
  /** @default 60,000 */
  waitMs?: number;
}

const LEASE_MS = 30_000;
const WAIT_MS = 60_000;
const WITHIN_MS = 20_000;

/** Runs an act as the dataset's only writer. What the act reserved and did not switch is aborted at its end. */
export async function asWriter<T>(
  facts: MongoFacts,
  times: WriterTimes,
  act: (writer: Writer) => Promise<T>,
): Promise<T> {
  return await asWriters([facts], times, ([writer]) => act(writer!));
}

/** The same over several datasets of one workspace; writers in the same order. */
export async function asWriters<T>(
  every: MongoFacts[],
  times: WriterTimes,
  act: (writers: Writer[]) => Promise<T>,
): Promise<T> {
  const writers = every.map((facts) => new Writer(facts, times.leaseMs ?? LEASE_MS));
  const held: Writer[] = [];
  try {
    // Always in the same order, so that two never wait for each other.
    for (const writer of writers.toSorted((a, b) => a.head._id < b.head._id ? -1 : 1)) {
      // Before it begins: where the lease was taken and the answer got lost, others must not wait for it to run out.
      held.push(writer);
      await writer.begin(times.waitMs ?? WAIT_MS);
    }
    return await act(writers);
  } finally {
    for (const writer of held) await writer.end();
  }
}

/** A held lease. */
export class Writer {
  readonly #facts: MongoFacts;
  readonly #owner = crypto.randomUUID();
  readonly #leaseMs: number;
  #head: Head;
  #timer: ReturnType<typeof setInterval> | undefined;
  #renewing: Promise<void> = Promise.resolve();
  /** What the head becomes with the switch, and the versions that were written for it. */
  #prepared: Pick<Head, "version" | "at"> & Partial<Head> | null = null;
  readonly #versions: number[] = [];
  /** By this process's own clock, which does not jump: when the lease was certainly still held. */
  #heldAt = 0;
  #lost = false;

  constructor(facts: MongoFacts, leaseMs: number) {
    this.#facts = facts;
    this.#leaseMs = leaseMs;
    this.#head = emptyHead(facts);
  }

  /** The head under this lease, with what is prepared: nobody else changes it. */
  get head(): Head {
    return this.#head;
  }

  /** The versions that are prepared, in order. */
  get versions(): readonly number[] {
    return this.#versions;
  }

  /** Waits for the lease. Throws `UnavailableError` where another writer keeps it too long. */
  async begin(waitMs: number): Promise<void> {
    const { facts, end } = { facts: this.#facts, end: performance.now() + waitMs };
    for (let pause = 20;; pause = Math.min(pause * 1.5, 500)) {
      const asked = performance.now();
      const head = await this.#readOrMakeHead();
      if (await this.#take(head)) {
        this.#heldAt = asked;
        break;
      }
      if (performance.now() > end) {
        throw new UnavailableError(
          `Cannot change dataset "${facts.ref.dataset.id}": another change of it has been under way for more than ${
            Math.round(waitMs / 1000)
          } s; try again later`,
        );
      }
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
    this.#timer = setInterval(() => void (this.#renewing = this.#renew()), this.#leaseMs / 3);
  }

  /** Throws once the lease is lost: writing on would be useless. */
  check(): void {
    if (!this.#lost && performance.now() - this.#heldAt <= this.#leaseMs) return;
    throw this.#overtaken();
  }

  /** Gives out the next version. */
  async reserveVersion(): Promise<number> {
    const version = this.#head.reserved + 1;
    await this.#change(
      { reserved: version - 1 },
      { reserved: version, pendingVersion: this.#head.pendingVersion ?? version },
      (head) => head.reserved === version,
    );
    return version;
  }

  /** Gives out the next generation of rollups. */
  async reserveGeneration(): Promise<number> {
    const generation = this.#head.generation + 1;
    await this.#change(
      { generation: generation - 1 },
      { generation, pendingGeneration: generation },
      (head) => head.pendingGeneration === generation,
    );
    return generation;
  }

  /** What is written under a reserved version counts with the switch; what this writer does next stands on it. */
  prepare(set: Pick<Head, "version" | "at"> & Partial<Head>): void {
    this.#prepared = { ...this.#prepared, ...set };
    this.#versions.push(set.version);
    this.#head = { ...this.#head, ...set };
  }

  /** The switch: from here on readers see what is prepared. */
  async publish(): Promise<void> {
    const set = this.#prepared;
    if (!set) return;
    await this.#change(this.#reserved(), { ...set, pendingVersion: null }, (head) => head.version === set.version);
  }

  /** Leaves it to a switch of several heads whether what is prepared counts. */
  async join(switchId: string): Promise<void> {
    if (!this.#prepared) return;
    const joint = { switch: switchId, set: this.#prepared };
    await this.#change(this.#reserved(), { joint }, (head) => head.joint?.switch === switchId);
  }

  /** Changes the head otherwise, as long as this writer holds it. */
  async set(set: Partial<Head>): Promise<void> {
    const isDone = (head: Head) =>
      Object.entries(set).every(([name, value]) =>
        JSON.stringify(head[name as keyof Head] ?? null) === JSON.stringify(value)
      );
    await this.#change({}, set, isDone);
  }

  /** Lets go; aborts what was reserved and not switched. A server that is away is no error: the lease ends by itself. */
  async end(): Promise<void> {
    clearInterval(this.#timer);
    await this.#renewing;
    try {
      const head = await readStoredHead(this.#facts);
      if (head?.owner !== this.#owner) return;
      await this.#update({ _id: head._id, owner: this.#owner }, await freed(this.#facts, head));
    } catch (error) {
      if (!(error instanceof UnavailableError)) throw error;
    }
  }

  /** One compare-and-set. Repeated after a lost answer it finds its own work done. */
  async #change(where: Document, set: Partial<Head>, isDone: (head: Head) => boolean): Promise<void> {
    this.check();
    const matched = await this.#update({ _id: this.#head._id, owner: this.#owner, ...where }, { $set: set });
    if (!matched) {
      const head = await readStoredHead(this.#facts);
      if (head?.owner !== this.#owner || !isDone(head)) throw this.#overtaken();
    }
    this.#head = { ...this.#head, ...set };
  }

  /** Nothing but this writer has moved the version that is reserved now. */
  #reserved(): Document {
    return { pendingVersion: this.#head.pendingVersion, reserved: this.#head.reserved };
  }

  async #take(head: Head): Promise<boolean> {
    const mine = { owner: this.#owner, leaseMs: this.#leaseMs };
    const taken = { $set: mine, $currentDate: { renewedAt: true } };
    if (head.owner === null) await this.#update({ _id: head._id, owner: null }, taken);
    else if (await this.#isOver(head)) {
      const { $set, ...others } = await freed(this.#facts, head);
      // Not renewed since. As a range: a server may keep moments finer than it tells them.
      const renewedAt = { $lt: new Date((head.renewedAt?.getTime() ?? 0) + 1) };
      await this.#update(
        { _id: head._id, owner: head.owner, renewedAt },
        { ...taken, ...others, $set: { ...$set, ...mine } },
      );
    } else return false;
    const found = await readStoredHead(this.#facts);
    if (found?.owner !== this.#owner) return false;
    this.#head = found;
    return true;
  }

  async #isOver(head: Head): Promise<boolean> {
    return await this.#facts.mongo.now() - (head.renewedAt?.getTime() ?? 0) > head.leaseMs;
  }

  async #readOrMakeHead(): Promise<Head> {
    const found = await readStoredHead(this.#facts);
    if (found) return found;
    const made = emptyHead(this.#facts);
    const { mongo, heads } = this.#facts;
    await mongo.run(
      "begin a dataset",
      () => heads.updateOne({ _id: made._id }, { $setOnInsert: withoutId(made) }, { upsert: true }),
    ).catch(async (error) => {
      // Two at the same time: one of them made it.
      if (!await readStoredHead(this.#facts)) throw error;
    });
    return await readStoredHead(this.#facts) ?? made;
  }

  async #renew(): Promise<void> {
    if (this.#lost) return;
    const asked = performance.now();
    try {
      const held = await this.#update({ _id: this.#head._id, owner: this.#owner }, {
        $currentDate: { renewedAt: true },
      });
      if (held) this.#heldAt = asked;
      else this.#lost = true;
    } catch (error) {
      // A server that cannot be reached gives no news: the lease holds until its time is over.
      if (!(error instanceof UnavailableError)) this.#lost = true;
    }
  }

  async #update(where: Document, update: Document): Promise<boolean> {
    const { mongo, heads, ref } = this.#facts;
    const { matchedCount } = await mongo.run(
      `change dataset "${ref.dataset.id}"`,
      () => heads.updateOne(where, update),
      { withinMs: WITHIN_MS },
    );
    return matchedCount === 1;
  }

  #overtaken(): UnavailableError {
    return new UnavailableError(
      `Cannot go on changing dataset "${this.#facts.ref.dataset.id}": this process did not answer for ${
        this.#leaseMs / 1000
      } s, and another may have taken over; nothing was changed, try again`,
    );
  }
}

/** A head without its writer: what that one left unfinished never counts. */
async function freed(facts: MongoFacts, head: Head): Promise<{ $set: Partial<Head>; $addToSet?: Document }> {
  const { pendingVersion, pendingGeneration, joint } = head;
  const $set: Partial<Head> = { owner: null, pendingVersion: null, pendingGeneration: null };
  if (joint) $set.joint = null;
  const isThrown = joint ? await dropSwitch(facts.mongo, joint.switch) === "thrown" : false;
  if (joint && isThrown) Object.assign($set, joint.set);
  const aborted: Document = {};
  if (pendingVersion !== null && !isThrown) aborted.aborted = { $each: versionsFrom(pendingVersion, head.reserved) };
  if (pendingGeneration !== null) {
    aborted.abortedGenerations = pendingGeneration;
    const abortedGenerations = [...new Set([...head.abortedGenerations, pendingGeneration])];
    $set.rollups = head.rollups.map((rollup) => ({ ...rollup, abortedGenerations }));
  }
  return Object.keys(aborted).length === 0 ? { $set } : { $set, $addToSet: aborted };
}

function versionsFrom(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, n) => first + n);
}

function withoutId({ _id, ...rest }: Head): Omit<Head, "_id"> {
  return rest;
}
