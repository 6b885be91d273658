/**
 * The warehouse of the server mode: row versions, claims and versions in MongoDB, shared by any number of instances. How
 * it is laid out stands in `mongo_layout.ts`; each act has its own file. An import is staged and cleaned in DuckDB on the
 * instance that runs it; nothing of it is seen before one compare-and-set switches the dataset's head.
 */
import type { Duck } from "@/lib/duckdb/duckdb.ts";
import { UnavailableError } from "@/lib/errors.ts";
import type { UpkeepStep } from "@/lib/model/mod.ts";
import type { Mongo } from "@/lib/mongo/mongo.ts";
import type { StagedRows } from "@/lib/staging/mod.ts";
import { type StagedImport, stageRows } from "./duckdb_stage.ts";
import { checkColumns } from "./mongo_columns.ts";
import { compactFacts } from "./mongo_compact.ts";
import { readCoverage } from "./mongo_coverage.ts";
import { emptyHead, type MongoFacts, mongoFacts, readHead } from "./mongo_facts.ts";
import type { FactHistory } from "./history.ts";
import { mongoHistory } from "./mongo_history.ts";
import { ensureFactIndexes } from "./mongo_indexes.ts";
import type { Head } from "./mongo_layout.ts";
import { previewPublication, publishStaged } from "./mongo_publish.ts";
import { runMongoFactQuery } from "./mongo_query.ts";
import type { ReadSettings } from "./mongo_query_moment.ts";
import { refreshRollups, staleRollups } from "./mongo_rollups.ts";
import { readState } from "./mongo_state.ts";
import { turnImport } from "./mongo_turn.ts";
import { forgetSwitches } from "./mongo_switch.ts";
import { actTogether } from "./mongo_together.ts";
import { readMongoValues } from "./mongo_values.ts";
import { expectVersion, findImport, publishedResult, versionAsOf } from "./mongo_versions.ts";
import { asWriter, type Writer, type WriterTimes } from "./mongo_writer.ts";
import type {
  Act,
  CoverageRow,
  DatasetRef,
  DatasetState,
  FactQuery,
  FactRows,
  ImportDiff,
  PublishOptions,
  PublishResult,
  ValueCount,
  Warehouse,
} from "./mod.ts";
import { notStaged, publishRolledBack } from "./refusals.ts";
import { VersionMemory } from "./version_memory.ts";

/** How to open. */
export interface MongoWarehouseOptions extends WriterTimes {
  mongo: Mongo;
  /** Where this instance stages what it imports; null where it imports nothing. */
  duck: Duck | null;
  /** Where questions are read. @default "primary" */
  readPreference?: ReadSettings["readPreference"];
  /** @default () => new Date() */
  now?: () => Date;
}

/** The warehouse on an open MongoDB. Closing it leaves MongoDB and DuckDB open, as others use them too. */
export function openMongoWarehouse(options: MongoWarehouseOptions): Warehouse {
  return new MongoWarehouse(options);
}

class MongoWarehouse implements Warehouse {
  readonly #options: MongoWarehouseOptions;
  /** Datasets whose indexes are known to exist, by id and columns. */
  readonly #ensured = new Map<string, Promise<unknown>>();
  /** Imports that wait to be published. Their rows live no longer than the process, so neither does this list. */
  readonly #staged = new Map<string, StagedImport>();
  readonly #states = new Map<string, { version: number; state: Promise<DatasetState> }>();
  readonly #reading: ReadSettings;
  readonly history: FactHistory;

  constructor(options: MongoWarehouseOptions) {
    this.#options = options;
    this.history = mongoHistory({
      facts: (ref) => this.#facts(ref),
      ensure: (ref) => this.ensure(ref),
      forget: () => this.#forget(),
    });
    this.#reading = { memory: new VersionMemory(), readPreference: options.readPreference };
  }

  async ensure(ref: DatasetRef): Promise<void> {
    const facts = this.#facts(ref);
    const key = `${ref.dataset.id} ${JSON.stringify(ref.dataset.rollups)}`;
    const known = this.#ensured.get(key) ?? ensureFactIndexes(facts.mongo, ref.dataset);
    this.#ensured.set(key, known);
    try {
      await known;
    } catch (error) {
      this.#ensured.delete(key);
      throw error;
    }
    checkColumns(facts, await this.#head(facts));
  }

  async state(ref: DatasetRef): Promise<DatasetState> {
    const facts = this.#facts(ref);
    const head = await this.#head(facts);
    const known = this.#states.get(facts.headId);
    if (known?.version === head.version) return structuredClone(await known.state);
    const entry = { version: head.version, state: readState(facts, head) };
    this.#states.set(facts.headId, entry);
    try {
      return structuredClone(await entry.state);
    } catch (error) {
      if (this.#states.get(facts.headId) === entry) this.#states.delete(facts.headId);
      throw error;
    }
  }

  async stage(ref: DatasetRef, rows: StagedRows): Promise<void> {
    this.#staged.set(stagedKey(ref, rows.importId), await stageRows(this.#engine(), ref.dataset, rows));
  }

  unstage(ref: DatasetRef, importId: string): Promise<void> {
    this.#staged.delete(stagedKey(ref, importId));
    return Promise.resolve();
  }

  async preview(ref: DatasetRef, importId: string, options: PublishOptions): Promise<ImportDiff> {
    const facts = this.#facts(ref);
    const staged = this.#staged.get(stagedKey(ref, importId));
    if (!staged) throw notStaged(ref, importId);
    const head = await this.#head(facts);
    expectVersion(ref, head, options.expectedVersion);
    checkColumns(facts, head);
    return await previewPublication(facts, head, { staged, duck: this.#engine(), options });
  }

  async publish(ref: DatasetRef, importId: string, options: PublishOptions): Promise<PublishResult> {
    return (await this.together([{ ref, import: importId, act: "publish", ...options }]))[0]!;
  }

  async rollback(ref: DatasetRef, importId: string, options: { expectedVersion: number }): Promise<PublishResult> {
    return (await this.together([{ ref, import: importId, act: "rollback", ...options }]))[0]!;
  }

  async restore(ref: DatasetRef, importId: string, options: { expectedVersion: number }): Promise<PublishResult> {
    return (await this.together([{ ref, import: importId, act: "restore", ...options }]))[0]!;
  }

  async together(acts: Act[]): Promise<PublishResult[]> {
    const done = await this.#allPublished(acts) ?? await this.#act(acts);
    for (const { ref, import: id, act } of acts) if (act === "publish") await this.unstage(ref, id);
    return done;
  }

  async versionAsOf(ref: DatasetRef, asOf: string): Promise<number> {
    return await versionAsOf(this.#facts(ref), asOf);
  }

  async query(ref: DatasetRef, query: FactQuery): Promise<FactRows> {
    return await runMongoFactQuery(this.#facts(ref), this.#reading, query);
  }

  async values(ref: DatasetRef, column: string, options: { search?: string; limit: number }): Promise<ValueCount[]> {
    return await readMongoValues(this.#facts(ref), this.#reading, column, options);
  }

  async coverage(
    ref: DatasetRef,
    options: { from?: string; to?: string; version?: number } = {},
  ): Promise<CoverageRow[]> {
    const facts = this.#facts(ref);
    const head = await this.#head(facts);
    const version = options.version === undefined ? head.version : await versionAsOf(facts, String(options.version));
    return await readCoverage(facts, head, { ...options, version });
  }

  async refreshRollups(ref: DatasetRef): Promise<{ periods: number }> {
    const facts = this.#facts(ref);
    // Asked for after every act and every so often: mostly there is nothing to do, and so nobody to keep waiting.
    if (staleRollups(facts, await this.#head(facts)).length === 0) return { periods: 0 };
    return { periods: await this.#write(ref, (writer) => refreshRollups(facts, writer)) };
  }

  async compact(ref: DatasetRef, options: { before: string }): Promise<{ rows: number }> {
    return { rows: await this.#write(ref, (writer) => compactFacts(this.#facts(ref), writer, options.before)) };
  }

  async maintain(refs: DatasetRef[]): Promise<UpkeepStep[]> {
    const steps: UpkeepStep[] = [];
    for (const workspace of new Set(refs.map((ref) => ref.workspace))) {
      await forgetSwitches(this.#options.mongo, workspace);
    }
    for (const { dataset } of refs) {
      const started = performance.now();
      const { declared, made } = await ensureFactIndexes(this.#options.mongo, dataset);
      const did = `${declared} indexes of ${dataset.title} are as declared${made > 0 ? `; ${made} were made` : ""}`;
      const milliseconds = Math.round(performance.now() - started);
      steps.push({ part: "warehouse", step: "indexes", did, milliseconds });
    }
    return steps;
  }

  async ping(): Promise<void> {
    await this.#options.mongo.ping();
  }

  close(): Promise<void> {
    this.#forget();
    this.#ensured.clear();
    this.#staged.clear();
    return Promise.resolve();
  }

  #forget(): void {
    this.#states.clear();
    this.#reading.memory.clear();
  }

  #facts(ref: DatasetRef): MongoFacts {
    return mongoFacts(this.#options.mongo, ref);
  }

  async #head(facts: MongoFacts): Promise<Head> {
    return await readHead(facts) ?? emptyHead(facts);
  }

  async #write<T>(ref: DatasetRef, act: (writer: Writer) => Promise<T>): Promise<T> {
    await this.ensure(ref);
    return await asWriter(this.#facts(ref), this.#options, act);
  }

  /** What is known without waiting for whoever writes now: what publishing did, where all of it is published. */
  async #allPublished(acts: Act[]): Promise<PublishResult[] | null> {
    const results: PublishResult[] = [];
    for (const { ref, import: id, act } of acts) {
      const facts = this.#facts(ref);
      const known = act === "publish" ? await this.#published(facts, await this.#head(facts), id) : null;
      if (!known) return null;
      results.push(known);
    }
    return results;
  }

  async #act(acts: Act[]): Promise<PublishResult[]> {
    for (const { ref } of acts) await this.ensure(ref);
    const now = this.#now();
    return await actTogether(this.#options.mongo, this.#options, acts, async (facts, writer, act) => {
      const { expectedVersion } = act;
      if (act.act !== "publish") {
        return await turnImport(facts, writer, act.import, { turn: act.act, expectedVersion, now });
      }
      const known = await this.#published(facts, writer.head, act.import);
      if (known) return known;
      const staged = this.#staged.get(stagedKey(facts.ref, act.import));
      if (!staged) throw notStaged(facts.ref, act.import);
      expectVersion(facts.ref, writer.head, expectedVersion);
      return await publishStaged(facts, writer, { staged, duck: this.#engine(), options: act }, now);
    });
  }

  async #published(facts: MongoFacts, head: Head, importId: string): Promise<PublishResult | null> {
    const known = await findImport(facts, head, importId);
    if (known?.state === "rolled-back") throw publishRolledBack(importId);
    return known ? await publishedResult(facts, known.seq) : null;
  }

  #engine(): Duck {
    if (this.#options.duck) return this.#options.duck;
    throw new UnavailableError("This instance runs no imports; another one of the installation does");
  }

  #now(): Date {
    return this.#options.now?.() ?? new Date();
  }
}

function stagedKey({ workspace, dataset }: DatasetRef, importId: string): string {
  return JSON.stringify([workspace, dataset.id, importId]);
}
