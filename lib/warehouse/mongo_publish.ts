/** Publishing: an import's rows become row versions of a reserved version, which one switch of the head makes visible. */
import type { Duck } from "@/lib/duckdb/duckdb.ts";
import type { StagedImport } from "./duckdb_stage.ts";
import { dayRuns } from "./day_runs.ts";
import { claimBuckets, claimsByDay } from "./mongo_claims.ts";
import { CoverageWriter, provisionalRange, readCoveredDays, readScope, type Scope } from "./mongo_coverage.ts";
import type { MongoFacts } from "./mongo_facts.ts";
import { publishLabels } from "./mongo_labels.ts";
import type { Head } from "./mongo_layout.ts";
import { comparedColumns, endedRows, readKnownKeys, readStanding, rowDocument } from "./mongo_rows.ts";
import { ship, type Shipment } from "./mongo_ship.ts";
import { type FactRow, ownerKey, StagedReader } from "./mongo_staged.ts";
import { ChangeTally, type DayCoverage, type StandingRow, type Step } from "./mongo_tally.ts";
import { addVersion } from "./mongo_versions.ts";
import type { Writer } from "./mongo_writer.ts";
import type { ImportDiff, PublishOptions, PublishResult } from "./mod.ts";
import { levelNumber, withColumns } from "./mongo_columns.ts";

/** What is published, and how. */
export interface Publication {
  staged: StagedImport;
  duck: Duck;
  options: PublishOptions;
}

/** What one batch of days comes to. */
interface BatchChange {
  days: string[];
  steps: Step[];
  coverage: DayCoverage[];
}

/** What publishing would do now; writes nothing. */
export async function previewPublication(
  facts: MongoFacts,
  head: Head,
  publication: Publication,
): Promise<ImportDiff> {
  const plan = new PublishPlan(facts, head, publication);
  const columns = comparedColumns(facts);
  for await (const _batch of plan.batches(head.reserved + 1, columns)) continue;
  return plan.diff();
}

/** Writes an import under a reserved version, up to the switch that makes it count. */
export async function publishStaged(
  facts: MongoFacts,
  writer: Writer,
  publication: Publication,
  now: Date,
): Promise<PublishResult> {
  const { staged, options } = publication;
  const { head } = writer;
  const next = withColumns(facts, head, staged);
  const version = await writer.reserveVersion();
  const plan = new PublishPlan(facts, head, publication);
  await ship(facts, writer, async (sent) => {
    const columns = facts.ref.dataset.columns.map((c) => c.name);
    for await (const batch of plan.batches(version, columns)) {
      await writeBatch(facts, head, sent, { version, plan, batch });
    }
    await publishLabels(facts, head, sent, { version, columns: staged.columns, reader: plan.reader });
  });
  const result = { ...plan.diff(), version };
  const at = laterOf(now.toISOString(), head.at);
  await addVersion(facts, {
    at,
    import: staged.id,
    action: "publish",
    seq: version,
    level: plan.level,
    provisionalFrom: options.provisionalFrom,
    touched: plan.tally.touched(),
    result,
  });
  const provisional = await provisionalRange(facts, { version, aborted: head.aborted });
  writer.prepare({ ...next, version, at, provisional });
  return result;
}

/** The later of two moments, so that no version is older than the one before it. */
export function laterOf(moment: string, other: string | null): string {
  return other !== null && other > moment ? other : moment;
}

/** How an import is held against what stands. */
class PublishPlan {
  readonly reader: StagedReader;
  readonly tally: ChangeTally;
  readonly level: number;
  /** Set with the first batch. */
  coverage: CoverageWriter | null = null;
  readonly #facts: MongoFacts;
  readonly #head: Head;
  readonly #publication: Publication;
  /** Rows that stand and that a merging import speaks for and lacks. */
  #missing = 0;

  constructor(facts: MongoFacts, head: Head, publication: Publication) {
    this.#facts = facts;
    this.#head = head;
    this.#publication = publication;
    this.reader = new StagedReader(publication.duck, facts.ref.dataset, publication.staged);
    this.tally = new ChangeTally(facts.ref.dataset);
    this.level = levelNumber(head, publication.staged.level);
  }

  /** What all of it does. */
  diff(): ImportDiff {
    const diff = this.tally.diff();
    return { ...diff, missing: this.#publication.options.mode === "replace" ? diff.removed : this.#missing };
  }

  /** Works it out, some whole days at a time. */
  async *batches(version: number, columns: string[]): AsyncGenerator<BatchChange> {
    const staged = await this.reader.days();
    const scope = this.#scope([...staged.keys()]);
    if (!scope) return;
    const standing = await readScope(this.#facts, this.#head, scope);
    this.coverage = new CoverageWriter(this.#facts, this.#head, standing);
    const isReplacing = this.#publication.options.mode === "replace";
    const visible = rowsByDay(standing);
    const covered = isReplacing ? await readCoveredDays(this.#facts, this.#head, scope) : visible;
    const owners = await this.reader.owners();
    for (const days of dayRuns(rowsToCompare(staged, covered, isReplacing))) {
      const known = days.filter((day) => covered.has(day));
      const rows = await this.reader.rows(days[0]!, days.at(-1)!, { columns });
      const present = await this.#standing(known, visible);
      const steps = rows.map((row) => this.#step(row, present.get(row.k) ?? null, version));
      if (isReplacing && known.length > 0) steps.push(...await this.#absent(known, rows, present, owners));
      if (!isReplacing) this.#miss(present.values(), rows, owners);
      yield { days, steps, coverage: this.tally.add(present.values(), steps) };
    }
    if (isReplacing) return;
    const others = new Map([...visible].filter(([day]) => !staged.has(day)));
    for (const days of dayRuns(others)) this.#miss((await this.#standing(days, visible)).values(), [], owners);
  }

  #miss(present: Iterable<StandingRow>, rows: FactRow[], owners: Set<string>): void {
    const there = new Set(rows.map(({ k }) => k));
    const { to } = this.#publication.staged;
    for (const { k, o, a, u } of present) {
      if (!there.has(k) && owners.has(ownerKey(o, a)) && (to === null || u <= to)) this.#missing++;
    }
  }

  async #standing(days: string[], visible: Map<string, number>): Promise<Map<string, StandingRow>> {
    const count = days.reduce((sum, day) => sum + (visible.get(day) ?? 0), 0);
    if (count === 0) return new Map();
    return await readStanding(this.#facts, this.#head, { level: this.level, days, count });
  }

  #step(source: FactRow, old: StandingRow | null, version: number): Step {
    const from = this.#publication.options.provisionalFrom;
    const provisional = from !== null && source.u >= from;
    const same = old !== null && old.h === source.h;
    const keep = same && old.p === provisional;
    return { key: source.k, day: source.d, source, old, same, keep, provisional, content: same ? old.c : version };
  }

  /**
   * A replacing import removes every row of its platforms, accounts, level and range that it does not have. A row that
   * is not visible now (its import is rolled back) is removed too, or restoring that import would bring it back.
   */
  async #absent(
    days: string[],
    rows: FactRow[],
    present: Map<string, StandingRow>,
    owners: Set<string>,
  ): Promise<Step[]> {
    const there = new Set(rows.map(({ k }) => k));
    const { to } = this.#publication.staged;
    const known = await readKnownKeys(this.#facts, this.#head, { level: this.level, days });
    return [...known.values()]
      .filter((row) => !there.has(row.k) && owners.has(ownerKey(row.o, row.a)) && (to === null || row.u <= to))
      .map((row) => {
        const old = present.get(row.k) ?? null;
        return { key: row.k, day: row.d, source: null, old, same: false, keep: !old, provisional: false, content: 0 };
      });
  }

  #scope(days: string[]): Scope | null {
    if (days.length === 0) return null;
    const { from, to } = this.#publication.staged;
    const all = [...days, from, to].filter((day) => day !== null).sort();
    return { level: this.level, from: all[0]!, to: all.at(-1)! };
  }
}

async function writeBatch(
  facts: MongoFacts,
  head: Head,
  sent: Shipment,
  { version, plan, batch }: { version: number; plan: PublishPlan; batch: BatchChange },
): Promise<void> {
  const { level } = plan;
  const changed = batch.steps.filter(({ keep }) => !keep);
  const opened = changed.flatMap(({ source, provisional, content }) =>
    source ? [rowDocument(facts, source, { version, level, content, import: version, provisional })] : []
  );
  await sent.insert(facts.rows, opened);
  await sent.close(facts.rows, endedRows(facts, changed), { version, aborted: head.aborted, level });
  // Every row leaves a claim, unchanged ones too, and so does every row that a replacing import removes.
  const place = { workspace: facts.workspace, import: version, level };
  const buckets = [...claimsByDay(batch.steps)].flatMap(([day, claims]) => claimBuckets({ ...place, day }, claims));
  await sent.insert(facts.claims, buckets);
  await plan.coverage?.replace(sent, batch.coverage, { version, level, newest: () => version });
}

function rowsByDay(coverage: { d: string; rows: number }[]): Map<string, number> {
  const days = new Map<string, number>();
  for (const { d, rows } of coverage) days.set(d, (days.get(d) ?? 0) + rows);
  return days;
}

/** How many rows there are to look at by day. Days that only stand matter to a replacing import. */
function rowsToCompare(staged: Map<string, number>, covered: Map<string, number>, isReplacing: boolean) {
  const days = new Map(isReplacing ? covered : []);
  for (const [day, rows] of staged) days.set(day, rows + (covered.get(day) ?? 0));
  return days;
}
