/** Rollback and restore: an import's claims count no longer, or again at their old place in the order. */
import { UnavailableError } from "@/lib/errors.ts";
import { dayRuns } from "./day_runs.ts";
import { type Claim, readClaims, unpackClaims } from "./mongo_claims.ts";
import { CoverageWriter, provisionalRange, readScope } from "./mongo_coverage.ts";
import type { MongoFacts } from "./mongo_facts.ts";
import { turnLabels } from "./mongo_labels.ts";
import type { Head, RowDocument } from "./mongo_layout.ts";
import { laterOf } from "./mongo_publish.ts";
import { contentKey, endedRows, readContents, readStanding, rowDocument } from "./mongo_rows.ts";
import { ship, type Shipment } from "./mongo_ship.ts";
import { ChangeTally, type StandingRow, type Step } from "./mongo_tally.ts";
import { addVersion, expectVersion, findImport, type ImportRecord, readImports } from "./mongo_versions.ts";
import type { Writer } from "./mongo_writer.ts";
import type { PublishResult } from "./mod.ts";
import { checkTurn, type Turn } from "./refusals.ts";

/** How an import is turned. */
export interface TurnOptions {
  turn: Turn;
  expectedVersion: number;
  now: Date;
}

/** The latest claim on a key that counts. */
interface Winner extends Claim {
  import: number;
}

/** Turns an import off or on again: a new version, up to the switch that makes it count. */
export async function turnImport(
  facts: MongoFacts,
  writer: Writer,
  importId: string,
  options: TurnOptions,
): Promise<PublishResult> {
  const { head } = writer;
  const { turn } = options;
  const known = checkTurn(facts.ref, importId, turn, await findImport(facts, head, importId));
  expectVersion(facts.ref, head, options.expectedVersion);
  const imports = await readImports(facts, head);
  imports.set(known.seq, { ...known, state: turn === "rollback" ? "rolled-back" : "published" });
  const version = await writer.reserveVersion();
  const tally = new ChangeTally(facts.ref.dataset);
  await ship(facts, writer, async (sent) => {
    for (const days of await runsOfDays(facts, known)) {
      await turnDays(facts, head, sent, { version, turned: known, imports, tally, days });
    }
    await turnLabels(facts, head, sent, { version, seq: known.seq, imports });
  });
  const result = { ...tally.diff(), version };
  const at = laterOf(options.now.toISOString(), head.at);
  await addVersion(facts, {
    at,
    import: importId,
    action: turn,
    seq: known.seq,
    level: known.level,
    provisionalFrom: known.provisionalFrom,
    touched: tally.touched(),
    result,
  });
  writer.prepare({ version, at, provisional: await provisionalRange(facts, { version, aborted: head.aborted }) });
  return result;
}

/** The days that an import has claims on, in runs of some thousand. */
async function runsOfDays(facts: MongoFacts, turned: ImportRecord): Promise<string[][]> {
  const start = `${facts.workspace}/${turned.seq}/`;
  const buckets = await facts.mongo.run("read the claims", () =>
    facts.claims.find(
      { w: facts.workspace, l: turned.level, _id: { $gte: start, $lt: `${start}\uffff` } },
      { projection: { d: 1, n: 1 } },
    ).toArray(), { withinMs: 30_000 });
  const days = new Map<string, number>();
  for (const { d, n } of buckets) days.set(d, (days.get(d) ?? 0) + n);
  return dayRuns(days);
}

async function turnDays(
  facts: MongoFacts,
  head: Head,
  sent: Shipment,
  work: {
    version: number;
    turned: ImportRecord;
    imports: Map<number, ImportRecord>;
    tally: ChangeTally;
    days: string[];
  },
): Promise<void> {
  const { version, turned, imports, tally, days } = work;
  const place = { level: turned.level, days };
  const { winners, concerned } = await readWinners(facts, place, turned.seq, imports);
  const scope = { level: turned.level, from: days[0]!, to: days.at(-1)! };
  const isTurned = new Set(days);
  const covered = (await readScope(facts, head, scope)).filter(({ d }) => isTurned.has(d));
  const count = covered.reduce((sum, { rows }) => sum + rows, 0);
  const standing = await readStanding(facts, head, { ...place, count });
  const contents = await readSources(facts, head, { level: turned.level, winners, concerned, standing, imports });
  const steps = [...concerned].map(([key, day]) =>
    stepOf(key, { day, winner: winners.get(key), standing: standing.get(key), contents, imports })
  );
  const coverage = tally.add(standing.values(), steps);
  const changed = steps.filter(({ keep }) => !keep);
  await sent.insert(
    facts.rows,
    changed.flatMap(({ key, source, provisional, content }) =>
      source
        ? [rowDocument(facts, source, {
          version,
          level: turned.level,
          content,
          import: winners.get(key)?.import ?? 0,
          provisional,
        })]
        : []
    ),
  );
  await sent.close(facts.rows, endedRows(facts, changed), { version, aborted: head.aborted, level: turned.level });
  await new CoverageWriter(facts, head, covered).replace(sent, coverage, {
    version,
    level: turned.level,
    newest: ({ keys }) => keys.reduce((newest, key) => Math.max(newest, winners.get(key)?.import ?? 0), 0),
  });
}

/** The latest claim that counts by key, and the keys (with their days) that the turned import has a claim on. */
async function readWinners(
  facts: MongoFacts,
  place: { level: number; days: string[] },
  turned: number,
  imports: Map<number, ImportRecord>,
): Promise<{ winners: Map<string, Winner>; concerned: Map<string, string> }> {
  const winners = new Map<string, Winner>();
  const concerned = new Map<string, string>();
  for (const bucket of await readClaims(facts, place, imports)) {
    const counts = imports.get(bucket.f)?.state === "published";
    if (!counts && bucket.f !== turned) continue;
    for (const claim of unpackClaims(bucket)) {
      if (bucket.f === turned) concerned.set(claim.key, bucket.d);
      if (counts && bucket.f > (winners.get(claim.key)?.import ?? 0)) {
        winners.set(claim.key, { ...claim, import: bucket.f });
      }
    }
  }
  return { winners, concerned };
}

/** Whole row versions for what the turn opens. */
async function readSources(
  facts: MongoFacts,
  head: Head,
  of: {
    level: number;
    winners: Map<string, Winner>;
    concerned: Map<string, string>;
    standing: Map<string, StandingRow>;
    imports: Map<number, ImportRecord>;
  },
): Promise<Map<string, RowDocument>> {
  const wanted = [...of.concerned].flatMap(([key, day]) => {
    const winner = of.winners.get(key);
    if (!winner || winner.content === 0) return [];
    return stays(of.standing.get(key) ?? null, winner, of.imports) ? [] : [{ key, day, content: winner.content }];
  });
  return await readContents(facts, head, of.level, wanted);
}

function stepOf(
  key: string,
  of: {
    day: string;
    winner: Winner | undefined;
    standing: StandingRow | undefined;
    contents: Map<string, RowDocument>;
    imports: Map<number, ImportRecord>;
  },
): Step {
  const { day, winner } = of;
  const old = of.standing ?? null;
  if (!winner || winner.content === 0) {
    return { key, day, source: null, old, same: false, keep: old === null, provisional: false, content: 0 };
  }
  const { content } = winner;
  const source = of.contents.get(contentKey(key, content)) ?? (stays(old, winner, of.imports) ? old : null);
  if (!source) {
    throw new UnavailableError(
      `Cannot turn the import: the values that import ${content} brought on ${day} were not found; try again later`,
    );
  }
  const provisional = isProvisional(source.u, of.imports.get(winner.import));
  const same = old !== null && old.h === source.h;
  return { key, day, source, old, same, keep: same && old.p === provisional, provisional, content };
}

/** Whether what stands is what the winner says, so that nothing has to be read. */
function stays(old: StandingRow | null, winner: Winner, imports: Map<number, ImportRecord>): boolean {
  return old !== null && old.c === winner.content && old.p === isProvisional(old.u, imports.get(winner.import));
}

function isProvisional(until: string, by: ImportRecord | undefined): boolean {
  const from = by?.provisionalFrom ?? null;
  return from !== null && until >= from;
}
